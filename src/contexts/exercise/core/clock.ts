import { type Instant, type Millis, parseInstant } from '#kernel'
import type { ClockSet } from './events.ts'

/** An exercise organisation's clock as it was last set. */
export interface ExerciseClock {
  readonly exercise: string
  /** Scenario time at the real time `real`. */
  readonly at: Millis
  readonly real: Millis
  /** Scenario seconds in one real second; 0 stands still. */
  readonly speed: number
  /** A play is under way, or was killed or stopped before its end. */
  readonly playing: boolean
  readonly title: string | null
  readonly notice: string | null
  /** How far the scenario has been played. */
  readonly steps: { readonly played: number; readonly all: number } | null
}

export const FASTEST = 100_000
/** The last millisecond that has a year of four digits. */
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

/** Scenario time at real time `realNow`. A real clock that was set back never takes it before the setting. */
export function scenarioNow(clock: ExerciseClock, realNow: Millis): Millis {
  const passed = Math.max(0, realNow - clock.real)
  return Math.min(LAST, clock.at + Math.floor(passed * clock.speed))
}

/** The clock after it was set; words stay until new ones come. */
export function afterSetting(before: ExerciseClock | null, set: ClockSet): ExerciseClock {
  return {
    exercise: set.exercise,
    at: millis(set.at),
    real: millis(set.real),
    speed: set.speed,
    playing: set.playing,
    title: set.title ?? before?.title ?? null,
    notice: set.notice ?? before?.notice ?? null,
    steps: set.steps ?? before?.steps ?? null,
  }
}

function millis(text: Instant): Millis {
  return parseInstant(text) ?? 0
}
