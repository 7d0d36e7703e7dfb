import type { Model, Models } from '#journal'

/** Is an organisation part of an exercise? */
export const worlds: Model<{ exercise: boolean }> = {
  name: 'access.worlds',
  types: ['exercise.clock-set'],
  initial: () => ({ exercise: false }),
  apply(state, { number }) {
    // Whatever began otherwise is live and stays so.
    if (number === 1) state.exercise = true
  },
}

/** Whether both are live, or neither is: who plays in one exercise may play in another. */
export function sameWorld(models: Models, one: string, other: string): boolean {
  return models.of(worlds, one).exercise === models.of(worlds, other).exercise
}
