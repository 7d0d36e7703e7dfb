import type { EventDeclaration, EventsOf, Instant } from '#kernel'

export interface ClockSet {
  readonly exercise: string
  /** Scenario time. */
  readonly at: Instant
  /** Real time at that moment. */
  readonly real: Instant
  readonly speed: number
  readonly playing: boolean
  readonly steps?: { readonly played: number; readonly all: number }
  readonly title?: string | undefined
  readonly notice?: string | undefined
}

export type ExerciseEvent = EventsOf<{ 'exercise.clock-set': ClockSet }>

export const EXERCISE_EVENTS: readonly EventDeclaration[] = [
  { type: 'exercise.clock-set', v: 1, sealed: ['title', 'notice'] },
]
