import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serve, TOKENS } from '#test/served'

const BELLS = '/api/v1/ambridge/village.ring-bells'

test('a command is passed on with its caller and its id, and its answer comes back', async (t) => {
  const { post, instructions } = await serve(t)
  const reply = await post(BELLS, { times: 3 }, { 'idempotency-key': 'abc-1' })
  assert.equal(reply.status, 200)
  assert.deepEqual(reply.json(), { peal: 'grandsire', entries: [1] })
  assert.equal(reply.headers['cache-control'], 'no-store')
  assert.deepEqual(instructions, [
    {
      organisation: 'ambridge',
      command: 'village.ring-bells',
      input: { times: 3 },
      caller: { actor: { kind: 'token', id: 'tactical-of-ambridge' }, roles: ['tactical'] },
      id: 'abc-1',
    },
  ])
  await post(BELLS, { times: 3 })
  assert.ok(!('id' in instructions[1]!), 'no id is made up here')
})

const STATUSES = { input: 422, forbidden: 403, 'not-found': 404, state: 409, conflict: 409, unavailable: 503 }
for (const [kind, status] of Object.entries(STATUSES))
  test(`a refusal of kind ${kind} is a problem with status ${status}`, async (t) => {
    const { post } = await serve(t)
    const reply = await post(BELLS, { refuse: kind })
    assert.equal(reply.status, status)
    assert.equal(reply.headers['content-type'], 'application/problem+json')
    assert.equal(reply.headers['retry-after'], status === 503 ? '5' : undefined)
    assert.deepEqual(reply.json(), {
      type: `/problems/bells-${kind}`,
      title: 'The bells are silent',
      status,
      detail: 'Ring later.',
      code: `bells-${kind}`,
      errors: [{ pointer: '/times', detail: 'is too often' }],
    })
  })

test('a lost database is 503 with Retry-After; what nobody expected is 500 with a number and no internals', async (t) => {
  const logged: object[] = []
  const keep = (line: object) => void logged.push(line)
  const { post } = await serve(t, { log: { debug: keep, info: keep, warn: keep, error: keep } })
  const lost = await post(BELLS, { refuse: 'database' })
  assert.equal(lost.status, 503)
  assert.equal(lost.json().code, 'database-unavailable')
  assert.ok(lost.headers['retry-after'])
  const broken = await post(BELLS, { refuse: 'throw' })
  assert.equal(broken.status, 500)
  assert.doesNotMatch(lost.text + broken.text, /SECRET/)
  const { instance } = broken.json() as { instance: string }
  const line = logged.find((one) => 'id' in one && `urn:uuid:${one.id}` === instance)
  assert.ok(line && 'error' in line, 'the log holds the same number')
})

test('without a valid token there is nothing to see', async (t) => {
  const { ask, post, instructions } = await serve(t)
  for (const authorization of [undefined, 'Bearer nobody', 'Basic dGVzdDp0ZXN0', 'Bearer', 'Bearer a b']) {
    const reply = await ask('GET', '/api/v1/ambridge/bells', authorization === undefined ? {} : { authorization })
    assert.equal(reply.status, 401, authorization)
    assert.match(String(reply.headers['www-authenticate']), /^Bearer realm=/)
    assert.equal(reply.json().code, 'token-needed')
  }
  assert.equal((await post(BELLS, {}, { authorization: 'Bearer nobody' })).status, 401)
  assert.equal(instructions.length, 0)
})

test('a token holds no role at another organisation', async (t) => {
  const { post, instructions } = await serve(t)
  await post('/api/v1/borchester/village.ring-bells', { times: 1 })
  assert.deepEqual(instructions[0]!.caller.roles, [])
})

