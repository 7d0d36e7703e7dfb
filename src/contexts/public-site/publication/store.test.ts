import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { temporaryDirectory } from '#test/database'
import { complete, encode, type Rendered } from './document.ts'
import { type DocumentSet, EMPTY, succeed } from './publication.ts'
import { openStore } from './store.ts'

async function setOf(name: string, revision: number, text = `${name} ${revision}`): Promise<DocumentSet> {
  const paths = [name === '' ? '/' : `/${name}`]
  const rest = { status: 200, contentType: 'text/html', styleHashes: [], headers: {} }
  const files = name === '' ? ['index.html', '404.html'] : ['index.html']
  const rendered = files.map((file): Rendered => ({ paths: file === '404.html' ? [] : paths, file, text, ...rest }))
  const documents = await Promise.all(rendered.map((one) => complete(encode(one, revision, new Date(0).toUTCString()))))
  return { name, revision, renderedAt: 0, truth: text, documents }
}

test('whoever reads the folder finds it whole at every moment, also while one revision is written again without an organisation', async (t) => {
  const directory = temporaryDirectory(t)
  const store = openStore(directory)
  const first = succeed(EMPTY, await Promise.all([setOf('', 7), setOf('north', 7), setOf('south', 7)]))
  await store.write(first)
  let reading = true
  let reads = 0
  const reader = (async () => {
    while (reading) {
      assert.equal(readFileSync(join(directory, 'current', 'north', 'index.html'), 'utf8'), 'north 7')
      assert.equal(JSON.parse(readFileSync(join(directory, 'current', 'publication.json'), 'utf8')).revision, 7)
      reads++
      await turn()
    }
  })()
  const without = succeed(first, [], ['south'])
  for (let i = 0; i < 20; i++) await store.write(i % 2 ? first : without)
  await store.write(without)
  reading = false
  await reader
  assert.ok(reads > 20)
  assert.deepEqual([...(await store.load())!.sets.keys()].sort(), ['', 'north'])
  assert.equal((await store.load())!.revision, 7)
  await store.write(succeed(without, [await setOf('north', 8), await setOf('', 8)]))
  assert.equal((await store.load())!.revision, 8)
  assert.equal(readdirSync(join(directory, 'revisions')).length, 3, 'old ones are taken away')
})
