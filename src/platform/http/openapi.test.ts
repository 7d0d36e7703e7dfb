import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Validator } from '@seriousme/openapi-schema-validator'
import Type from 'typebox'
import { serve } from '#test/served'
import { openApi } from './openapi.ts'

type Operation = {
  'x-roles': string[]
  parameters: { name?: string; in?: string; required?: boolean; $ref?: string; schema?: object }[]
  requestBody: { content: { 'application/json': { schema: object } } }
  responses: object
}
type Description = {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components: { schemas: object }
}

test('the description is valid OpenAPI 3.1 and names every command and query with its roles', async (t) => {
  const { ask } = await serve(t)
  const reply = await ask('GET', '/api/openapi.json')
  assert.equal(reply.headers['content-type'], 'application/json; charset=utf-8')
  const description = reply.json() as Description
  const checked = await new Validator().validate(structuredClone(description))
  assert.deepEqual(checked.errors ?? [], [])
  assert.equal(checked.valid, true)
  assert.match(description.openapi, /^3\.1\./)
  const at = (name: string) => description.paths[`/api/v1/{organisation}/${name}`]!
  const ring = at('village.ring-bells').post!
  assert.deepEqual(ring['x-roles'], ['tactical'])
  assert.deepEqual(ring.requestBody.content['application/json'].schema, {
    type: 'object',
    required: ['times'],
    properties: { times: { type: 'integer' }, note: { type: 'string' } },
    additionalProperties: false,
  })
  assert.ok(ring.parameters.some((one) => one.$ref === '#/components/parameters/IdempotencyKey'))
  assert.match(JSON.stringify(ring.responses), /peal/)
  const bells = at('bells').get!.parameters.filter((one) => one.in === 'query')
  assert.deepEqual(
    bells.map(({ name, required }) => [name, required]),
    [
      ['at', false],
      ['limit', false],
      ['loud', false],
      ['tower', false],
    ],
  )
  assert.ok(at('what-if').post && at('events').get)
})

test('the check would notice a description that is not valid', async () => {
  const broken = openApi({
    commands: [],
    queries: [{ name: 'x', summary: 'x', method: 'GET', input: Type.Object({}), roles: [] }],
    publicUrl: 'http://localhost',
    version: '1',
  })
  assert.equal((await new Validator().validate({ ...broken, info: {} })).valid, false)
  assert.equal((await new Validator().validate({ ...structuredClone(broken), paths: { x: 1 } })).valid, false)
})
