import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type EstateFile, type Mistake, parseEstate } from './index.ts'

const HEAD = 'organisation: westminster\n'

function parsed(files: EstateFile[] | string, organisation?: string) {
  const list = typeof files === 'string' ? [{ name: 'estate.yaml', text: files }] : files
  const result = parseEstate(list, organisation === undefined ? {} : { organisation })
  if ('mistakes' in result) assert.fail(JSON.stringify(result.mistakes, null, 1))
  return result.estates
}

function mistakes(files: EstateFile[] | string, organisation?: string): Mistake[] {
  const list = typeof files === 'string' ? [{ name: 'estate.yaml', text: files }] : files
  const result = parseEstate(list, organisation === undefined ? {} : { organisation })
  assert.ok('mistakes' in result, 'no mistake was found')
  return result.mistakes
}

test('a file becomes an estate with qualified ids and needs in one form', () => {
  const [estate] = parsed(`${HEAD}components:
  - { id: network, name: " Corporate network ", kind: network, owner: IT }
  - id: identity
    name: Sign-in
    kind: identity
    needs: [{ requires: rbkc/shared-platform }]
services:
  - id: pay
    name: Pay council tax
    lgsl: 57
    statutory: true
    rto: P1D
    mtpd: P5D
    assumed: true
    needs:
      - { anyOf: [network, identity], atLeast: 1, strength: uses, buffer: PT8H }
`)
  assert.deepEqual(estate, {
    organisation: 'westminster',
    components: [
      { id: 'westminster/network', name: 'Corporate network', kind: 'network', owner: 'IT', needs: [] },
      {
        id: 'westminster/identity',
        name: 'Sign-in',
        kind: 'identity',
        needs: [{ anyOf: ['rbkc/shared-platform'], atLeast: 1, strength: 'requires' }],
      },
    ],
    services: [
      {
        id: 'westminster/pay',
        name: 'Pay council tax',
        lgsl: 57,
        statutory: true,
        rto: 'P1D',
        mtpd: 'P5D',
        assumed: true,
        needs: [
          { anyOf: ['westminster/network', 'westminster/identity'], atLeast: 1, strength: 'uses', buffer: 'PT8H' },
        ],
      },
    ],
  })
})

test('several files are one import: neighbours need each other, and one organisation may be in two files', () => {
  const estates = parsed([
    {
      name: 'a.yaml',
      text: 'organisation: a\ncomponents: [{ id: x, name: X, kind: site, needs: [{ requires: b/y }] }]',
    },
    { name: 'b.yaml', text: 'organisation: b\ncomponents: [{ id: y, name: Y, kind: site, needs: [{ uses: a/z }] }]' },
    { name: 'a2.yaml', text: 'organisation: a\ncomponents: [{ id: z, name: Z, kind: team, needs: [{ uses: x }] }]' },
  ])
  assert.deepEqual(
    estates.map((estate) => [estate.organisation, ...estate.components.map((one) => one.id)]),
    [
      ['a', 'a/x', 'a/z'],
      ['b', 'b/y'],
    ],
  )
})

