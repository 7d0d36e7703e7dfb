import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { refusals } from '#kernel'
import { serve } from '#test/served'
import { problems } from './problems.ts'
import { rooms } from './rooms.ts'

const SOURCE = join(import.meta.dirname, '..')
/** Tests and galleries make some up; forms of the console refuse in words on their own page; the rest has no HTTP yet. */
const ELSEWHERE = /\.test\.ts$|\.gallery\.ts$|\/pages\/|\/forms\/|platform\/config\//

/** As written down: each list of refusals in the source, with its codes. */
function written(): { file: string; codes: string[] }[] {
  return globSync('**/*.ts', { cwd: SOURCE })
    .filter((file) => !ELSEWHERE.test(file) && file !== 'kernel/refusal.ts')
    .flatMap((file) => {
      const [, list] = /\brefusals\(\{(.*?)\}\)/s.exec(readFileSync(join(SOURCE, file), 'utf8')) ?? []
      return list
        ? [{ file, codes: [...list.matchAll(/'?([a-z][a-z-]*)'?: \{\s*kind:/g)].map(([, code]) => code!) }]
        : []
    })
}

test('every code that anybody can refuse with is explained: its title, its kind, and what to do', async (t) => {
  const { ask } = await serve(t, { problems })
  const lists = written()
  assert.ok(lists.length > rooms.length, lists.map(({ file }) => file).join())
  for (const { file, codes } of lists) {
    assert.ok(codes.length > 0, file)
    for (const code of codes) {
      const { status, json } = await ask('GET', `/problems/${code}`)
      assert.equal(status, 200, `${code} of ${file}`)
      const { kind, title, whatToDo } = json() as Record<string, string>
      assert.ok(kind && title && whatToDo && whatToDo.length > 20, `${code} of ${file}`)
    }
  }
})

test('a code says the same whoever refuses with it', () => {
  const all = rooms.flatMap((room) => Object.entries(room.refusals ?? {}))
  for (const [code, words] of all) assert.deepEqual(words, problems[code], code)
})

test('the title of a refusal is the one that is explained', () => {
  const refuse = refusals({ 'bell-cracked': { kind: 'state', title: 'The bell is cracked' } })
  const { kind, title } = refuse('bell-cracked', 'Ring another.')
  assert.deepEqual({ kind, title }, refuse.catalogue['bell-cracked'])
})
