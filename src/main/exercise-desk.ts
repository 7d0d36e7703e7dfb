import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { copyOf, type ExerciseDesk, exerciseClockOf, nameOfCopy, type Scenario } from '#contexts/exercise'
import { instant, isRefusal, ROLES, refusals } from '#kernel'
import type { Application } from './application.ts'
import { play, readScenario } from './play.ts'

const SCENARIOS = new URL('../../scenarios/', import.meta.url)

const MOST_COPIES = 99
export const refuse = refusals({
  'unknown-scenario': { kind: 'not-found', title: 'There is no such scenario' },
  'too-many-copies': { kind: 'state', title: 'This scenario has been started too often' },
})

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

  /** How often a scenario has been started; the first copy that no organisation belongs to is the next. */
  const copies = (exercise: string) => {
    const { models } = application().journal
    const played = new Set(models.organisations().map((one) => exerciseClockOf(models, one)?.exercise))
    let copy = 0
    while (played.has(nameOfCopy(exercise, copy + 1))) copy += 1
    return copy
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
    scenarios: () =>
      shipped().map(({ exercise, title, organisations, starts, now }) => ({
        exercise,
        title,
        organisations: organisations.length,
        before: copies(exercise),
        starts,
        now,
      })),
    async start(exercise, person, whole) {
      const scenario = shipped().find((one) => one.exercise === exercise)
      if (!scenario) return refuse('unknown-scenario', 'Choose one of those on the page.')
      const copy = copies(exercise) + 1
      if (copy > MOST_COPIES) return refuse('too-many-copies', 'Run it in another data directory.')
      const fresh = copyOf(scenario, copy)
      const { now, starts, organisations } = fresh
      const report = await play(application(), fresh, whole ? { until: now } : { until: starts, speed: 0 })
      if (isRefusal(report)) return report
      const caller = { actor: { kind: 'exercise' as const, id: fresh.exercise }, roles: ['admin' as const] }
      const { execute } = application()
      for (const role of ROLES)
        await Promise.all(
          organisations.map((organisation) =>
            execute({ organisation, command: 'access.grant-role', input: { person, role }, caller }),
          ),
        )
      return organisations[0]!
    },
    async playOn(exercise, until, speed) {
      const scenario = scenarioOf(exercise)
      const report = scenario && (await play(application(), scenario, { until, speed }))
      return isRefusal(report) ? report : null
    },
  }
}

/** As it ships, or one of its copies. */
function findScenario(exercise: string): Scenario | null {
  const all = shipped()
  const itself = all.find((one) => one.exercise === exercise)
  if (itself) return itself
  const copy = Number(/-(\d{1,2})$/.exec(exercise)?.[1] ?? 0)
  const original = copy > 1 && all.find((one) => nameOfCopy(one.exercise, copy) === exercise)
  return original ? copyOf(original, copy) : null
}

let known: readonly Scenario[] | null = null

/** Read once: they are part of this version. */
function shipped(): readonly Scenario[] {
  const files = () => readdirSync(SCENARIOS).filter((name) => name.endsWith('.yaml'))
  known ??= files()
    .map((file) => readScenario(fileURLToPath(new URL(file, SCENARIOS))))
    .filter((read): read is Scenario => !('mistakes' in read))
  return known
}
