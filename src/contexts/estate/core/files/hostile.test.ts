import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { describeMistake, type Mistake, parseEstate } from './index.ts'

const RUNS = Number(process.env.HOLDFAST_RUNS ?? 400)
/** Against hangs alone: each takes well under a second on a quiet machine. */
const HANG_MILLIS = 20_000
const bytes = (...parts: (string | number[])[]) =>
  new Uint8Array(parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : part)))

function refused(text: string | Uint8Array, name = 'hostile.yaml'): Mistake[] {
  const begin = performance.now()
  const result = parseEstate([{ name, text }], { organisation: 'here' })
  assert.ok(performance.now() - begin < HANG_MILLIS, `took ${performance.now() - begin} ms`)
  assert.ok('mistakes' in result, 'it was accepted')
  for (const mistake of result.mistakes) assert.ok(mistake.line >= 1 && mistake.column >= 1, describeMistake(mistake))
  return result.mistakes
}

const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
  .split('')
  .map((letter, index) => `${letter}: &${letter} [${`*${'abcdefgh'[index]},`.repeat(9)}]\n`)
  .join('')}components: *i\n`

const HOSTILE: [name: string, text: string | Uint8Array, says: RegExp][] = [
  ['a bomb of aliases', bomb, /alias/],
  ['deep flow lists', '['.repeat(1_000_000), /nested too deeply/],
  ['deep block lists', '- '.repeat(500_000), /nested too deeply/],
  ['deep maps', '{a: '.repeat(300_000), /nested too deeply/],
  [
    'deep indentation',
    Array.from({ length: 2000 }, (_, index) => `${' '.repeat(index)}a:`).join('\n'),
    /nested too deeply/,
  ],
  ['more bytes than allowed', new Uint8Array(20_000_001).fill(0x20), /20\.0 MB/],
  ['more nodes than allowed', `id,name,kind\n${'a,A,site\n'.repeat(200_001)}`, /200001 components/],
  ['a NUL', 'organisation: a\u0000', /NUL/],
  ['an escape character', 'organisation: a\nname: \u001B[31m', /U\+001B/],
  ['half a surrogate pair', 'organisation: \uD800', /U\+D800/],
  ['bad UTF-8', bytes('organisation: a\ncomponents: [', [0xc3, 0x28]), /not UTF-8: byte 29 is 0xC3/],
  ['UTF-16', bytes([0xff, 0xfe], 'o'), /UTF-16/],
  ['a workbook', bytes('PK', [3, 4, 0, 0]), /spreadsheet/],
  ['many documents', '---\n'.repeat(100_000), /second document/],
  ['a merge key', 'components: [{ <<: { id: a }, id: a, name: A, kind: site }]', /no key "<<"/],
  ['keys that are maps', '? { a: b }\n: c\n', /key must be a word/],
  ['a file that is only a word', 'hello', /an estate file is text/],
  ['an unclosed list', 'components: [a, b', /not closed/],
  ['an unclosed quotation mark', `components: "${'x\n'.repeat(100_000)}`, /not YAML/],
  ['a long name', `components: [{ id: a, kind: site, name: ${'x'.repeat(1_000_000)} }]`, /1000000 characters/],
  ['a long id', `components: [{ name: a, kind: site, id: ${'x'.repeat(1_000_000)} }]`, /1000000 characters/],
  ['a long key', `${'k'.repeat(1000)}: 1`, /no key/],
  ['constructor as a section', 'constructor: []', /no key "constructor"/],
  ['toString as a kind', 'components: [{ id: a, name: A, kind: toString }]', /kind "toString"/],
  [
    'constructor as a target',
    'components: [{ id: a, name: A, kind: site, needs: [{ requires: constructor }] }]',
    /no component/,
  ],
]

for (const [name, text, says] of HOSTILE)
  test(`${name} is refused in words, quickly`, () => {
    const file = typeof text === 'string' && text.startsWith('id,') ? 'components.csv' : 'hostile.yaml'
    assert.match(refused(text, file)[0]!.message, says)
  })

test('many unknown targets among many nodes cost little', () => {
  const node = (index: number) => `component-${index},Name,application\n`
  const needs = (index: number) => `component-${index},komponent-${index}\n`
  const count = Array.from({ length: 20_000 }, (_, index) => index)
  const begin = performance.now()
  const result = parseEstate(
    [
      { name: 'components.csv', text: `id,name,kind\n${count.map(node).join('')}` },
      { name: 'needs.csv', text: `dependent,targets\n${count.map(needs).join('')}` },
    ],
    { organisation: 'here' },
  )
  assert.ok('mistakes' in result)
  assert.equal(result.mistakes[0]!.suggestion, 'component-0')
  assert.ok(performance.now() - begin < HANG_MILLIS, `took ${performance.now() - begin} ms`)
})

test('ids that JavaScript knows as properties are ids like any other', () => {
  const ids = ['constructor', 'prototype', 'valueof', 'tostring', 'hasownproperty']
  const text = `components:\n${ids.map((id) => `  - { id: ${id}, name: A, kind: site }\n`).join('')}`
  const result = parseEstate([{ name: 'e.yaml', text }], { organisation: 'here' })
  assert.ok('estates' in result)
  assert.deepEqual(
    result.estates[0]!.components.map((one) => one.id),
    ids.map((id) => `here/${id}`),
  )
})

test('whatever bytes come, an answer is returned and nothing is thrown', () => {
  const name = fc.constantFrom('e.yaml', 'components.csv', 'services.csv', 'needs.csv')
  fc.assert(
    fc.property(name, fc.uint8Array({ maxLength: 300 }), (file, text) => {
      parseEstate([{ name: file, text }], { organisation: 'here' })
    }),
    { numRuns: RUNS },
  )
})

test('a good file with anything cut, doubled or put in is read or refused, never thrown', () => {
  const good = `organisation: here
components:
  - { id: network, name: Corporate network, kind: network }
  - id: identity
    name: "Sign-in"
    kind: identity
    needs: [{ requires: network, buffer: PT8H }]
services:
  - id: pay
    name: Pay council tax
    lgsl: 57
    rto: P1D
    needs:
      - { anyOf: [network, identity], atLeast: 1, strength: uses }
`
  const piece = fc.oneof(
    fc.constantFrom(
      '&a ',
      '*a',
      '!!map ',
      '---\n',
      '\t',
      '? ',
      ': ',
      '- ',
      '{',
      '}',
      '[',
      ']',
      '|',
      '>',
      '"',
      "'",
      '#',
      '%',
      '<<: ',
      '\n',
      '1e999',
      '~',
    ),
    fc.string({ maxLength: 4 }),
  )
  const edit = fc.record({ at: fc.nat(good.length), cut: fc.nat(20), put: piece })
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
      const text = edits.reduce((so, { at, cut, put }) => so.slice(0, at) + put + so.slice(at + cut), good)
      const result = parseEstate([{ name: 'e.yaml', text }])
      if ('mistakes' in result) assert.ok(result.mistakes.length > 0)
    }),
    { numRuns: RUNS * 3 },
  )
})
