import { instant, type Millis, type Refusal } from '#kernel'
import { FASTEST } from './core/clock.ts'
import { refuse } from './core/refusals.ts'
import type { Scenario } from './core/scenario.ts'
import type { ExercisePorts } from './ports.ts'
import { isLive } from './projections/exercise-clocks.ts'

export interface Plan {
  /** No step is played before this time: where the clocks stand when a play goes on. */
  readonly from: Millis
  readonly until: Millis
  readonly speed: number
  /** Steps of this number and below belong to an earlier play. */
  readonly earlier: number
}

export function commandId(scenario: Scenario, step: number): string {
  return `${scenario.exercise}/${step}`
}

/** Looks at every organisation of the scenario before anything is done to any. With a plan, their time is held at `from`. */
export async function preparePlay(
  scenario: Scenario,
  ports: ExercisePorts,
  wished: { until?: Millis | undefined; speed?: number | undefined },
): Promise<Plan | Refusal> {
  const { until = scenario.now, speed = scenario.speed } = wished
  const { organisations } = scenario
  const { models, clocks } = ports
  const names = (which: (organisation: string) => boolean) => organisations.filter(which).join(', ')

  if (until < scenario.starts)
    return refuse('ends-before-it-starts', `It starts at ${instant(scenario.starts)}. Give that time or a later one.`)
  if (!(speed >= 0 && speed <= FASTEST)) return refuse('speed-out-of-range', `Give a number from 0 to ${FASTEST}.`)
  const busy = names((one) => clocks.isPlaying(one))
  if (busy) return refuse('being-played', `${busy}: wait until that play has ended.`)
  const live = names((one) => isLive(models, one))
  if (live)
    return refuse('organisation-is-live', `${live}: nothing was done. Run the exercise in another data directory.`)
  const foreign = names((one) => (clocks.exerciseOf(one)?.exercise ?? scenario.exercise) !== scenario.exercise)
  if (foreign)
    return refuse('other-exercise', `${foreign}: nothing was done. Run this exercise in another data directory.`)

  const set = organisations.map((one) => clocks.exerciseOf(one)).filter((clock) => clock !== null)
  if (set.length === 0) {
    clocks.playAt(organisations, scenario.starts)
    return { from: scenario.starts, until, speed, earlier: 0 }
  }
  // A killed play has not written down how far it came: its last command tells.
  const written = Math.min(...set.map((clock) => clock.steps?.played ?? 0))
  const earlier = Math.max(written, await lastDone(scenario, ports, until))
  if (names((one) => clocks.isPlaying(one)))
    return refuse('being-played', 'Another play has begun. Wait until it has ended.')
  const times = organisations.filter((one) => clocks.exerciseOf(one)).map((one) => clocks.of(one).now())
  const from = Math.max(scenario.starts, ...times)
  const ended = set.length === organisations.length && set.every((clock) => !clock.playing)
  const left = scenario.steps.some((step) => step.number > earlier && step.at <= until)
  if (ended && !left && until <= from)
    return refuse(
      'already-played',
      `Its time is ${instant(from)}. Go on with --until and a later time, or begin again in another data directory.`,
    )
  clocks.playAt(organisations, from)
  return { from, until, speed, earlier }
}

/** The number of the last command step that an earlier play has done; 0 for none. */
async function lastDone(scenario: Scenario, ports: ExercisePorts, until: Millis): Promise<number> {
  for (const step of scenario.steps.toReversed())
    if (step.kind === 'command' && step.at <= until)
      if (await ports.wasDone(step.organisation, commandId(scenario, step.number))) return step.number
  return 0
}
