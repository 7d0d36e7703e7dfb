import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { startOfNextDay } from '#platform/words'
import { inFives, likelihood } from './likelihood.ts'
import { outlook, sayOutlook } from './outlook.ts'
import { chanceBefore } from './pert.ts'
import { wordsOf } from './sentence.ts'

const at = (text: string) => Date.parse(text)
const now = at('2025-11-25T12:00:00Z')
const week = {
  optimistic: at('2025-11-27T17:00:00Z'),
  likely: at('2025-11-28T17:00:00Z'),
  pessimistic: at('2025-12-05T17:00:00Z'),
}

test('each word of the yardstick covers its band, and every chance in fives lies in a band', () => {
  const bands = {
    'remote chance': [0, 5],
    'highly unlikely': [10, 20],
    unlikely: [25, 35],
    'realistic possibility': [40, 50],
    likely: [55, 75],
    'highly likely': [80, 90],
    'almost certain': [95, 100],
  }
  for (let percent = 0; percent <= 100; percent += 5) {
    const [least, most] = bands[likelihood(percent)]!
    assert.ok(percent >= least! && percent <= most!, `${percent}`)
  }
})

test('a chance in a gap between bands goes to the nearer one, and from half-way to the lower', () => {
  const word = (chance: number) => likelihood(inFives(chance))
  assert.equal(word(0.074), 'remote chance')
  assert.equal(word(0.076), 'highly unlikely')
  assert.equal(word(0.22), 'highly unlikely')
  assert.equal(word(0.23), 'unlikely')
  assert.equal(word(0.375), 'unlikely')
  assert.equal(word(0.38), 'realistic possibility')
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (chance) => {
      assert.ok(Math.abs(inFives(chance) - chance * 100) <= 2.5 + 1e-9)
    }),
  )
})

test('the last day before which a return is unlikely is named, as the end of the week where it is that', () => {
  const found = outlook(week, now)!
  assert.deepEqual(found, { day: at('2025-11-29T00:00:00Z'), percent: 35, word: 'unlikely' })
  assert.equal(
    sayOutlook(found, 'the systems that we have disconnected', now, wordsOf({ language: 'en-GB' })),
    'The systems that we have disconnected are unlikely to be available before the end of this week (before Saturday 29 November 2025, a chance of about 35%).',
  )
})

test('where the chance jumps over the band, the first day before which a return is likely is named', () => {
  const soon = { optimistic: now, likely: now + 3_600_000, pessimistic: now + 7_200_000 }
  assert.deepEqual(outlook(soon, now), { day: at('2025-11-26T00:00:00Z'), percent: 100, word: 'almost certain' })
})

test('whatever the estimate: the day is ahead, the figure is its chance, and an unlikely day is the last one', () => {
  const points = fc
    .tuple(fc.integer({ min: -100, max: 300 }), fc.nat(300), fc.integer({ min: 1, max: 500 }))
    .map(([o, l, p]) => [o, o + l, o + l + p].map((hours) => now + hours * 3_600_000))
    .map(([optimistic, likely, pessimistic]) => ({
      optimistic: optimistic!,
      likely: likely!,
      pessimistic: pessimistic!,
    }))
  fc.assert(
    fc.property(points, (estimate) => {
      const found = outlook(estimate, now)
      if (estimate.pessimistic <= now) return assert.equal(found, null)
      assert.ok(found && found.day > now)
      const chance = chanceBefore(estimate, found.day, now) * 100
      assert.ok(Math.abs(found.percent - chance) <= 2.5 + 1e-9)
      if (found.percent <= 35) assert.ok(inFives(chanceBefore(estimate, startOfNextDay(found.day), now)) > 35)
      assert.ok(found.percent <= 35 || found.percent > 50)
    }),
  )
})
