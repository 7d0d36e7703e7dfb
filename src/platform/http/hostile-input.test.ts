import assert from 'node:assert/strict'
import net from 'node:net'
import { test } from 'node:test'
import fc from 'fast-check'
import { serve, TOKENS } from '#test/served'
import { parseJsonBody } from './json-body.ts'
import { isProblem } from './problem.ts'

const BELLS = '/api/v1/ambridge/village.ring-bells'
const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`

test('what cannot be read or kept is refused by name, and never reaches a command', async (t) => {
  const { post, instructions } = await serve(t, { limits: { body: 200_000 } })
  const cases: [string, string | Buffer, number, string][] = [
    ['nothing', '', 400, 'malformed-json'],
    ['half', '{"a":', 400, 'malformed-json'],
    ['bad UTF-8', Buffer.from([0x22, 0xff, 0x22]), 400, 'malformed-json'],
    ['UTF-16', Buffer.from('{}', 'utf16le'), 400, 'malformed-json'],
    ['65 levels', nested(65), 400, 'too-deeply-nested'],
    ['99,999 levels', nested(99_999), 400, 'too-deeply-nested'],
    ['unclosed levels', '['.repeat(150_000), 400, 'malformed-json'],
    ['a prototype', '{"a":{"__proto__":{"admin":true}}}', 422, 'unusable-input'],
    ['U+0000', '{"a":["x\\u0000y"]}', 422, 'unusable-input'],
    ['U+0000 as a name', '{"\\u0000":1}', 422, 'unusable-input'],
    ['half a character', '{"a":"\\ud800"}', 422, 'unusable-input'],
    ['half a character as a name', '{"\\udc00":1}', 422, 'unusable-input'],
    ['infinity', '{"a":1e999}', 422, 'unusable-input'],
    ['a number that would be rounded', '{"a":9007199254740993}', 422, 'unusable-input'],
    ['too much', `"${'x'.repeat(200_001)}"`, 413, 'too-large'],
  ]
  for (const [name, body, status, code] of cases) {
    const reply = await post(BELLS, body)
    assert.equal(reply.status, status, name)
    assert.equal(reply.json().code, code, name)
  }
  assert.equal(instructions.length, 0)
  const reply = await post(BELLS, '{"a":[1,"\\u0000"]}')
  assert.deepEqual((reply.json().errors as { pointer: string }[])[0]!.pointer, '/a/1')
})

test('what is unusual but sound is taken', async (t) => {
  const { post, instructions } = await serve(t)
  const bodies = [
    nested(64),
    '{"a":"😀 \\u0001"}',
    '\ufeff{}',
    '[]',
    'null',
    '{"constructor":{"prototype":1}}',
    '-0.5e-3',
  ]
  for (const body of bodies) assert.equal((await post(BELLS, body)).status, 200, body)
  assert.deepEqual(instructions[1]!.input, { a: '😀 \u0001' })
  assert.equal((await post(BELLS, '{}', { 'content-type': 'application/json; charset=utf-8' })).status, 200)
})

test('only JSON is taken', async (t) => {
  const { ask, instructions } = await serve(t)
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonx',
    '',
    'x',
  ]) {
    const reply = await ask('POST', BELLS, { authorization: TOKENS.tactical, 'content-type': type }, '{}')
    assert.equal(reply.status, 415, type)
    assert.equal(reply.json().code, 'not-json')
  }
  assert.equal(instructions.length, 0)
})

test('addresses and headers made to break things get an answer below 500', async (t) => {
  const { ask, post } = await serve(t)
  const authorization = TOKENS.tactical
  const paths = [
    '/%',
    '/%zz',
    '/%00',
    '/%c0%af',
    '/..%2f..%2fetc/passwd',
    '/api/v1/%E0%A4%A/bells',
    '/api/v1/%00/bells',
    '/api/v1/__proto__/bells',
    '/api/v1/ambridge/__proto__',
    '/api/v1/ambridge/constructor',
    '/api/v1/ambridge/bells?%',
    '/api/v1/ambridge/bells?__proto__=1',
    '/api/v1/ambridge/bells?at=%00',
    '/api/v1/ambridge/bells?at=%ff',
    '/api/v1/ambridge/bells?limit=1e999',
    '/api/v1/ambridge/bells?limit=99999999999999999999',
    '/problems/__proto__',
    '/problems/constructor',
    `/${'a'.repeat(8000)}`,
    `/api/v1/${'a'.repeat(500)}/bells`,
    '//',
    '/?',
    '/ambridge/tile/%',
    `/api/v1/ambridge/bells?${'limit=1&'.repeat(900)}`,
    '/api/v1/ambridge/events?after=-1',
    '/api/v1/ambridge/events?after=1&after=2',
  ]
  for (const path of paths)
    for (const method of ['GET', 'POST', 'HEAD', 'OPTIONS', 'DELETE']) {
      const reply = await ask(method, path, { authorization })
      assert.ok(reply.status < 500, `${method} ${path.slice(0, 60)}: ${reply.status}`)
      assert.ok(reply.headers['content-security-policy'], `${method} ${path.slice(0, 60)}`)
    }
  assert.equal((await ask('GET', '/api/v1/ambridge/bells?at=%00', { authorization })).status, 422)
  assert.equal((await ask('GET', '/api/v1/ambridge/bells?__proto__=1', { authorization })).status, 422)
  assert.equal((await ask('GET', '/%zz')).status, 400)
  const twice = await post(BELLS, {}, { 'idempotency-key': ['a', 'b'] as unknown as string })
  assert.equal(twice.status, 200, 'joined by HTTP, for the command to refuse')
})

test('broken HTTP is answered and closed', async (t) => {
  const { port } = await serve(t)
  const cases: [string, RegExp][] = [
    ['nonsense\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n', /^HTTP\/1\.1 400 /],
    [`GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, /^HTTP\/1\.1 431 /],
    ['GET / HTTP/1.1\r\n\r\n', /^HTTP\/1\.1 400 /],
    [
      `POST ${BELLS} HTTP/1.1\r\nHost: a\r\nAuthorization: ${TOKENS.tactical}\r\nContent-Type: application/json\r\nContent-Length: 9x\r\n\r\n{}`,
      /^HTTP\/1\.1 400 /,
    ],
  ]
  for (const [sent, expected] of cases) {
    const answer = await raw(port, sent)
    assert.match(answer, expected, sent.slice(0, 40))
  }
  assert.match(await raw(port, 'nonsense\r\n\r\n'), /application\/problem\+json/)
})

