import assert from 'node:assert/strict'
import http from 'node:http'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { serve, TOKENS } from '#test/served'

/** Listens until the test ends; `until` waits for a number of events. */
async function listen(t: TestContext, port: number, path: string, headers: http.OutgoingHttpHeaders = {}) {
  const heard = { text: '', ended: false }
  // As browsers do: the connection outlives the stream unless the server ends it.
  const agent = new http.Agent({ keepAlive: true })
  t.after(() => agent.destroy())
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    const request = http.get(
      { host: '127.0.0.1', port, path, headers: { authorization: TOKENS.viewer, ...headers }, agent },
      resolve,
    )
    request.on('error', reject)
    t.after(() => request.destroy())
  })
  response.on('data', (chunk: Buffer) => {
    heard.text += chunk
  })
  response.on('error', () => {})
  response.on('close', () => {
    heard.ended = true
  })
  const numbers = () => [...heard.text.matchAll(/^id: (\d+)$/gm)].map(([, number]) => Number(number))
  const until = async (holds: () => boolean) => {
    for (let tries = 0; !holds(); tries++) {
      assert.ok(tries < 400, `waited in vain: ${heard.text.slice(-300)}`)
      await wait(5)
    }
  }
  return { response, heard, numbers, until }
}

const EVENTS = '/api/v1/ambridge/events'
const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, position) => first + position)

test('what is recorded is heard as it happens, one event an entry', async (t) => {
  const { port, record } = await serve(t)
  const { response, heard, numbers, until } = await listen(t, port, EVENTS)
  assert.equal(response.statusCode, 200)
  assert.equal(response.headers['content-type'], 'text/event-stream; charset=utf-8')
  assert.ok(response.headers['content-security-policy'])
  record('ambridge', 2)
  record('borchester', 3)
  await until(() => numbers().length === 2)
  assert.match(
    heard.text,
    /\nid: 1\nevent: village\.rang\ndata: {"number":1,"type":"village\.rang","recordedAt":"2025-11-25T06:00:00\.000Z"}\n\n/,
  )
  assert.deepEqual(numbers(), [1, 2])
})

test('a client that comes back hears what it missed and what follows, each once and in order', async (t) => {
  const { port, record } = await serve(t)
  record('ambridge', 1600)
  const asked = await listen(t, port, `${EVENTS}?after=20`)
  const returned = await listen(t, port, `${EVENTS}?after=3`, { 'last-event-id': '30' })
  // Some arrive while the past is still being read.
  for (let round = 0; round < 40; round++) {
    record('ambridge', 2)
    if (round % 4 === 0) await wait(1)
  }
  await asked.until(() => asked.numbers().at(-1) === 1680)
  await returned.until(() => returned.numbers().at(-1) === 1680)
  assert.deepEqual(asked.numbers(), upTo(1680, 21))
  assert.deepEqual(returned.numbers(), upTo(1680, 31), 'the header wins over the query')
})

test('a gap in what is heard is filled from the journal', async (t) => {
  const hearers: ((changes: readonly object[]) => void)[] = []
  const change = (number: number) => ({ organisation: 'ambridge', number, type: 'a.b', recordedAt: 'now' })
  const { port } = await serve(t, {
    changes: {
      read: async (_organisation, after, limit) =>
        upTo(9)
          .map(change)
          .filter((one) => one.number > after)
          .slice(0, limit),
      subscribe(hear) {
        hearers.push(hear as (changes: readonly object[]) => void)
        return () => {}
      },
    },
  })
  const { numbers, until } = await listen(t, port, EVENTS)
  for (const number of [4, 5, 5, 9]) for (const hear of hearers) hear([change(number)])
  await until(() => numbers().length >= 6)
  assert.deepEqual(numbers(), [4, 5, 6, 7, 8, 9])
})

test('only those with a role there may listen, and only while they hold it', async (t) => {
  const { ask, port, revoked } = await serve(t, { limits: { heartbeat: 30 } })
  assert.equal((await ask('GET', '/api/v1/borchester/events', { authorization: TOKENS.viewer })).status, 403)
  assert.equal((await ask('GET', EVENTS)).status, 401)
  assert.equal((await ask('GET', `${EVENTS}?after=x`, { authorization: TOKENS.viewer })).status, 422)
  const { heard, until } = await listen(t, port, EVENTS)
  await until(() => heard.text.includes('\n:\n\n'))
  assert.equal(heard.ended, false)
  revoked.add('viewer-of-ambridge')
  await until(() => heard.ended)
})

