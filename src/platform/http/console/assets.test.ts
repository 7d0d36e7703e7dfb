import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import { brotliDecompressSync } from 'node:zlib'
import { assetPath } from '#platform/assets'
import { serve } from '#test/served'

const islands = readdirSync(new URL('../../../islands/', import.meta.url))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.replace(/\.ts$/, '.js'))

test('files of the console are served for ever under the hash of what is in them, small', async (t) => {
  const { ask } = await serve(t)
  for (const name of ['console.css', ...islands]) {
    const path = assetPath(name)
    assert.match(path, /^\/assets\/[\w-]+-[0-9a-f]{16}\.(?:css|js)$/)
    const plain = await ask('GET', path)
    assert.equal(plain.status, 200, name)
    assert.equal(plain.headers['cache-control'], 'public, max-age=31536000, immutable')
    assert.match(String(plain.headers['content-type']), name.endsWith('.css') ? /^text\/css/ : /^text\/javascript/)
    const small = await ask('GET', path, { 'accept-encoding': 'br' })
    assert.equal(brotliDecompressSync(small.bytes).toString(), plain.text)
    assert.ok(small.bytes.length < 25_000, `${name}: ${small.bytes.length} bytes`)
    const again = await ask('GET', path, { 'if-none-match': String(plain.headers.etag) })
    assert.equal(again.status, 304)
    assert.equal((await ask('GET', path.replace(/-[0-9a-f]{16}/, '-0000000000000000'))).status, 404)
  }
  for (const path of ['/assets/', '/assets/console.css', '/assets/../package.json', '/assets/%2e%2e/package.json'])
    assert.equal((await ask('GET', path)).status, 404)
})

test('scripts have no types left, and import only what is served', async (t) => {
  const { ask } = await serve(t)
  const open = islands.map(assetPath)
  for (const path of open) {
    const { status, text } = await ask('GET', path)
    assert.equal(status, 200, path)
    for (const [, from] of text.matchAll(/\bfrom\s+['"]([^'"]+)['"]/g)) {
      assert.match(from!, /^\/assets\//)
      if (!open.includes(from!)) open.push(from!)
    }
  }
})

test('the styles wear neither the typeface, the crown nor the colours of GOV.UK', async (t) => {
  const { ask } = await serve(t)
  const { text } = await ask('GET', assetPath('console.css'))
  const left = ['GDS', 'font-face', 'crown', 'crest', '#1d70b8', '#1a65a6', 'url('].filter((one) => text.includes(one))
  assert.deepEqual(left, [])
  for (const rule of ['.govuk-checkboxes__input', '.hf-exercise', '.hf-bar']) assert.ok(text.includes(rule), rule)
})
