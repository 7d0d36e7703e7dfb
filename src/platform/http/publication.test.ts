import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { PAGE, resourceOf, serve } from '#test/served'
import { chooseEncoding, type Encoding } from './negotiate.ts'
import type { PublicResource } from './publication.ts'

const HTML = 'text/html; charset=utf-8'

function packed(text: string, headers = {}): PublicResource {
  const plain = resourceOf(text, HTML)
  const { identity } = plain.body
  return { ...plain, headers, body: { identity, gzip: gzipSync(identity), brotli: brotliCompressSync(identity) } }
}

test('a page comes in the encoding asked for, each with its own tag', async (t) => {
  const { ask, resources } = await serve(t)
  resources.set('/packed', packed(PAGE))
  const get = (encoding?: string) =>
    ask('GET', '/packed', encoding === undefined ? {} : { 'accept-encoding': encoding })
  const [plain, gzip, brotli] = [await get(), await get('gzip'), await get('gzip, deflate, br')]
  assert.equal(plain.text, PAGE)
  assert.equal(plain.headers['content-encoding'], undefined)
  assert.equal(gzip.headers['content-encoding'], 'gzip')
  assert.equal(gunzipSync(gzip.bytes).toString(), PAGE)
  assert.equal(brotli.headers['content-encoding'], 'br')
  assert.equal(brotliDecompressSync(brotli.bytes).toString(), PAGE)
  assert.deepEqual(
    [plain, gzip, brotli].map((reply) => reply.headers.etag),
    ['"r1"', '"r1-gzip"', '"r1-br"'],
  )
  const twoLines = await ask('GET', '/packed', { 'Accept-Encoding': ['deflate', 'gzip'] as unknown as string })
  assert.equal(twoLines.headers['content-encoding'], 'gzip')
  for (const reply of [plain, gzip, brotli]) {
    assert.equal(reply.headers.vary, 'Accept-Encoding')
    assert.equal(reply.headers['cache-control'], 'public, max-age=10')
    assert.equal(reply.headers['content-length'], String(reply.bytes.length))
  }
})

test('a reader who has the page gets 304 without a body; a new revision is sent', async (t) => {
  const { ask, resources } = await serve(t)
  resources.set('/packed', packed(PAGE))
  const status = async (headers: Record<string, string>, path = '/packed') => (await ask('GET', path, headers)).status
  for (const tags of ['"r1"', 'W/"r1"', '"x", "r1"', '*'])
    assert.equal(await status({ 'if-none-match': tags }), 304, tags)
  assert.equal(
    await status({ 'if-none-match': '"r1"', 'accept-encoding': 'br' }),
    200,
    'another encoding is another tag',
  )
  assert.equal(await status({ 'if-none-match': '"r1-br"', 'accept-encoding': 'br' }), 304)
  assert.equal(await status({ 'if-none-match': '"r0"' }), 200)
  assert.equal(await status({ 'if-modified-since': 'Tue, 25 Nov 2025 06:00:00 GMT' }), 304)
  assert.equal(await status({ 'if-modified-since': 'Tue, 25 Nov 2025 05:59:59 GMT' }), 200)
  assert.equal(await status({ 'if-none-match': '"r0"', 'if-modified-since': 'Tue, 25 Nov 2026 06:00:00 GMT' }), 200)
  const fresh = await ask('GET', '/packed', { 'if-none-match': '"r1"' })
  assert.equal(fresh.text, '')
  assert.equal(fresh.headers.etag, '"r1"')
  resources.set('/packed', { ...packed('new'), etag: '"r2"' })
  assert.equal((await ask('GET', '/packed', { 'if-none-match': '"r1"' })).text, 'new')
})

test('HEAD tells what GET would send, without sending it', async (t) => {
  const { ask } = await serve(t)
  const [head, get] = [await ask('HEAD', '/'), await ask('GET', '/')]
  const { date: _one, ...told } = head.headers
  const { date: _other, ...sent } = get.headers
  assert.deepEqual(told, sent)
  assert.equal(head.text, '')
})

