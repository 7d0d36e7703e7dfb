import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { serve, TOKENS } from '#test/served'
import { addressKey, createRateLimit } from './rate-limit.ts'

const BELLS = '/api/v1/ambridge/village.ring-bells'

test('every kind of answer carries the security headers', async (t) => {
  const { ask, post } = await serve(t)
  const authorization = TOKENS.viewer
  const replies = [
    await ask('GET', '/'),
    await ask('GET', '/', { 'if-none-match': '"r1"' }),
    await ask('GET', '/nothing'),
    await ask('GET', '/%zz'),
    await ask('GET', '/healthz'),
    await ask('GET', '/readyz'),
    await ask('GET', '/metrics'),
    await ask('GET', '/api/openapi.json'),
    await ask('GET', '/problems'),
    await ask('GET', '/ambridge/tile/1'),
    await ask('GET', '/api/v1/ambridge/bells'),
    await ask('GET', '/api/v1/ambridge/bells', { authorization }),
    await ask('OPTIONS', BELLS),
    await post(BELLS, {}),
    await post(BELLS, { refuse: 'throw' }),
    await post(BELLS, 'x'.repeat(6_000_000)),
  ]
  for (const { headers, status } of replies) {
    assert.match(
      String(headers['content-security-policy']),
      /^default-src 'none'.*frame-ancestors 'none'/,
      String(status),
    )
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.equal(headers['x-frame-options'], 'DENY')
    assert.equal(headers['referrer-policy'], 'same-origin')
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin')
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin')
    assert.match(String(headers['permissions-policy']), /camera=\(\)/)
    assert.match(String(headers['strict-transport-security']), /max-age=\d{8}/)
    assert.equal(headers['access-control-allow-origin'], undefined)
    assert.equal(headers['x-powered-by'] ?? headers.server, undefined)
  }
  const statuses = replies.map((reply) => reply.status)
  assert.deepEqual(statuses, [200, 304, 404, 400, 200, 200, 200, 200, 200, 200, 401, 200, 401, 200, 500, 413])
})

test('without https nobody is told to come back by https', async (t) => {
  const { ask } = await serve(t, { publicUrl: 'http://localhost:8080' })
  for (const path of ['/', '/healthz', '/nothing'])
    assert.equal((await ask('GET', path)).headers['strict-transport-security'], undefined)
})

test('readiness says what is wrong; liveness does not ask', async (t) => {
  const { ask } = await serve(t, {
    health: { ready: async () => ({ ready: false, problems: ['The database is gone.'] }) },
  })
  const ready = await ask('GET', '/readyz')
  assert.equal(ready.status, 503)
  assert.deepEqual(ready.json(), { ready: false, problems: ['The database is gone.'] })
  assert.ok(ready.headers['retry-after'])
  assert.equal((await ask('GET', '/healthz')).status, 200)
  const broken = await serve(t, { health: { ready: () => Promise.reject(new Error('SECRET')) } })
  const reply = await broken.ask('GET', '/readyz')
  assert.equal(reply.status, 503)
  assert.doesNotMatch(reply.text, /SECRET/)
})

