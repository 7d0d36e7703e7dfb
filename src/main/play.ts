import {
  describeScenarioMistake,
  exerciseClockOf,
  openScenario,
  type Report,
  runExercise,
  type Scenario,
  type StepResult,
} from '#contexts/exercise'
import type { Millis, Refusal } from '#kernel'
import type { Application } from './application.ts'

/** A scenario file, or every mistake in it, a line each. */
export function readScenario(path: string): Scenario | { readonly mistakes: readonly string[] } {
  const parsed = openScenario(path)
  return 'mistakes' in parsed ? { mistakes: parsed.mistakes.map(describeScenarioMistake) } : parsed.scenario
}

/** Plays a scenario through the same commands as everybody's; only in organisations of this exercise. */
export function play(
  application: Application,
  scenario: Scenario,
  options: { until?: Millis | undefined; speed?: number | undefined; onStep?: (result: StepResult) => void } = {},
): Promise<Report | Refusal> {
  const { journal, clocks, execute, read } = application
  const { models } = journal
  return runExercise({
    scenario,
    ...options,
    ports: {
      execute,
      read,
      models,
      clocks,
      wasDone: async (organisation, id) => (await journal.answerOf(organisation, id)) !== null,
    },
  })
}

/** True where a play of this scenario was cut off: its clocks stand still, and playing again goes on from there. */
export function wasCutOff({ journal: { models } }: Application, scenario: Scenario): boolean {
  return scenario.organisations.some((one) => exerciseClockOf(models, one)?.playing === true)
}
