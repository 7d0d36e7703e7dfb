import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { COMPONENT_KINDS, type Estate, type Need } from './estate.ts'
import { parseEstate, writeCsv, writeEstate } from './files/index.ts'
import { describePlan, isEmptyPlan, planRevision } from './plan.ts'

const RUNS = Number(process.env.HOLDFAST_RUNS ?? 150)

const name = fc
  .oneof(
    fc.constantFrom(
      'no',
      'NULL',
      '12',
      '2025-11-25',
      '- a',
      'a: b',
      '# x',
      '"q"',
      "it's",
      '{a}',
      '*x',
      '=1+1',
      'a,b;c',
      '~',
      'Été 🚒',
    ),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
  )
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a file with these is refused
  .map((text) => text.replace(/[\u0000-\u001F\u007F\u0085\u2028\u2029\uFEFF]/g, '').trim() || 'x')
const duration = fc.constantFrom('PT4H', 'P1D', 'PT24H', 'P5D', 'PT0S')
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined })

/** Leaves out what is undefined, as files do. */
function whole<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T
}

const estate: fc.Arbitrary<Estate> = fc.integer({ min: 0, max: 9 }).chain((size) => {
  const ids = Array.from({ length: size }, (_, index) => (index % 3 === 2 ? `12${index}` : `node-${index}`))
  const needs = (id: string): fc.Arbitrary<Need[]> => {
    const others = [...ids.filter((other) => other !== id).map((other) => `here/${other}`), 'there/shared']
    const need = fc
      .record({
        anyOf: fc.shuffledSubarray(others, { minLength: 1 }),
        part: fc.double({ min: 0, max: 0.999, noNaN: true }),
        strength: fc.constantFrom<Need['strength']>('requires', 'uses'),
        buffer: maybe(duration),
      })
      .map(({ part, anyOf, strength, buffer }) =>
        whole({ anyOf, atLeast: 1 + Math.floor(part * anyOf.length), strength, buffer }),
      )
    return fc.array(need, { maxLength: 3 })
  }
  const component = (id: string) =>
    fc.record({
      id: fc.constant(`here/${id}`),
      name,
      kind: fc.constantFrom(...COMPONENT_KINDS),
      owner: maybe(name),
      assumed: maybe(fc.constant(true)),
      needs: needs(id),
    })
  const service = (id: string) =>
    fc.record({
      id: fc.constant(`here/${id}`),
      name,
      lgsl: maybe(fc.integer({ min: 1, max: 2000 })),
      owner: maybe(name),
      statutory: fc.boolean(),
      rto: maybe(fc.constant('PT4H')),
      mtpd: maybe(fc.constantFrom('PT4H', 'P5D')),
      assumed: maybe(fc.constant(true)),
      needs: needs(id),
    })
  const half = Math.floor(size / 2)
  return fc
    .tuple(fc.tuple(...ids.slice(0, half).map(component)), fc.tuple(...ids.slice(half).map(service)))
    .map(([components, services]) => ({
      organisation: 'here',
      components: components.map(whole),
      services: services.map(whole),
    }))
})

function read(files: { name: string; text: string }[]): Estate {
  const result = parseEstate(files, { organisation: 'here' })
  if ('mistakes' in result) assert.fail(JSON.stringify(result.mistakes))
  return result.estates[0]!
}

test('what is written as YAML is read back as the same estate', () => {
  fc.assert(
    fc.property(estate, (one) => assert.deepEqual(read([{ name: 'e.yaml', text: writeEstate(one) }]), one)),
    { numRuns: RUNS },
  )
})

test('what is written as CSV is read back as the same estate', () => {
  fc.assert(
    fc.property(estate, (one) => {
      const tables = Object.entries(writeCsv(one)).map(([table, text]) => ({ name: `${table}.csv`, text }))
      assert.deepEqual(read(tables), one)
    }),
    { numRuns: RUNS },
  )
})

test('a second import of the same estate, in whatever order, changes nothing', () => {
  const turned = <T>(list: readonly T[]): T[] => list.toReversed()
  fc.assert(
    fc.property(estate, (one) => {
      const over = (node: { needs: readonly Need[] }) => ({
        needs: turned(node.needs).map((need) => ({ ...need, anyOf: turned(need.anyOf) })),
      })
      const again: Estate = {
        organisation: 'here',
        components: turned(one.components).map((node) => ({ ...node, ...over(node) })),
        services: turned(one.services).map((node) => ({ ...node, ...over(node) })),
      }
      const plan = planRevision(one, again)
      assert.ok(isEmptyPlan(plan), describePlan(plan).join('\n'))
      assert.equal(plan.unchanged, one.components.length + one.services.length)
    }),
    { numRuns: RUNS },
  )
})

test('a plan counts every node once, and turns round when the two estates change places', () => {
  fc.assert(
    fc.property(estate, estate, (a, b) => {
      const there = planRevision(a, b)
      const back = planRevision(b, a)
      const ids = new Set([a, b].flatMap((one) => [...one.components, ...one.services].map((node) => node.id)))
      assert.equal(there.added.length + there.changed.length + there.retired.length + there.unchanged, ids.size)
      assert.deepEqual(there.added, back.retired)
      assert.deepEqual(
        there.changed.map((one) => one.id),
        back.changed.map((one) => one.id),
      )
    }),
    { numRuns: RUNS },
  )
})

test('a plan says in words what is added, changed and retired', () => {
  const need: Need = { anyOf: ['here/a'], atLeast: 1, strength: 'requires' }
  const current: Estate = {
    organisation: 'here',
    components: [
      { id: 'here/a', name: 'A', kind: 'site', needs: [] },
      { id: 'here/b', name: 'B', kind: 'team', needs: [need] },
    ],
    services: [{ id: 'here/s', name: 'S', statutory: false, rto: 'P1D', needs: [need] }],
  }
  const next: Estate = {
    organisation: 'here',
    components: [{ id: 'here/a', name: 'A', kind: 'network', owner: 'IT', needs: [] }],
    services: [
      { id: 'here/s', name: 'S', statutory: true, rto: 'PT24H', needs: [{ ...need, buffer: 'PT8H' }] },
      { id: 'here/t', name: 'T', statutory: false, needs: [] },
    ],
  }
  assert.deepEqual(describePlan(planRevision(current, next)), [
    '+ service here/t (T)',
    '~ component here/a (A)',
    '    kind: site becomes network',
    '    owner: now IT',
    '~ service here/s (S)',
    '    statutory: false becomes true',
    '    now requires here/a (its loss bites after PT8H)',
    '    no longer requires here/a',
    '- component here/b (B)',
    'here: 1 added, 2 changed, 1 retired, 0 unchanged',
  ])
  assert.equal(planRevision(null, next).added.length, 3)
})