test('a request that announces content and sends none is answered at once, and the line serves the next one', async (t) => {
  const { port } = await serve(t, {
    rawRoutes: [
      {
        method: 'POST',
        path: '/raw',
        handle: ({ body }) => ({ status: 200, type: 'text/plain', body: `${body.length} bytes`, headers: {} }),
      },
    ],
  })
  const types = [
    'application/json',
    'application/x-www-form-urlencoded',
    'text/plain',
    'multipart/form-data; boundary=x',
    '',
  ]
  for (const method of ['POST', 'PUT', 'DELETE', 'GET'])
    for (const path of [BELLS, '/raw', '/api/v1/ambridge/bells', '/console', '/nowhere'])
      for (const type of types) {
        const head = `Host: a\r\nAuthorization: ${TOKENS.tactical}\r\n`
        const first = `${method} ${path} HTTP/1.1\r\n${head}${type && `Content-Type: ${type}\r\n`}\r\n`
        const last = `GET / HTTP/1.1\r\n${head}Connection: close\r\n\r\n`
        const answer = await raw(port, first + last)
        const name = `${method} ${path} ${type}`
        assert.equal(answer.match(/HTTP\/1\.1 \d{3} /g)?.length, 2, `${name}: ${answer.slice(0, 200)}`)
        assert.match(answer, /<title>Ambridge/, name)
        assert.doesNotMatch(answer, /HTTP\/1\.1 5/, name)
        if (method === 'POST' && path === '/raw') assert.match(answer, /0 bytes/, name)
      }
})

test('a client that goes away in the middle harms nothing', async (t) => {
  const { port, post } = await serve(t)
  for (let round = 0; round < 20; round++) {
    const socket = net.connect(port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write(
      `POST ${BELLS} HTTP/1.1\r\nHost: a\r\nAuthorization: ${TOKENS.tactical}\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{`,
    )
    await new Promise((resolve) => setTimeout(resolve, 2))
    if (round % 2) socket.resetAndDestroy()
    else socket.end()
  }
  assert.equal((await post(BELLS, {})).status, 200)
})

test('any JSON that other readers would read the same way is read as it was written', () => {
  const sound = fc.jsonValue({ maxDepth: 6 }).filter((value) => {
    const text = JSON.stringify(value)
    return (
      !text.includes('\\u0000') &&
      !text.includes('__proto__') &&
      !/\d{16}|e\+/.test(text) &&
      text.isWellFormed() &&
      !/\\ud[89a-f]/i.test(text)
    )
  })
  fc.assert(
    fc.property(sound, (value) => {
      const text = JSON.stringify(value)
      const parsed = parseJsonBody(Buffer.from(text), 64)
      assert.ok(!isProblem(parsed))
      assert.equal(JSON.stringify(parsed.value), text)
    }),
  )
})

test('any bytes are read or refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const parsed = parseJsonBody(Buffer.from(bytes), 64)
      assert.ok(!isProblem(parsed) || parsed.status < 500)
    }),
  )
})

function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(text))
    let answer = ''
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.on('error', () => resolve(answer))
    socket.on('close', () => resolve(answer))
    setTimeout(() => socket.destroy(), 2000).unref()
  })
}
