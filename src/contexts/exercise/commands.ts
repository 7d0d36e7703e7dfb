import Type from 'typebox'
import { type Command, command, fields, InstantText, Line, Words } from '#command'
import { type Clock, isSlug } from '#kernel'
import { FASTEST } from './core/clock.ts'
import { refuse } from './core/refusals.ts'
import { clockDecider, setClock } from './core/set-clock.ts'
import { isLive } from './projections/exercise-clocks.ts'

const Count = Type.Integer({ minimum: 0, maximum: 1_000_000 })
const Slug = Type.String({ pattern: '^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$', description: 'the id of the exercise' })

/** `real`: the clock of the world outside. */
export function createSetClock(real: Clock): Command {
  return command({
    name: 'exercise.set-clock',
    summary: 'Set the clock of an exercise organisation',
    description:
      'Sets scenario time forward, stops it (speed 0) or changes its speed. As the first entry of an organisation it makes ' +
      'that organisation an exercise for good. A live organisation is refused.',
    input: fields({
      exercise: Slug,
      at: Type.Optional(InstantText),
      speed: Type.Number({ minimum: 0, maximum: FASTEST, description: 'scenario seconds in one real second' }),
      playing: Type.Optional(Type.Boolean({ description: 'a play is under way' })),
      title: Type.Optional(Line),
      notice: Type.Optional(Words),
      steps: Type.Optional(fields({ played: Count, all: Count })),
    }),
    roles: ['admin'],
    founds: true,
    stream: () => 'exercise/clock',
    decider: clockDecider,
    facts: (_input, { models, organisation }) =>
      isSlug(organisation)
        ? { live: isLive(models, organisation), real: real.now() }
        : refuse('name-unfit', 'Use 1 to 64 of a-z, 0-9 and inner hyphens, such as westminster.'),
    decide: (clock, { input, facts, now }) => setClock(clock, input, { ...facts, now }),
  })
}