const ONE: [name: string, yaml: string, line: number, column: number, says: RegExp, suggestion?: string][] = [
  ['an unknown key at the top', `${HEAD}componets: []`, 2, 1, /no key "componets"/, 'components'],
  ['an unknown key', `${HEAD}components: [{ id: a, name: A, kind: site, nam: B }]`, 2, 44, /no key "nam"/, 'name'],
  ['a prototype key', `${HEAD}components: [{ id: a, name: A, kind: site, __proto__: B }]`, 2, 44, /no key "__proto__"/],
  [
    'a key given twice',
    `${HEAD}components: [{ id: a, id: b, name: A, kind: site }]`,
    2,
    23,
    /id is given twice, first in line 2/,
  ],
  ['a wrong type', `${HEAD}components: { id: a }`, 2, 13, /components is a map/],
  ['a list for a name', `${HEAD}components: [{ id: a, name: [A], kind: site }]`, 2, 29, /name is a list/],
  ['text for an item', `${HEAD}components: [a]`, 2, 14, /a component is text/],
  ['a missing name', `${HEAD}components: [{ id: a, kind: site }]`, 2, 14, /has no name/],
  ['an empty name', `${HEAD}components: [{ id: a, name: " ", kind: site }]`, 2, 29, /name is empty/],
  [
    'a bad id',
    `${HEAD}components: [{ id: Corporate Network, name: A, kind: site }]`,
    2,
    20,
    /id "Corporate Network"/,
    'corporate-network',
  ],
  ['an unknown kind', `${HEAD}components: [{ id: a, name: A, kind: netwrok }]`, 2, 38, /kind "netwrok"/, 'network'],
  [
    'an unknown strength',
    `${HEAD}components: [{ id: a, name: A, kind: site }, { id: b, name: B, kind: site, needs: [{ anyOf: [a], strength: user }] }]`,
    2,
    108,
    /strength "user"/,
    'uses',
  ],
  [
    'an id used twice',
    `${HEAD}components:\n  - { id: a, name: A, kind: site }\nservices:\n  - { id: a, name: B }`,
    5,
    11,
    /"a" is used already: line 3/,
  ],
  ['atLeast beyond the alternatives', need('{ anyOf: [b, c], atLeast: 3 }'), 5, 41, /atLeast "3"/],
  ['atLeast 0', need('{ anyOf: [b, c], atLeast: 0 }'), 5, 41, /atLeast "0"/],
  ['atLeast without anyOf', need('{ requires: b, atLeast: 1 }'), 5, 30, /goes with anyOf only/],
  ['an alternative named twice', need('{ anyOf: [b, b] }'), 5, 28, /"b" is named twice/],
  ['no alternatives', need('{ anyOf: [] }'), 5, 24, /anyOf names nothing/],
  ['two forms in one need', need('{ requires: b, uses: c }'), 5, 15, /requires and uses/],
  ['a need without a target', need('{ buffer: PT1H }'), 5, 15, /names nothing/],
  ['a bad buffer', need('{ requires: b, buffer: 8h }'), 5, 38, /buffer "8h"/],
  ['a need of itself', need('{ requires: a }'), 5, 27, /needs itself/],
  ['a need of itself, qualified', need('{ requires: westminster/a }'), 5, 27, /needs itself/],
  ['an unknown target', need('{ requires: corporate-netwrok }'), 5, 27, /no component or service/, 'corporate-network'],
  [
    'a display name for a target',
    need('{ requires: Corporate Network }'),
    5,
    27,
    /no component or service/,
    'corporate-network',
  ],
  ['a malformed target', need('{ requires: a/b/c }'), 5, 27, /names no component/],
  ['a bad duration', `${HEAD}services: [{ id: a, name: A, rto: 1 day }]`, 2, 35, /rto "1 day"/],
  ['a duration in small letters', `${HEAD}services: [{ id: a, name: A, rto: p1d }]`, 2, 35, /rto "p1d"/, 'P1D'],
  [
    'rto beyond mtpd',
    `${HEAD}services: [{ id: a, name: A, rto: P5D, mtpd: P1D }]`,
    2,
    35,
    /rto P5D is longer than mtpd P1D/,
  ],
  ['lgsl not positive', `${HEAD}services: [{ id: a, name: A, lgsl: 0 }]`, 2, 36, /lgsl "0"/],
  ['lgsl not whole', `${HEAD}services: [{ id: a, name: A, lgsl: 5.5 }]`, 2, 36, /lgsl "5.5"/],
  ['a flag in words', `${HEAD}services: [{ id: a, name: A, statutory: yes }]`, 2, 41, /statutory "yes"/, 'true'],
  [
    'a date where text is wanted',
    `${HEAD}components: [{ id: 2025-11-25, name: A, kind: site }]`,
    2,
    20,
    /2025-11-25 without quotes/,
  ],
  ['a flag where text is wanted', `${HEAD}components: [{ id: a, name: no, kind: site }]`, 2, 29, /no without quotes/],
  ['a number where text is wanted', `${HEAD}components: [{ id: a, name: 12, kind: site }]`, 2, 29, /12 without quotes/],
  [
    'a name that is too long',
    `${HEAD}components: [{ id: a, name: ${'x'.repeat(201)}, kind: site }]`,
    2,
    29,
    /201 characters/,
  ],
  ['no organisation', 'components: []', 1, 1, /no organisation/],
  ['a tab', `${HEAD}components:\n\t- a`, 3, 1, /a tab stands/],
  ['a second document', `${HEAD}---\n${HEAD}`, 2, 1, /a second document/],
  ['an alias', `${HEAD}components: &a []\nservices: *a`, 3, 11, /alias \*a/],
  ['an empty file', '', 1, 1, /file is empty/],
]

function need(written: string): string {
  return `${HEAD}components:
  - { id: b, name: B, kind: site }
  - { id: c, name: C, kind: site, needs: [{ uses: corporate-network }] }
  - { needs: [${written}], id: a, name: A, kind: site }
  - { id: corporate-network, name: N, kind: network }`
}

for (const [name, yaml, line, column, says, suggestion] of ONE)
  test(`${name} is named with its place`, () => {
    const [mistake, ...more] = mistakes(yaml)
    assert.deepEqual(more, [])
    assert.match(mistake!.message, says)
    assert.deepEqual([mistake!.file, mistake!.line, mistake!.column], ['estate.yaml', line, column])
    assert.equal(mistake!.suggestion, suggestion)
    assert.ok(mistake!.expected)
  })

test('all mistakes of a file come in one go, in order', () => {
  const item = (index: number) => `  - { id: c${index}, name: C, kind: nothing-like-it }\n`
  const found = mistakes(`${HEAD}components:\n${Array.from({ length: 100 }, (_, index) => item(index)).join('')}`)
  assert.deepEqual(
    found.map((mistake) => mistake.line),
    Array.from({ length: 100 }, (_, index) => index + 3),
  )
  assert.equal(found[4]!.pointer, '/components/4/kind')
})

test('after a thousand mistakes only their number is told', () => {
  const found = mistakes(`${HEAD}components:\n${'  - x\n'.repeat(2500)}`)
  assert.equal(found.length, 1001)
  assert.match(found.at(-1)!.message, /and 1500 more/)
})

test('mistakes of several files each name their file', () => {
  const found = mistakes([
    {
      name: 'a.yaml',
      text: 'organisation: a\ncomponents: [{ id: x, name: X, kind: site, needs: [{ requires: b/yyy }] }]',
    },
    { name: 'b.yaml', text: 'organisation: b\ncomponents: [{ id: yyyy, name: Y, kind: sitee }]' },
  ])
  assert.deepEqual(
    found.map(({ file, suggestion }) => [file, suggestion]),
    [
      ['a.yaml', 'yyyy'],
      ['b.yaml', 'site'],
    ],
  )
})

test('the organisation may be given beside a file that names none', () => {
  assert.equal(parsed('components: []', 'hackney')[0]!.organisation, 'hackney')
})
