import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { chanceBefore } from './pert.ts'

const HOUR = 3_600_000
const MOST = 3000

/** The same chance by adding up the density x^(a-1) (1-x)^(b-1), whose constant cancels: no gamma, no fraction. */
function addedUp(o: number, l: number, p: number, from: number, to: number): number {
  const a = 1 + (4 * (l - o)) / (p - o)
  const b = 1 + (4 * (p - l)) / (p - o)
  // Put x = sin²(t): smooth also where the density starts like a root.
  const density = (t: number) => Math.sin(t) ** (2 * a - 1) * Math.cos(t) ** (2 * b - 1)
  const area = (low: number, high: number) => {
    const [start, end] = [low, high].map((x) => Math.asin(Math.sqrt(Math.min(1, Math.max(0, (x - o) / (p - o))))))
    const step = (end! - start!) / MOST
    let sum = density(start!) + density(end!)
    for (let i = 1; i < MOST; i++) sum += (i % 2 ? 4 : 2) * density(start! + i * step)
    return (sum * step) / 3
  }
  const left = area(from, p)
  return left === 0 ? 0 : area(from, to) / left
}

const points = fc
  .tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 500 }))
  .map(([o, more, most]) => ({
    optimistic: o * HOUR,
    likely: (o + more) * HOUR,
    pessimistic: (o + more + most) * HOUR,
  }))

test('the chance is that of the PERT density added up, given that it is not back yet', () => {
  fc.assert(
    fc.property(
      points,
      fc.double({ min: -0.2, max: 0.95, noNaN: true }),
      fc.double({ min: 0, max: 1.2, noNaN: true }),
      (e, from, to) => {
        const at = (part: number) => e.optimistic + part * (e.pessimistic - e.optimistic)
        const now = at(from)
        const time = Math.max(now, at(to))
        const expected = time <= now ? 0 : addedUp(e.optimistic, e.likely, e.pessimistic, now, time)
        assert.ok(Math.abs(chanceBefore(e, time, now) - expected) < 1e-6, `${chanceBefore(e, time, now)} ${expected}`)
      },
    ),
    { numRuns: 300 },
  )
})

test('drawn a hundred thousand times, as many are back by the day as it says', () => {
  let seed = 20251125
  const random = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    return (seed + 0.5) / 2 ** 32
  }
  // Optimistic 0, likely 24, pessimistic 96 hours: Beta(2, 4), the second smallest of five draws.
  const estimate = { optimistic: 0, likely: 24 * HOUR, pessimistic: 96 * HOUR }
  const draws = Array.from(
    { length: 100_000 },
    () => [random(), random(), random(), random(), random()].sort((a, b) => a - b)[1]!,
  )
  for (const hours of [6, 24, 40, 72]) {
    const counted = draws.filter((x) => x * 96 < hours).length / draws.length
    assert.ok(Math.abs(chanceBefore(estimate, hours * HOUR, -1) - counted) < 0.006, `${hours}`)
  }
})

test('the chance grows with the day, is 0 before the first point and 1 after the last', () => {
  fc.assert(
    fc.property(points, fc.nat(1500), fc.nat(1500), (e, one, two) => {
      const [early, late] = [Math.min(one, two) * HOUR, Math.max(one, two) * HOUR]
      assert.ok(chanceBefore(e, early, -1) <= chanceBefore(e, late, -1) + 1e-12)
      assert.equal(chanceBefore(e, e.optimistic, -1), 0)
      assert.equal(chanceBefore(e, e.pessimistic, -1), 1)
    }),
  )
})

test('three points in one are certain from there on; what should be back already has no chance to tell', () => {
  const one = { optimistic: HOUR, likely: HOUR, pessimistic: HOUR }
  assert.equal(chanceBefore(one, 2 * HOUR, 0), 1)
  assert.equal(chanceBefore(one, HOUR / 2, 0), 0)
  assert.equal(chanceBefore(one, 3 * HOUR, 2 * HOUR), 0)
})
