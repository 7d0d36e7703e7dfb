import type { Frame } from '#command'
import type { Millis } from '#kernel'
import type { RadiosOptions, SelectOptions } from '#platform/views'
import { sayTime } from '#platform/words'
import type { ExerciseClock } from '../core/clock.ts'
import type { NextStep, Startable } from './desk.ts'

export interface ExerciseView {
  readonly frame: Frame
  readonly title: string
  readonly heading: string
  readonly notice: string | null
  readonly rows: readonly { readonly key: string; readonly value: string }[]
  readonly mayDirect: boolean
  readonly playing: boolean
  readonly speed: RadiosOptions
  readonly on: SelectOptions
  readonly next: string | null
  readonly problem: string | null
  /** Null where this server has no scenario. */
  readonly start: { readonly scenario: RadiosOptions; readonly whole: RadiosOptions } | null
}

const SPEEDS = [
  { value: '0', text: 'Stand still' },
  { value: '1', text: 'As fast as real time' },
  { value: '10', text: '10 times as fast: a day in about two and a half hours' },
  { value: '60', text: '60 times as fast: an hour in a minute' },
  { value: '600', text: '600 times as fast: a day in about two and a half minutes' },
] as const

/** Milliseconds. */
export const STRIDES = [
  { value: '900000', text: '15 minutes' },
  { value: '3600000', text: '1 hour' },
  { value: '21600000', text: '6 hours' },
  { value: '86400000', text: '1 day' },
] as const

interface Facts {
  readonly frame: Frame
  readonly clock: ExerciseClock
  readonly now: Millis
  readonly next: NextStep | null
  readonly mayDirect: boolean
  readonly problem: string | null
  readonly scenarios: readonly Startable[]
}

export function exerciseView({ frame, clock, now, next, mayDirect, problem, scenarios }: Facts): ExerciseView {
  const { speed, steps, playing } = clock
  const known = SPEEDS.some(({ value }) => value === String(speed))
  return {
    frame,
    title: `${problem === null ? '' : 'Error: '}Exercise`,
    heading: clock.title ?? clock.exercise,
    notice: clock.notice,
    rows: [
      { key: 'Time in the exercise', value: sayTime(now) },
      { key: 'Its clock', value: speedWords(speed) },
      { key: 'Scenario', value: clock.exercise },
      { key: 'Steps played', value: steps ? `${steps.played} of ${steps.all}` : 'Not told' },
      ...(next ? [{ key: 'Next step', value: `${next.does} at ${next.organisation}, ${sayTime(next.at)}` }] : []),
    ],
    mayDirect,
    playing,
    speed: {
      idPrefix: 'speed',
      name: 'speed',
      fieldset: { legend: { text: 'How fast does the clock run?', classes: 'govuk-fieldset__legend--s' } },
      value: String(speed),
      items: [...SPEEDS, ...(known ? [] : [{ value: String(speed), text: `${speed} times as fast, as now` }])],
    },
    on: { id: 'on', name: 'on', label: { text: 'Move the clock on by' }, items: [...STRIDES] },
    next: next && `Play the next step (${next.does})`,
    problem,
    start: scenarios.length > 0 ? startFields(scenarios) : null,
  }
}

function startFields(scenarios: readonly Startable[]): NonNullable<ExerciseView['start']> {
  const first = scenarios[0]!
  return {
    scenario: {
      idPrefix: 'scenario',
      name: 'scenario',
      fieldset: { legend: { text: 'Which scenario?', classes: 'govuk-fieldset__legend--s' } },
      value: first.exercise,
      items: scenarios.map(({ exercise, title, organisations, before }) => ({
        value: exercise,
        text: title,
        hint: {
          text:
            before === 0
              ? `${organisations} organisations. Not started here yet.`
              : `${organisations} organisations. Started here before: this makes copy ${before + 1}, whose organisations have ${before + 1} after their names.`,
        },
      })),
    },
    whole: {
      idPrefix: 'whole',
      name: 'whole',
      fieldset: { legend: { text: 'From where?', classes: 'govuk-fieldset__legend--s' } },
      value: 'no',
      items: [
        { value: 'no', text: 'From the beginning, step by step' },
        { value: 'yes', text: 'With its story so far played at once' },
      ],
    },
  }
}

function speedWords(speed: number): string {
  if (speed === 0) return 'Stands still'
  return speed === 1 ? 'Runs as fast as real time' : `Runs ${speed} times as fast as real time`
}
