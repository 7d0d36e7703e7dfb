import { fields, query } from '#command'
import { instant, ROLES } from '#kernel'
import { refuse } from './core/refusals.ts'
import { exerciseClockOf } from './projections/exercise-clocks.ts'

export const exerciseQuery = query({
  name: 'exercise',
  summary: 'Which exercise is this organisation in, and what is the time there?',
  input: fields({}),
  roles: ROLES,
  read(_input, { models, organisation, now }) {
    const clock = exerciseClockOf(models, organisation)
    if (!clock) return refuse('not-an-exercise', `${organisation} is live: it has no scenario and lives by real time.`)
    const { exercise, title, notice, speed, playing, steps } = clock
    return { exercise, title, notice, speed, playing, scenarioNow: instant(now), steps }
  },
})
