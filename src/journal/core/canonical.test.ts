import assert from 'node:assert/strict'
import { test } from 'node:test'
import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { canonical } from './canonical.ts'
import { leafOf } from './leaf.ts'
import { opens, SALT_BYTES, seal } from './seal.ts'

test('the examples of RFC 8785 come out as printed there', () => {
  const example = JSON.parse(String.raw`{
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  }`)
  assert.equal(
    canonical(example),
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
      '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  )
  const keys = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 }
  assert.deepEqual(Object.values(JSON.parse(canonical(keys).replaceAll(/"1":/g, '"one":'))), [2, 4, 6, 7, 1, 5, 3])
  assert.equal(canonical([-0, 1e21, 1e-7, 9007199254740994, 5e-324]), '[0,1e+21,1e-7,9007199254740994,5e-324]')
})

test('a leaf equals the canonicalize package on the same fields, whatever they hold', () => {
  const text = fc.string({ unit: 'binary' })
  const entry = fc.record({
    organisation: text,
    number: fc.maxSafeNat(),
    stream: text,
    version: fc.maxSafeNat(),
    type: text,
    v: fc.nat(),
    data: fc.dictionary(text, fc.jsonValue({ maxDepth: 4 })),
    occurredAt: text,
    reportedAt: fc.option(text),
    recordedAt: text,
    actor: fc.record({ kind: fc.constant('token' as const), id: text }),
    command: fc.option(text),
  })
  fc.assert(
    fc.property(entry, fc.dictionary(text, text), (fields, sealed) => {
      assert.equal(leafOf(fields, sealed), canonicalize({ ...fields, sealed }))
    }),
    { numRuns: Number(process.env.HOLDFAST_RUNS ?? 3000) },
  )
})

test('what JSON cannot say is refused, not written differently', () => {
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, '\ud800', { '\udc00': 1 }, undefined, () => 1, 1n])
    assert.throws(() => canonical(bad))
})

test('a leaf has every field, null where there is none, and says nothing of a sealed value but its digest', () => {
  const leaf = leafOf(
    {
      organisation: 'westminster',
      number: 1,
      stream: 'incident/1',
      version: 1,
      type: 'incident.declared',
      v: 1,
      data: { severity: 3, late: undefined },
      occurredAt: '2025-11-24T13:10:00.000Z',
      reportedAt: null,
      recordedAt: '2025-11-24T13:12:00.000Z',
      actor: { kind: 'operator' },
      command: null,
    },
    { name: 'sha256:00' },
  )
  assert.equal(
    leaf,
    '{"actor":{"kind":"operator"},"command":null,"data":{"severity":3},"number":1,' +
      '"occurredAt":"2025-11-24T13:10:00.000Z","organisation":"westminster","recordedAt":"2025-11-24T13:12:00.000Z",' +
      '"reportedAt":null,"sealed":{"name":"sha256:00"},"stream":"incident/1","type":"incident.declared","v":1,"version":1}',
  )
  assert.equal(leaf, canonicalize(JSON.parse(leaf)))
})

test('a seal opens with its own field, value and salt only', () => {
  const [salt, other] = [Buffer.alloc(SALT_BYTES, 7), Buffer.alloc(SALT_BYTES, 8)]
  const digest = seal('name', { given: 'Invented', family: 'Person' }, salt)
  assert.match(digest, /^sha256:[0-9a-f]{64}$/)
  assert.ok(opens(digest, 'name', { family: 'Person', given: 'Invented' }, salt))
  assert.ok(!opens(digest, 'name', { family: 'Person', given: 'Inventec' }, salt))
  assert.ok(!opens(digest, 'role', { family: 'Person', given: 'Invented' }, salt))
  assert.ok(!opens(digest, 'name', { family: 'Person', given: 'Invented' }, other))
  assert.ok(!opens(digest, 'name', { family: 'Person', given: 'Invented' }, Buffer.alloc(31, 7)))
})
