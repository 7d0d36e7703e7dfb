import { isRefusal, type Json, type Millis, type Refusal } from '#kernel'
import { compileReport, type Report, type StepResult } from './core/report.ts'
import type { Scenario } from './core/scenario.ts'
import { playStep } from './play-step.ts'
import type { ExercisePorts } from './ports.ts'
import { type Plan, preparePlay } from './prepare-play.ts'
import { setClocks, startClocks } from './set-clocks.ts'

export interface Run {
  readonly scenario: Scenario
  readonly ports: ExercisePorts
  /** Scenario time to play to; the scenario's `now` where absent. */
  readonly until?: Millis | undefined
  /** Speed at which the clocks run on; the scenario's where absent. */
  readonly speed?: number | undefined
  /** Hears of every step when it has been played. */
  readonly onStep?: ((result: StepResult) => void) | undefined
}

/**
 * Plays the steps up to `until`, or goes on with a play that stopped earlier, then lets the clocks run on. A refusal says
 * why nothing was played; what goes wrong during the play stands in the report. Throws what the ports throw: the clocks
 * then stand still, and the same call goes on from there.
 */
export async function runExercise({ scenario, ports, until, speed, onStep }: Run): Promise<Report | Refusal> {
  const began = performance.now()
  const plan = await preparePlay(scenario, ports, { until, speed })
  if (isRefusal(plan)) return plan
  const { organisations, steps } = scenario
  const results: StepResult[] = []
  const hear = (result: StepResult) => {
    results.push(result)
    onStep?.(result)
  }
  try {
    const refused = await startClocks(scenario, ports, plan.from)
    if (refused) return refused
    const stoppedAt = await playSteps(scenario, ports, plan, hear)
    const stopped = stoppedAt !== null
    const end = stoppedAt ?? Math.max(plan.until, plan.from)
    const running = stopped ? 0 : plan.speed
    ports.clocks.playAt(organisations, end)
    const played = { played: results.length - (stopped ? 1 : 0), all: steps.length }
    const unset = await setClocks(scenario, ports, { at: end, speed: running, playing: stopped, steps: played })
    if (unset) throw new Error(`the clocks of ${scenario.exercise} cannot run on: ${unset.detail}`)
    return compileReport(scenario, results, { until: end, speed: running, took: performance.now() - began })
  } finally {
    ports.clocks.playOver(organisations)
  }
}

/** The time at which a refused command stopped the play; null when it came to its end. */
async function playSteps(
  scenario: Scenario,
  ports: ExercisePorts,
  { from, until, earlier }: Plan,
  hear: (result: StepResult) => void,
): Promise<Millis | null> {
  const kept = new Map<string, Json>()
  for (const step of scenario.steps) {
    if (step.at > until) return null
    const at = Math.max(step.at, from)
    ports.clocks.playAt(scenario.organisations, at)
    const passed = step.number <= earlier
    const result = await playStep(step, { scenario, ports, kept, at, passed })
    hear(result)
    if (result.outcome === 'refused') return at
  }
  return null
}