test('metrics count by template and outcome, and hold no organisation, address or token', async (t) => {
  const { ask, post } = await serve(t, { gauges: [{ name: 'village_sheep', help: 'Sheep', read: () => 12 }] })
  await post(BELLS, {})
  await post(BELLS, { refuse: 'state' })
  await ask('GET', '/')
  const { text, headers } = await ask('GET', '/metrics')
  assert.match(String(headers['content-type']), /^text\/plain; version=0\.0\.4/)
  assert.match(text, /^http_requests_total{method="POST",route="\/api\/v1\/:organisation\/:name",status="409"} 1$/m)
  assert.match(text, /^http_request_duration_seconds_count{method="POST",/m)
  assert.match(text, /^holdfast_commands_total{command="village.ring-bells",outcome="done"} 1$/m)
  assert.match(text, /^holdfast_commands_total{command="village.ring-bells",outcome="bells-state"} 1$/m)
  assert.match(text, /^holdfast_public_requests_total{status="200"} 1$/m)
  assert.match(text, /^village_sheep 12$/m)
  assert.match(text, /^process_resident_memory_bytes /m)
  assert.doesNotMatch(text, /ambridge|127\.0\.0\.1/)
})

test('metrics are for this machine or for a valid token', async (t) => {
  const { ask } = await serve(t)
  const forwarded = { 'x-forwarded-for': '203.0.113.9' }
  assert.equal((await ask('GET', '/metrics', forwarded)).status, 401)
  assert.equal((await ask('GET', '/metrics', { ...forwarded, authorization: TOKENS.viewer })).status, 200)
  const proxied = await serve(t, { trustProxy: true })
  assert.equal((await proxied.ask('GET', '/metrics', forwarded)).status, 401)
  assert.equal((await proxied.ask('GET', '/metrics')).status, 200)
})

test('behind a web server on this machine each caller counts by the address that it put last', async (t) => {
  const { ask } = await serve(t, { limits: { failedAuthentications: 2 } })
  const from = async (forwarded: string) =>
    (await ask('GET', '/api/v1/ambridge/bells', { 'x-forwarded-for': forwarded })).status
  const many = await Promise.all([1, 2, 3, 4, 5].map((host) => from(`203.0.113.${host}`)))
  assert.deepEqual(new Set(many), new Set([401]))
  // Whatever a caller claims stands before what the web server adds.
  const claims = ['198.51.100.1', '198.51.100.2', '198.51.100.3', '198.51.100.4']
  const claimed = []
  for (const claim of claims) claimed.push(await from(`${claim}, 203.0.113.99`))
  assert.equal(claimed.at(-1), 429)
})

test('a token has its own allowance; the operator is not counted', async (t) => {
  const { ask } = await serve(t, { limits: { perToken: 3 } })
  const statuses = async (authorization: string) => {
    const replies = []
    for (let round = 0; round < 5; round++) replies.push(await ask('GET', '/api/v1/ambridge/bells', { authorization }))
    return replies
  }
  const viewer = await statuses(TOKENS.viewer)
  assert.deepEqual(
    viewer.map((reply) => reply.status),
    [200, 200, 200, 429, 429],
  )
  assert.equal(viewer[3]!.json().code, 'too-many-requests')
  assert.ok(Number(viewer[3]!.headers['retry-after']) >= 1)
  assert.deepEqual(
    (await statuses(TOKENS.tactical)).map((reply) => reply.status),
    [200, 200, 200, 429, 429],
  )
  assert.deepEqual(
    (await statuses(TOKENS.operator)).map((reply) => reply.status),
    [200, 200, 200, 200, 200],
  )
})

test('guessing at tokens is slowed, and never locks out those with a valid one', async (t) => {
  const { ask } = await serve(t, { limits: { failedAuthentications: 2 } })
  const guess = async () => (await ask('GET', '/api/v1/ambridge/bells', { authorization: 'Bearer guess' })).status
  assert.deepEqual([await guess(), await guess(), await guess()], [401, 401, 429])
  assert.equal((await ask('GET', '/api/v1/ambridge/bells', { authorization: TOKENS.viewer })).status, 200)
})

test('no minute lets through more than twice the rate, and a quiet minute restores all of it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 200 }),
      (rate, gaps) => {
        const limit = createRateLimit(rate)
        const passed: number[] = []
        let now = 1000
        for (const gap of gaps) {
          now += gap
          const waits = limit.take('a', now)
          if (waits === 0) passed.push(now)
          else assert.equal(limit.take('a', now + waits), 0, 'the wait it names is enough')
          now += waits
          if (waits > 0) passed.push(now)
          assert.ok(passed.filter((at) => at > now - 60_000).length <= 2 * rate)
        }
        now += 60_001
        for (let count = 0; count < rate; count++) assert.equal(limit.take('a', now), 0)
        assert.ok(limit.take('a', now) > 0)
        assert.equal(limit.take('b', now), 0)
      },
    ),
  )
})

test('neighbours in one IPv6 network count as one, two IPv4 addresses as two', () => {
  assert.equal(addressKey('2001:db8::1'), addressKey('2001:db8:0:0:ffff::2'))
  assert.notEqual(addressKey('2001:db8:0:1::1'), addressKey('2001:db8::1'))
  assert.notEqual(addressKey('192.0.2.1'), addressKey('192.0.2.2'))
  assert.equal(addressKey('::ffff:192.0.2.1'), '192.0.2.1')
})
