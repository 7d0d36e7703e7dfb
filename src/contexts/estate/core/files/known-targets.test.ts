import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkTargets, distance, nearest, parseEstate } from './index.ts'

const TEXT = `organisation: westminster
components:
  - id: identity
    name: Sign-in
    kind: identity
    needs:
      - { requires: rbkc/shared-platfrom }
      - { uses: hackny/network }
      - { anyOf: [camden/network, rbkc/data-centre] }
`

test('targets at neighbours are checked against what Holdfast knows, with their lines', () => {
  const parsed = parseEstate([{ name: 'w.yaml', text: TEXT }])
  assert.ok('estates' in parsed)
  const known = new Map([
    ['rbkc', new Set(['rbkc/shared-platform', 'rbkc/data-centre'])],
    ['camden', new Set<string>()],
    ['hackney', new Set(['hackney/network'])],
  ])
  const { mistakes, warnings } = checkTargets(parsed.estates, known)
  assert.deepEqual(
    mistakes.map(({ file, line, column, suggestion }) => [file, line, column, suggestion]),
    [['w.yaml', 7, 21, 'shared-platform']],
  )
  assert.deepEqual(
    warnings.map(({ line, suggestion }) => [line, suggestion]),
    [
      [8, 'hackney/network'],
      [9, undefined],
    ],
  )
  assert.match(warnings[0]!.message, /not known to Holdfast yet: treated as running/)
})

test('estates that come from elsewhere are checked too', () => {
  const needs = [{ anyOf: ['b/y'], atLeast: 1, strength: 'requires' as const }]
  const estate = {
    organisation: 'a',
    components: [{ id: 'a/x', name: 'X', kind: 'site' as const, needs }],
    services: [],
  }
  assert.equal(checkTargets([estate], new Map([['b', new Set(['b/z'])]])).mistakes.length, 1)
})

test('distance is the fewest letters put in, left out, replaced or swapped', () => {
  const slow = (a: string, b: string): number => {
    if (a === '' || b === '') return a.length + b.length
    const least = Math.min(
      slow(a.slice(1), b) + 1,
      slow(a, b.slice(1)) + 1,
      slow(a.slice(1), b.slice(1)) + (a[0] === b[0] ? 0 : 1),
    )
    return a.length > 1 && a[0] === b[1] && a[1] === b[0] ? Math.min(least, slow(a.slice(2), b.slice(2)) + 1) : least
  }
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 })
  fc.assert(
    fc.property(word, word, fc.nat(6), (a, b, most) => {
      assert.equal(distance(a, b, most), Math.min(slow(a, b), most + 1))
    }),
    { numRuns: 2000, examples: [['ab', 'ba', 3]] },
  )
})

test('the nearest name is found for slips, names in other spelling and cut-off names, and none for strangers', () => {
  const names = ['corporate-network', 'identity', 'telephony']
  assert.equal(nearest('corporate-netwrok', names), 'corporate-network')
  assert.equal(nearest('Corporate Network', names), 'corporate-network')
  assert.equal(nearest('corporate', names), 'corporate-network')
  assert.equal(nearest('printing', names), undefined)
  assert.equal(nearest('', names), undefined)
})
