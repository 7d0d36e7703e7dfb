import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { NEVER } from '#kernel'
import { CONDITIONS, levelOf } from '../condition.ts'
import { type ConditionRecord, ownTimes } from './own-times.ts'

const END = 12

/** Looks at every millisecond there is. */
function scanned(history: readonly ConditionRecord[], at: number) {
  const levelAt = (time: number) => {
    const begun = history.filter(({ since }) => since <= time)
    const last = begun.find(({ order }) => begun.every((other) => other.order <= order))
    return levelOf(last?.condition ?? 'operational')
  }
  const firstOf = (bad: (time: number) => boolean) => {
    for (let time = at; time <= END; time++) {
      if (!bad(time)) continue
      let start = time
      while (start > -1 && bad(start - 1)) start--
      return start
    }
    return NEVER
  }
  return {
    degradedFrom: firstOf((time) => levelAt(time) !== 'normal'),
    stoppedFrom: firstOf((time) => levelAt(time) === 'stopped'),
  }
}

test('own times are those of a scan through time, in whatever order the records come', () => {
  const records = fc
    .array(fc.record({ condition: fc.constantFrom(...CONDITIONS), since: fc.nat(10) }), { maxLength: 8 })
    .chain((all) =>
      fc.shuffledSubarray(
        all.map((record, order) => ({ ...record, order })),
        { minLength: all.length },
      ),
    )
  fc.assert(
    fc.property(records, fc.nat(END), (history, at) => assert.deepEqual(ownTimes(history, at), scanned(history, at))),
    { numRuns: 5000 },
  )
})

test('a later record about an earlier time overrules what was recorded before it', () => {
  const history: ConditionRecord[] = [
    { condition: 'isolated', since: 100, order: 1 },
    { condition: 'operational', since: 50, order: 2 },
    { condition: 'degraded', since: 70, order: 3 },
  ]
  assert.deepEqual(ownTimes(history, 120), { degradedFrom: 70, stoppedFrom: NEVER })
})

test('getting worse keeps the start of the impairment; a restoration in force forgets it', () => {
  const history: ConditionRecord[] = [
    { condition: 'degraded', since: 10, order: 1 },
    { condition: 'isolated', since: 30, order: 2 },
    { condition: 'operational', since: 60, order: 3 },
  ]
  assert.deepEqual(ownTimes(history, 59), { degradedFrom: 10, stoppedFrom: 30 })
  assert.deepEqual(ownTimes(history, 60), { degradedFrom: NEVER, stoppedFrom: NEVER })
})