test('a query string becomes the input that the schema describes', async (t) => {
  const { ask, questions } = await serve(t)
  const get = async (query: string) => {
    const reply = await ask('GET', `/api/v1/ambridge/bells?${query}`, { authorization: TOKENS.viewer })
    assert.equal(reply.status, 200)
    return questions.at(-1)!.input
  }
  assert.deepEqual(await get(''), {})
  assert.deepEqual(await get('at=2025&limit=10&loud=true&tower=7'), { at: '2025', limit: 10, loud: true, tower: [7] })
  assert.deepEqual(await get('tower=7&tower=8'), { tower: [7, 8] })
  assert.deepEqual(
    await get('limit=ten&loud=yes&tower=x'),
    { limit: 'ten', loud: 'yes', tower: ['x'] },
    'left for the schema',
  )
  assert.deepEqual(await get('limit=1&limit=2&other=5'), { limit: ['1', '2'], other: '5' })
})

test('a question that needs a body is asked by POST, and changes nothing', async (t) => {
  const { post, questions, instructions } = await serve(t)
  const reply = await post('/api/v1/ambridge/what-if', { changes: [] })
  assert.deepEqual(reply.json(), { asked: { changes: [] } })
  assert.equal(questions.length, 1)
  assert.equal(instructions.length, 0)
})

test('an exercise says so in every answer, also when it refuses', async (t) => {
  const { ask, post } = await serve(t)
  const done = await post('/api/v1/borchester/village.ring-bells', { times: 1 })
  const refused = await post('/api/v1/borchester/village.ring-bells', { refuse: 'state' })
  const unknown = await ask('GET', '/api/v1/borchester/nothing', { authorization: TOKENS.viewer })
  for (const reply of [done, refused, unknown]) {
    assert.equal(reply.headers['holdfast-exercise'], 'Market day ? dry run')
    assert.equal(reply.json().exercise, 'EXERCISE')
  }
  const tile = await ask('GET', '/borchester/tile/3')
  assert.equal(tile.headers['holdfast-exercise'], 'Market day ? dry run')
  assert.equal(tile.text, '3')
  const live = await post(BELLS, { times: 1 })
  assert.ok(!('exercise' in live.json()) && !('holdfast-exercise' in live.headers))
})

test('each wrong method or address is told what would be right', async (t) => {
  const { ask, post } = await serve(t)
  const authorization = TOKENS.tactical
  const cases: [string, string, number, string | undefined][] = [
    ['GET', BELLS, 405, 'POST'],
    ['PUT', BELLS, 405, 'POST'],
    ['OPTIONS', BELLS, 405, 'POST'],
    ['DELETE', '/api/v1/ambridge/bells', 405, 'GET, HEAD'],
    ['GET', '/api/v1/ambridge/what-if', 405, 'POST'],
    ['GET', '/api/v1/ambridge/nothing', 404, undefined],
    ['GET', '/api/v1/Ambridge/bells', 404, undefined],
    ['GET', '/nothing', 404, undefined],
    ['POST', '/', 405, 'GET, HEAD'],
    ['PROPFIND', '/', 404, undefined],
    ['TRACE', BELLS, 404, undefined],
  ]
  for (const [method, path, status, allow] of cases) {
    const reply = await ask(method, path, { authorization })
    assert.ok(reply.status === status || reply.status === 405, `${method} ${path}: ${reply.status}`)
    assert.equal(reply.headers.allow, method === 'PROPFIND' ? reply.headers.allow : allow, `${method} ${path}`)
    assert.equal(reply.headers['content-type'], 'application/problem+json')
  }
  assert.equal((await post('/api/v1/ambridge/bells', {})).status, 405)
  assert.equal((await post('/api/v1/ambridge/nothing', {})).status, 404)
  const head = await ask('HEAD', '/api/v1/ambridge/bells', { authorization })
  assert.equal(head.status, 200)
  assert.equal(head.text, '')
})

test('the type of a problem leads to its explanation', async (t) => {
  const { ask } = await serve(t, { problems: { 'bell-cracked': { kind: 'state', title: 'The bell is cracked' } } })
  const { whatToDo, ...words } = (await ask('GET', '/problems/bell-cracked')).json()
  assert.deepEqual(words, { code: 'bell-cracked', status: 409, kind: 'state', title: 'The bell is cracked' })
  assert.match(String(whatToDo), /Read how they stand/)
  const { type } = (await ask('GET', '/nothing')).json() as { type: string }
  assert.equal((await ask('GET', type)).json().status, 404)
  assert.equal((await ask('GET', '/problems/made-up')).status, 404)
})
