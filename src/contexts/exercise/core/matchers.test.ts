import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Json } from '#kernel'
import { type Check, type MatcherName, mismatch, sameJson } from './matchers.ts'
import { pointedTo } from './pointer.ts'

const RUNS = Number(process.env.HOLDFAST_RUNS ?? 500)

const answer: Json = {
  nodes: {
    'westminster/report-it': {
      level: 'stopped',
      because: ['westminster/report-it', 'rbkc/gateway'],
      stoppedFrom: null,
    },
    'a~b': 7,
  },
  list: [10, [20], { deep: true }],
}

function say(pointer: string, matcher: MatcherName, value: Json): string | null {
  return mismatch({ line: 1, pointer, matcher, value } satisfies Check, answer)
}

test('a pointer is read as RFC 6901 says, example by example from its section 5', () => {
  const example: Json = { foo: ['bar', 'baz'], '': 0, 'a/b': 1, 'c%d': 2, 'e^f': 3, 'g|h': 4, ' ': 7, 'm~n': 8 }
  const expected: Record<string, Json> = {
    '': example,
    '/foo': ['bar', 'baz'],
    '/foo/0': 'bar',
    '/': 0,
    '/a~1b': 1,
    '/c%d': 2,
    '/e^f': 3,
    '/g|h': 4,
    '/ ': 7,
    '/m~0n': 8,
  }
  for (const [pointer, value] of Object.entries(expected)) assert.deepEqual(pointedTo(example, pointer), value, pointer)
  for (const nowhere of ['/foo/2', '/foo/-', '/foo/00', '/foo/length', '/foo/0/x', '/constructor', '/__proto__'])
    assert.equal(pointedTo(example, nowhere), undefined, nowhere)
})

test('every place of a value is found by the pointer to it', () => {
  const walk = (value: Json, pointer: string, root: Json): void => {
    assert.deepEqual(pointedTo(root, pointer), value)
    if (value !== null && typeof value === 'object')
      for (const [key, inner] of Object.entries(value))
        walk(inner, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, root)
  }
  fc.assert(
    fc.property(fc.jsonValue(), (value) => walk(value as Json, '', value as Json)),
    { numRuns: RUNS },
  )
})

test('each matcher holds for what it names', () => {
  const level = '/nodes/westminster~1report-it/level'
  const because = '/nodes/westminster~1report-it/because'
  const holding: [string, MatcherName, Json][] = [
    [level, 'is', 'stopped'],
    ['/nodes/westminster~1report-it/stoppedFrom', 'is', null],
    ['/list', 'is', [10, [20], { deep: true }]],
    [level, 'isNot', 'normal'],
    [because, 'contains', 'rbkc/gateway'],
    ['/list', 'contains', { deep: true }],
    [level, 'contains', 'top'],
    [level, 'startsWith', 'stop'],
    ['/nodes/a~0b', 'atLeast', 7],
    ['/nodes/nobody', 'absent', true],
  ]
  for (const [pointer, matcher, value] of holding)
    assert.equal(say(pointer, matcher, value), null, `${pointer} ${matcher}`)
})

test('what is not as expected is said in words, with what was found', () => {
  const level = '/nodes/westminster~1report-it/level'
  assert.equal(say(level, 'is', 'normal'), `${level}: expected "normal", found "stopped"`)
  assert.equal(say(level, 'isNot', 'stopped'), `${level}: expected anything but "stopped", found "stopped"`)
  assert.equal(say('/list', 'contains', 20), '/list: expected a list with 20, found [10,[20],{"deep":true}]')
  assert.equal(say('/list/0', 'atLeast', 11), '/list/0: expected a number not below 11, found 10')
  assert.equal(say('/list/0', 'startsWith', '1'), '/list/0: expected a text that begins with "1", found 10')
  assert.equal(say('/list', 'absent', true), '/list: expected nothing there, found [10,[20],{"deep":true}]')
})

test('where there is nothing, every matcher but absent fails, and the key that was probably meant is named', () => {
  for (const matcher of ['is', 'isNot', 'contains', 'startsWith', 'atLeast'] as const)
    assert.match(
      String(say('/nodes/westminster~1reprot-it/level', matcher, null)),
      /nothing: \/nodes has no "westminster~1reprot-it" \(there is "westminster\/report-it"\)/,
    )
})

test('values are the same exactly when their canonical texts are', () => {
  const canonical = (value: Json): string => {
    if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
    if (value === null || typeof value !== 'object') return JSON.stringify(value)
    const keys = Object.keys(value).sort()
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key]!)}`).join()}}`
  }
  const small = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom<Json>(null, true, 0, 1, 'a', '__proto__'),
      fc.array(tie('value'), { maxLength: 2 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'toString'), tie('value'), { maxKeys: 2 }),
    ),
  })).value
  fc.assert(
    fc.property(small, small, (a, b) => {
      assert.equal(sameJson(a, b), canonical(a) === canonical(b))
      assert.ok(sameJson(a, structuredClone(a)))
    }),
    { numRuns: RUNS },
  )
})
