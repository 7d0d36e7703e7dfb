import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { foldModel } from '#journal'
import { type Entry, instant, isRefusal, type Millis } from '#kernel'
import { exerciseClocks } from '../projections/exercise-clocks.ts'
import { type ExerciseClock, scenarioNow } from './clock.ts'
import { clockDecider, type Setting, setClock } from './set-clock.ts'

const STARTS = Date.UTC(2025, 10, 24, 8)
const REAL = Date.UTC(2026, 5, 1)

function clockAt(speed: number): ExerciseClock {
  return { exercise: 'storm', at: STARTS, real: REAL, speed, playing: false, title: null, notice: null, steps: null }
}

test('a clock stands at speed 0, keeps pace at 1, runs a minute a second at 60', () => {
  assert.equal(scenarioNow(clockAt(0), REAL + 3_600_000), STARTS)
  assert.equal(scenarioNow(clockAt(1), REAL + 3_600_000), STARTS + 3_600_000)
  assert.equal(scenarioNow(clockAt(60), REAL + 1000), STARTS + 60_000)
})

test('a real clock that was set back does not take the exercise before its last setting', () => {
  assert.equal(scenarioNow(clockAt(60), REAL - 5_000_000), STARTS)
})

test('whatever is asked in whatever order, no exercise clock goes back', () => {
  const asked = fc.record({
    wait: fc.integer({ min: 0, max: 100_000_000 }),
    jump: fc.option(fc.integer({ min: -100_000_000, max: 100_000_000 }), { nil: undefined }),
    speed: fc.constantFrom(0, 0.5, 1, 60, 100_000),
  })
  fc.assert(
    fc.property(fc.array(asked, { maxLength: 20 }), (steps) => {
      let clock: ExerciseClock | null = null
      let real = REAL
      let last: Millis = STARTS
      for (const { wait, jump, speed } of steps) {
        real += wait
        const now: Millis = clock ? scenarioNow(clock, real) : STARTS
        assert.ok(now >= last)
        last = now
        const at = jump === undefined ? {} : { at: instant(Math.max(0, now + jump)) }
        const decided = setClock(clock, { exercise: 'storm', speed, ...at }, { live: false, real, now })
        if (isRefusal(decided)) assert.ok(jump !== undefined && jump < 0)
        else for (const event of decided) clock = clockDecider.evolve(clock, event)
      }
    }),
  )
})

test('the clock of a live organisation or of another exercise cannot be set', () => {
  const setting: Setting = { exercise: 'flood', speed: 1 }
  const live = setClock(null, setting, { live: true, real: REAL, now: REAL })
  assert.ok(isRefusal(live) && live.refused === 'organisation-is-live')
  const other = setClock(clockAt(1), setting, { live: false, real: REAL, now: STARTS })
  assert.ok(isRefusal(other) && other.refused === 'other-exercise')
})

test('setting a clock as it is records nothing', () => {
  assert.deepEqual(
    setClock(clockAt(0), { exercise: 'storm', speed: 0 }, { live: false, real: REAL + 9, now: STARTS }),
    [],
  )
})

test('only the first entry of a journal makes an exercise of it; words erased later are simply gone', () => {
  const decided = setClock(
    null,
    { exercise: 'storm', speed: 1, title: 'Storm' },
    { live: false, real: REAL, now: STARTS },
  )
  assert.ok(!isRefusal(decided))
  const entry = (number: number, data: unknown) => ({ ...decided[0]!, data, number }) as unknown as Entry
  const fold = (number: number, data: unknown) => foldModel(exerciseClocks, 'town', [entry(number, data)]).clock
  assert.equal(fold(1, decided[0]!.data)?.title, 'Storm')
  assert.equal(fold(2, decided[0]!.data), null)
  const { title: _, ...erased } = decided[0]!.data
  assert.equal(fold(1, erased)?.title, null)
})
