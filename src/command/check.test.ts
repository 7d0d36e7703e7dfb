import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import Type from 'typebox'
import { check, DurationText, fields, InstantText, Line, oneOf } from './index.ts'
import { MOST_DEEP } from './unfit.ts'

const schema = fields({
  name: Line,
  at: Type.Optional(InstantText),
  lasts: Type.Optional(DurationText),
  kind: Type.Optional(oneOf(['big', 'small'])),
  list: Type.Optional(Type.Array(fields({ id: Line }), { maxItems: 5000 })),
  any: Type.Optional(Type.Unknown()),
})

function mistakes(value: unknown): Record<string, string> {
  const refusal = check(schema, value)
  assert.ok(refusal, 'is accepted')
  assert.equal(refusal.refused, 'invalid-input')
  assert.equal(refusal.kind, 'input')
  return Object.fromEntries(refusal.errors!.map(({ pointer, detail }) => [pointer, detail]))
}

test('what fits is accepted', () => {
  assert.equal(check(schema, { name: 'a', at: '2025-11-25T06:30:00Z', lasts: 'PT4H', kind: 'big' }), null)
})

test('every mistake is named with its pointer, in words that say what was expected', () => {
  const found = mistakes({ at: 'now', lasts: 'P1Y', kind: 'huge', list: [{ id: 'x' }, {}], 'a/b~c': 1 })
  assert.deepEqual(Object.keys(found).sort(), ['/at', '/a~1b~0c', '/kind', '/lasts', '/list/1/id', '/name'])
  assert.match(found['/at']!, /2025-11-25T06:30:00Z/)
  assert.match(found['/lasts']!, /PT4H/)
  assert.match(found['/kind']!, /big, small/)
  assert.match(found['/name']!, /missing/)
  assert.match(found['/a~1b~0c']!, /not a field/)
})

test('what is no object at all is a mistake of the whole input', () => {
  for (const value of [null, 1, 'x', true, [], undefined]) assert.ok('' in mistakes(value), String(value))
})

test('names from JavaScript itself are fields like any other that is not declared', () => {
  for (const name of ['__proto__', 'constructor', 'toString'])
    assert.match(mistakes(JSON.parse(`{"name":"a","${name}":{}}`))[`/${name}`]!, /not a field/)
})

test('a blank line is no line', () => {
  assert.ok('/name' in mistakes({ name: ' \t ' }))
})

test('half characters and U+0000 are refused wherever they stand, even in names', () => {
  for (const bad of ['\ud800', 'x\udfff', '\u0000', 'a\u0000b']) {
    assert.ok('/name' in mistakes({ name: bad }))
    assert.ok('/list/1/id' in mistakes({ name: 'a', list: [{ id: 'x' }, { id: bad }] }))
    assert.ok('/any/deep/0' in mistakes({ name: 'a', any: { deep: [bad] } }))
    const [pointer] = Object.keys(mistakes({ name: 'a', any: { [bad]: 1 } }))
    assert.ok(pointer!.isWellFormed() && !pointer!.includes('\0'), pointer)
  }
  assert.equal(check(schema, { name: 'Zürich 😀', any: { '😀': '\ufffd' } }), null)
})

test('nesting without end is refused without exhausting the stack', () => {
  let deep: unknown = 'x'
  for (let i = 0; i < 1_000_000; i++) deep = [deep]
  const [[pointer, detail]] = Object.entries(mistakes({ name: 'a', any: deep })) as [[string, string]]
  assert.equal(pointer.split('/').length - 1, MOST_DEEP)
  assert.match(detail, /nested deeper/)
})

test('a refusal stays small however much is wrong', () => {
  const list = Array.from({ length: 5000 }, () => ({ id: '\0' }))
  assert.equal(check(schema, { name: 'a', list })!.errors!.length, 50)
  const wrong = check(schema, { name: 'a', list: Array.from({ length: 5000 }, () => ({})) })!
  assert.ok(wrong.errors!.length <= 50)
})

test('5,000 components are checked without a hang', () => {
  const list = Array.from({ length: 5000 }, (_, i) => ({ id: `westminster/component-${i}` }))
  assert.equal(check(schema, { name: 'a', list }), null)
  const begun = performance.now()
  check(schema, { name: 'a', list })
  assert.ok(performance.now() - begun < 10_000)
})

test('any JSON at all is either accepted or refused with pointers, and nothing unfit is accepted', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string({ unit: 'binary' }), (any, name) => {
      for (const value of [any, { name, any }, { name: 'a', [name]: any }]) {
        const refusal = check(schema, value)
        if (refusal)
          assert.ok(refusal.errors!.length > 0 && refusal.errors!.every(({ pointer }) => /^(\/|$)/.test(pointer)))
        else assert.ok(!JSON.stringify(value).includes('\\u0000'))
      }
    }),
  )
})