test('an exercise says so in its stream', async (t) => {
  const { port, record } = await serve(t)
  const { response, heard, until } = await listen(t, port, '/api/v1/borchester/events', {
    authorization: TOKENS.operator,
  })
  assert.equal(response.headers['holdfast-exercise'], 'Market day ? dry run')
  record('borchester')
  await until(() => heard.text.includes('data: {"exercise":"EXERCISE","number":1'))
})

test('there are only so many streams, and one that ends makes room', async (t) => {
  const { ask, port } = await serve(t, { limits: { streams: 1 } })
  const { response } = await listen(t, port, EVENTS)
  const refused = await ask('GET', EVENTS, { authorization: TOKENS.viewer })
  assert.equal(refused.status, 503)
  assert.ok(refused.headers['retry-after'])
  response.destroy()
  await wait(50)
  assert.equal((await listen(t, port, EVENTS)).response.statusCode, 200)
})

test('a burst larger than the buffer reaches whoever reads; who does not read is dropped', async (t) => {
  const { port, record, ask } = await serve(t, { limits: { streamBuffer: 64 * 1024, streamStall: 150 } })
  const slow = await listen(t, port, EVENTS)
  slow.response.pause()
  const quick = await listen(t, port, EVENTS)
  const open = async () => Number(/^holdfast_event_streams (\d+)$/m.exec((await ask('GET', '/metrics')).text)![1])
  assert.equal(await open(), 2)
  const long = `a.${'b'.repeat(2000)}`
  for (let burst = 1; burst <= 10; burst++) {
    record('ambridge', 300, long)
    await quick.until(() => quick.heard.text.includes(`id: ${burst * 300}\n`))
  }
  for (let tries = 0; (await open()) === 2 && tries < 100; tries++) await wait(10)
  assert.equal(await open(), 1)
  assert.equal(quick.heard.ended, false)
  assert.deepEqual(quick.numbers(), upTo(3000))
})

test('closing ends streams, finishes what is under way, and takes nothing new', async (t) => {
  let finish = () => {}
  const { server, port, post } = await serve(t, {
    execute: () =>
      new Promise((resolve) => {
        finish = () => resolve({ entries: [7] })
      }),
  })
  const { heard, until } = await listen(t, port, EVENTS)
  const underWay = post('/api/v1/ambridge/village.ring-bells', {})
  await wait(50)
  const started = Date.now()
  const closed = server.close()
  await until(() => heard.ended)
  await wait(50)
  await assert.rejects(post('/api/v1/ambridge/village.ring-bells', {}), /ECONNREFUSED/)
  finish()
  const reply = await underWay
  assert.deepEqual(reply.json(), { entries: [7] })
  assert.equal(reply.headers.connection, 'close')
  await closed
  assert.ok(Date.now() - started < 9000, 'not by the grace of ten seconds')
})

test('closing ends with the last byte that a slow reader takes, not with its connection', async (t) => {
  const { server, port, record } = await serve(t, { limits: { streamBuffer: 20_000_000 } })
  const slow = await listen(t, port, EVENTS)
  slow.response.pause()
  record('ambridge', 4000, `a.${'b'.repeat(2000)}`)
  const closed = server.close()
  await wait(100)
  const started = Date.now()
  slow.response.resume()
  await closed
  assert.ok(Date.now() - started < 4500, 'not by the half of its grace that a slow reader is given')
  await slow.until(() => slow.heard.ended)
  assert.equal(slow.numbers().at(-1), 4000)
})

test('closing waits no longer than its grace', async (t) => {
  const { server, post } = await serve(t, { execute: () => new Promise(() => {}), limits: { grace: 100 } })
  const underWay = post('/api/v1/ambridge/village.ring-bells', {})
  const cut = assert.rejects(underWay)
  await wait(50)
  const started = Date.now()
  await server.close()
  await cut
  assert.ok(Date.now() - started < 9000, 'not by the ten seconds it would have by itself')
})
