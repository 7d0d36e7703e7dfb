import { room } from '#command'
import { systemClock } from '#kernel'
import { createSetClock } from './commands.ts'
import { EXERCISE_EVENTS } from './core/events.ts'
import { refuse } from './core/refusals.ts'
import { exerciseClocks } from './projections/exercise-clocks.ts'
import { exerciseQuery } from './queries.ts'

export const exercise = room({
  name: 'exercise',
  events: EXERCISE_EVENTS,
  refusals: refuse.catalogue,
  models: [exerciseClocks],
  commands: [createSetClock(systemClock)],
  queries: [exerciseQuery],
})
