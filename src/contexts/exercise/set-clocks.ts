import { instant, isRefusal, type JsonObject, type Millis, type Refusal, uuidv7 } from '#kernel'
import type { Scenario } from './core/scenario.ts'
import type { ExercisePorts } from './ports.ts'

/** Stops every clock for the play; an organisation that has none is founded as one of this exercise. */
export async function startClocks(scenario: Scenario, ports: ExercisePorts, at: Millis): Promise<Refusal | null> {
  const { title, notice, organisations, steps } = scenario
  const stopped = { at, speed: 0, playing: true }
  const founded = organisations.filter((one) => ports.clocks.exerciseOf(one) === null)
  const others = organisations.filter((one) => !founded.includes(one))
  const words = { title, notice, steps: { played: 0, all: steps.length } }
  return (
    (await setClocks(scenario, ports, { ...stopped, ...words }, founded)) ??
    (await setClocks(scenario, ports, stopped, others))
  )
}

/** The first refusal, if any. */
export async function setClocks(
  { exercise, organisations }: Scenario,
  { execute }: ExercisePorts,
  { at, ...setting }: { at: Millis; speed: number; playing: boolean } & JsonObject,
  which: readonly string[] = organisations,
): Promise<Refusal | null> {
  const outcomes = await Promise.all(
    which.map((organisation) =>
      execute({
        organisation,
        command: 'exercise.set-clock',
        input: { exercise, at: instant(at), ...setting },
        caller: { actor: { kind: 'exercise', id: exercise }, roles: ['admin'] },
        id: `${exercise}/clock/${uuidv7()}`,
      }),
    ),
  )
  return outcomes.find((outcome) => isRefusal(outcome)) ?? null
}
