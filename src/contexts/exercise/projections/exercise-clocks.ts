import type { Model, Models } from '#journal'
import type { Event } from '#kernel'
import { afterSetting, type ExerciseClock } from '../core/clock.ts'
import type { ExerciseEvent } from '../core/events.ts'

/** Which clock does an organisation live by, if it is an exercise? */
export const exerciseClocks: Model<{ clock: ExerciseClock | null }> = {
  name: 'exercise.clocks',
  types: ['exercise.clock-set'],
  initial: () => ({ clock: null }),
  apply(state, entry) {
    // Whatever began otherwise is live and stays so.
    if (!state.clock && entry.number !== 1) return
    state.clock = afterSetting(state.clock, (entry as Event as ExerciseEvent).data)
  },
}

/** Null for a live organisation and for one that does not exist. */
export function exerciseClockOf(models: Models, organisation: string): ExerciseClock | null {
  return models.of(exerciseClocks, organisation).clock
}

export function isLive(models: Models, organisation: string): boolean {
  return models.position(organisation) > 0 && exerciseClockOf(models, organisation) === null
}
