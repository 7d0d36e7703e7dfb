import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawnPage } from './picture.gallery.ts'
import { wrap } from './picture-drawing.ts'

const HOSTILE = '"/><script>alert(1)</script><a href="javascript:x" onload=\'y\'>'

function component(id: string, name: string, needs: readonly string[] = []) {
  const of = (to: string) => ({ anyOf: [`example/${to}`], atLeast: 1, strength: 'requires' as const })
  return { id: `example/${id}`, name, kind: 'application' as const, needs: needs.map(of) }
}

test('whatever a component is called, the picture holds no script, no style attribute and no handler', async () => {
  const components = [component('a', HOSTILE, ['b']), component('b', `${HOSTILE}{{ 7 * 7 }}`)]
  const page = await drawnPage({ components, services: [], middle: 'example/a' })
  assert.equal(page.match(/<script/g)?.length, 1, 'only the console’s own')
  assert.doesNotMatch(page, /javascript:x"/)
  assert.doesNotMatch(page.replace(/"[^"]*"/g, '""'), /<[^>]*\s(?:style|on\w+)=/)
  assert.doesNotMatch(page, /\b49\b/)
})

test('each box of the picture is a link with a text title, and what is left out is counted and leads further', async () => {
  const systems = Array.from({ length: 300 }, (_, one) => component(`s${one}`, `System ${one}`, ['network']))
  const components = [...systems, component('network', 'Network')]
  const page = await drawnPage({ components, services: [], middle: 'example/network' })
  const boxes = page.match(/<a class="hf-box[^>]*>\s*<title>[^<]+<\/title>/g) ?? []
  assert.equal(boxes.length, 14)
  assert.match(page, /and 288 more/)
  assert.match(page, /href="\/console\/example\/picture\/network\?depth=3" aria-label="and 288 more/)
  for (const { name } of systems) assert.ok(page.includes(`>${name}</a>`), `${name} stands in the list`)
})

test('a circle of needs ends in the picture and in the list', async () => {
  const components = [component('a', 'A', ['b']), component('b', 'B', ['c']), component('c', 'C', ['a'])]
  const page = await drawnPage({ components, services: [], middle: 'example/a', depth: 8 })
  assert.equal(page.match(/<a class="hf-box/g)?.length, 3)
  assert.equal(page.match(/class="hf-arrow__line"/g)?.length, 3)
})

test('the level is told by word and by shape, not by colour alone', async () => {
  const components = [component('a', 'A', ['b']), component('b', 'B')]
  const levels = { 'example/a': 'stopped', 'example/b': 'degraded' } as const
  const page = await drawnPage({ components, services: [], middle: 'example/a', levels })
  assert.match(page, /aria-label="A: Stopped, application\. Stopped since 6:30am/)
  assert.match(page, /<text class="hf-box__state"[^>]*>Stopped<\/text>/)
  assert.match(page, /<text class="hf-box__state"[^>]*>Limited<\/text>/)
})

test('names take at most two lines, however long', () => {
  assert.deepEqual(wrap('Council tax system'), ['Council tax system'])
  assert.deepEqual(wrap('Emergency housing repairs and heating'), ['Emergency housing', 'repairs and heating'])
  for (const name of ['x'.repeat(300), `${'word '.repeat(60)}`, '🚒'.repeat(80), ' '])
    for (const line of wrap(name)) assert.ok([...line].length <= 23 && line.isWellFormed())
})
