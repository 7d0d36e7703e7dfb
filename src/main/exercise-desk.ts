import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type ExerciseDesk, exerciseClockOf, type Scenario } from '#contexts/exercise'
import { instant, isRefusal } from '#kernel'
import type { Application } from './application.ts'
import { play, readScenario } from './play.ts'

const SCENARIOS = new URL('../../scenarios/', import.meta.url)

/** Directs exercises from the console: all clocks of one at once, and the next steps of the scenarios that ship with Holdfast. */
export function exerciseDesk(application: () => Application): ExerciseDesk {
  const scenarios = new Map<string, Scenario | null>()
  const scenarioOf = (exercise: string) => {
    if (!scenarios.has(exercise)) scenarios.set(exercise, findScenario(exercise))
    return scenarios.get(exercise) ?? null
  }
  const members = (exercise: string) => {
    const { models } = application().journal
    return models.organisations().filter((one) => exerciseClockOf(models, one)?.exercise === exercise)
  }

  return {
    async follow(exercise, but, { at, speed }) {
      const { clocks, execute } = application()
      const outcomes = await Promise.all(
        members(exercise)
          .filter((one) => one !== but)
          .map((organisation) => {
            // Clocks that run apart by a moment are brought together; none can be taken back.
            const time = instant(Math.max(at, clocks.of(organisation).now()))
            const caller = { actor: { kind: 'exercise' as const, id: exercise }, roles: ['admin' as const] }
            return execute({
              organisation,
              command: 'exercise.set-clock',
              input: { exercise, at: time, speed },
              caller,
            })
          }),
      )
      return outcomes.find((outcome) => isRefusal(outcome)) ?? null
    },
    next(exercise) {
      const { models } = application().journal
      const played = Math.min(...members(exercise).map((one) => exerciseClockOf(models, one)?.steps?.played ?? 0))
      const step = scenarioOf(exercise)?.steps.find(({ number }) => number > played)
      if (!step) return null
      const does = step.kind === 'command' ? step.command : `check of ${step.read}`
      return { at: step.at, organisation: step.organisation, does }
    },
    async playOn(exercise, until, speed) {
      const scenario = scenarioOf(exercise)
      const report = scenario && (await play(application(), scenario, { until, speed }))
      return isRefusal(report) ? report : null
    },
  }
}

function findScenario(exercise: string): Scenario | null {
  for (const file of readdirSync(SCENARIOS).filter((name) => name.endsWith('.yaml'))) {
    const scenario = readScenario(fileURLToPath(new URL(file, SCENARIOS)))
    if (!('mistakes' in scenario) && scenario.exercise === exercise) return scenario
  }
  return null
}
