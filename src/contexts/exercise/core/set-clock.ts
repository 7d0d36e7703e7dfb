import { type Decider, type Instant, instant, type Millis, parseInstant, type Refusal } from '#kernel'
import { afterSetting, type ExerciseClock, scenarioNow } from './clock.ts'
import type { ClockSet, ExerciseEvent } from './events.ts'
import { refuse } from './refusals.ts'

export interface Setting {
  readonly exercise: string
  /** Now where absent. */
  readonly at?: Instant
  readonly speed: number
  readonly playing?: boolean
  readonly title?: string
  readonly notice?: string
  readonly steps?: { readonly played: number; readonly all: number }
}

export const clockDecider: Decider<ExerciseClock | null, ExerciseEvent> = {
  initial: () => null,
  evolve: (clock, event) => (event.type === 'exercise.clock-set' ? afterSetting(clock, event.data) : clock),
}

/** `live`: the organisation has a journal and no exercise clock. `now`: the organisation's time, `real`: ours. */
export function setClock(
  clock: ExerciseClock | null,
  setting: Setting,
  { live, real, now }: { live: boolean; real: Millis; now: Millis },
): ExerciseEvent[] | Refusal {
  if (live)
    return refuse(
      'organisation-is-live',
      'It cannot be made an exercise. Run exercises in another data directory, or with other organisations.',
    )
  if (clock && clock.exercise !== setting.exercise)
    return refuse('other-exercise', `It belongs to ${clock.exercise}. Name that exercise, or use another organisation.`)
  const at = setting.at === undefined ? now : parseInstant(setting.at)!
  if (at < now)
    return refuse(
      'clock-goes-back',
      `It is ${instant(now)} there. Give that time or a later one; to begin in the past, run a scenario.`,
    )
  const { exercise, speed, playing = false, title, notice, steps } = setting
  if (clock && steps === undefined && title === undefined && notice === undefined)
    if (clock.speed === speed && clock.playing === playing && scenarioNow(clock, real) === at) return []
  const data: ClockSet = {
    exercise,
    at: instant(at),
    real: instant(real),
    speed,
    playing,
    ...(steps && { steps }),
    ...(title !== undefined && { title }),
    ...(notice !== undefined && { notice }),
  }
  return [{ type: 'exercise.clock-set', v: 1, data }]
}