test('the path is taken as it was sent: no query, no decoding, no way round', async (t) => {
  const { ask } = await serve(t)
  assert.equal((await ask('GET', '/?utm=1')).text, PAGE)
  for (const path of ['/%2f', '/./', '/x/..', '//', '/index.html'])
    assert.notEqual((await ask('GET', path)).text, PAGE, path)
})

test('a page may allow its own style by hash, and public data may be read from anywhere', async (t) => {
  const { ask, resources } = await serve(t)
  resources.set('/styled', { ...resourceOf(PAGE, HTML), styleHashes: ["'sha256-abc='"] })
  resources.set('/data', { ...resourceOf('{}', 'application/json'), headers: { 'Access-Control-Allow-Origin': '*' } })
  const styled = (await ask('GET', '/styled')).headers
  assert.match(String(styled['content-security-policy']), /style-src 'self' 'sha256-abc='/)
  assert.doesNotMatch(String(styled['content-security-policy']), /unsafe/)
  const data = (await ask('GET', '/data')).headers
  assert.equal(data['access-control-allow-origin'], '*')
  assert.equal(data['cross-origin-resource-policy'], 'cross-origin')
})

test('Accept-Encoding as RFC 9110 reads it', () => {
  const all: Encoding[] = ['identity', 'gzip', 'br']
  const cases: [string | undefined, Encoding][] = [
    [undefined, 'identity'],
    ['', 'identity'],
    ['gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['x-gzip', 'gzip'],
    ['br;q=0.1, gzip;q=0.9', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['*', 'br'],
    ['*;q=0, gzip;q=0.001', 'gzip'],
    ['br;q=0, *', 'gzip'],
    ['identity, br;q=0.5', 'identity'],
    ['identity;q=0', 'identity'],
    ['deflate, zstd', 'identity'],
    ['gzip;q=2', 'identity'],
    ['gzip;q=abc, br;q=0.3', 'br'],
  ]
  for (const [field, expected] of cases) assert.equal(chooseEncoding(field, all), expected, String(field))
  assert.equal(chooseEncoding('br', ['identity', 'gzip']), 'identity')
})

test('whatever the field says, what is chosen exists and was not excluded by name', () => {
  const part = fc.tuple(
    fc.constantFrom('br', 'gzip', 'identity', '*', 'zstd'),
    fc.constantFrom('', ';q=0', ';q=0.5', ';q=1'),
  )
  fc.assert(
    fc.property(fc.uniqueArray(part, { selector: ([coding]) => coding }), fc.boolean(), (parts, brotli) => {
      const available: Encoding[] = brotli ? ['identity', 'gzip', 'br'] : ['identity', 'gzip']
      const chosen = chooseEncoding(parts.map((one) => one.join('')).join(', '), available)
      assert.ok(available.includes(chosen))
      const asked = parts.find(([coding]) => coding === chosen)
      if (chosen !== 'identity')
        assert.ok(asked ? asked[1] !== ';q=0' : parts.some(([coding, q]) => coding === '*' && q !== ';q=0'))
    }),
  )
})

test('a person who asks for a page that is not there is told so on a page, a program in a problem', async (t) => {
  const lost = resourceOf('<title>Page not found</title>', HTML)
  const { ask } = await serve(t, { publication: { find: () => null, notFound: () => lost } })
  const page = await ask('GET', '/ambrige', { accept: 'text/html,*/*;q=0.8' })
  assert.equal(page.status, 404)
  assert.match(page.text, /Page not found/)
  assert.match(String(page.headers['content-security-policy']), /default-src 'none'/)
  const data = await ask('GET', '/ambrige')
  assert.equal(data.status, 404)
  assert.match(String(data.headers['content-type']), /problem\+json/)
})
