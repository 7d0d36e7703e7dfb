import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { backOff } from './back-off.ts'
import { type Bucket, filled, nextToken } from './bucket.ts'

test('pauses grow to an hour at most, lie anywhere below their ceiling, and are never shorter than was asked', () => {
  const ceilings = [30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600].map((seconds) => seconds * 1000)
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10 }),
      fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
      fc.option(fc.integer({ min: 0, max: 1e9 })),
      (attempts, chance, asked) => {
        const pause = backOff(attempts, chance, asked)
        const own = Math.floor(ceilings[attempts - 1]! * chance)
        assert.equal(pause, Math.max(own, asked === null ? 0 : Math.min(asked, 86_400_000)))
      },
    ),
  )
  const spread = Array.from({ length: 1000 }, (_, one) => backOff(3, one / 1000))
  assert.ok(Math.min(...spread) < 1000 && Math.max(...spread) > 119_000, 'full jitter')
})

test('in no stretch of time is more taken than the burst and what its rate brings, by however many who ask', () => {
  const step = fc.record({ after: fc.integer({ min: -200, max: 3000 }), asked: fc.integer({ min: 0, max: 30 }) })
  fc.assert(
    fc.property(
      fc.double({ min: 0.1, max: 100, noNaN: true }),
      fc.integer({ min: 1, max: 50 }),
      fc.array(step, { maxLength: 60 }),
      (perSecond, burst, steps) => {
        let bucket: Bucket = { tokens: burst, filledAt: 0 }
        let now = 0
        const taken: { at: number; count: number }[] = []
        for (const { after, asked } of steps) {
          now += after
          const full = filled(bucket, { perSecond, burst }, now)
          const count = Math.min(asked, Math.floor(full.tokens))
          bucket = { ...full, tokens: full.tokens - count }
          taken.push({ at: Math.max(now, taken.at(-1)?.at ?? 0), count })
        }
        for (let from = 0; from < taken.length; from++) {
          let sum = 0
          for (const { at, count } of taken.slice(from)) {
            sum += count
            const most = burst + ((at - taken[from]!.at) * perSecond) / 1000
            assert.ok(sum <= most + 1e-6, `${sum} > ${most}`)
          }
        }
      },
    ),
  )
})

test('the next token is there when it was said to be', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 5, noNaN: true }),
      fc.double({ min: 0.1, max: 100, noNaN: true }),
      (tokens, perSecond) => {
        const rate = { perSecond, burst: 10 }
        const later = filled({ tokens, filledAt: 0 }, rate, nextToken({ tokens, filledAt: 0 }, rate))
        assert.ok(later.tokens >= 1 - 1e-9)
      },
    ),
  )
})
