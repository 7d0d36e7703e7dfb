import type { Models } from '#journal'
import type { Clock, Clocks, Millis } from '#kernel'
import { type ExerciseClock, scenarioNow } from './core/clock.ts'
import { exerciseClockOf } from './projections/exercise-clocks.ts'

export interface ExerciseClocks extends Clocks {
  /** Holds the time of these organisations at `at`, whatever their clocks say, until `playOver`. In this process only. */
  playAt(organisations: readonly string[], at: Millis): void
  playOver(organisations: readonly string[]): void
  isPlaying(organisation: string): boolean
  /** The clock of an exercise organisation as it was last set; null for live organisations and unknown ones. */
  exerciseOf(organisation: string): ExerciseClock | null
}

/** The scenario's time for exercise organisations, `real` for live ones and for those that do not exist yet. */
export function createClocks(models: Models | (() => Models), real: Clock): ExerciseClocks {
  const held = new Map<string, Millis>()
  const known = typeof models === 'function' ? models : () => models

  function now(organisation: string): Millis {
    const at = held.get(organisation)
    if (at !== undefined) return at
    const clock = exerciseClockOf(known(), organisation)
    return clock ? scenarioNow(clock, real.now()) : real.now()
  }

  return {
    of: (organisation) => ({ now: () => now(organisation) }),
    playAt(organisations, at) {
      for (const organisation of organisations) held.set(organisation, at)
    },
    playOver(organisations) {
      for (const organisation of organisations) held.delete(organisation)
    },
    isPlaying: (organisation) => held.has(organisation),
    exerciseOf: (organisation) => exerciseClockOf(known(), organisation),
  }
}
