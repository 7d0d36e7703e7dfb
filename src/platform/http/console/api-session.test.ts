import assert from 'node:assert/strict'
import http from 'node:http'
import { test } from 'node:test'
import { serveConsole } from '#test/console-served'
import { TOKENS } from '#test/served'

const BELLS = '/api/v1/ambridge/village.ring-bells'
const JSON_BODY = { cookie: '__Host-holdfast=tess', 'content-type': 'application/json' }

test('the console’s cookie reads the API as its person, with the roles held there, and keeps no session alive', async (t) => {
  const { get, questions, touched } = await serveConsole(t)
  assert.equal((await get('/api/v1/ambridge/bells', 'tess')).status, 200)
  assert.deepEqual(questions[0]!.caller, { actor: { kind: 'person', id: 'p-tess' }, roles: ['tactical'] })
  await get('/api/v1/borchester/bells', 'tess')
  assert.deepEqual(questions[1]!.caller.roles, [], 'no role at another organisation')
  assert.equal((await get('/api/v1/ambridge/bells', 'nobody')).status, 401)
  assert.deepEqual(touched, [])
})

test('with the cookie a command needs the CSRF token in a header', async (t) => {
  const { ask, instructions } = await serveConsole(t)
  assert.equal((await ask('POST', BELLS, JSON_BODY, '{"times":1}')).status, 403)
  assert.equal((await ask('POST', BELLS, { ...JSON_BODY, 'x-csrf-token': 'csrf-of-session-vera' }, '{}')).status, 403)
  assert.equal(instructions.length, 0)
  const done = await ask('POST', BELLS, { ...JSON_BODY, 'x-csrf-token': 'csrf-of-session-tess' }, '{"times":1}')
  assert.equal(done.status, 200)
  assert.equal(instructions[0]!.caller.actor.kind, 'person')
})

test('a token goes before the cookie', async (t) => {
  const { ask, questions } = await serveConsole(t)
  await ask('GET', '/api/v1/ambridge/bells', { cookie: '__Host-holdfast=tess', authorization: TOKENS.viewer })
  assert.equal(questions[0]!.caller.actor.kind, 'token')
})

test('the cookie hears what changes, of the organisations that its person serves', async (t) => {
  const { get, port, record } = await serveConsole(t)
  assert.equal((await get('/api/v1/borchester/events', 'tess')).status, 403)
  const text = await new Promise<string>((resolve, reject) => {
    const headers = { cookie: '__Host-holdfast=tess' }
    const request = http.get({ port, path: '/api/v1/ambridge/events?after=0&named=no', headers }, (response) => {
      let heard = ''
      response.on('data', (chunk) => {
        heard += chunk
        if (!heard.includes('id: ')) return
        resolve(heard)
        response.destroy()
      })
      record('ambridge')
    })
    request.on('error', reject)
  })
  assert.match(text, /id: 1\ndata: /)
})
