import type { Frame } from '#command'
import { type Ask, type Field, field, pointerOf, type Typed } from '#command/forms'
import type { Refusal } from '#kernel'
import {
  type BackLinkOptions,
  type ButtonOptions,
  type ErrorSummaryOptions,
  formErrors,
  type InputOptions,
  type TableOptions,
} from '#platform/views'
import type { IncidentRecord } from '../projections/incidents.ts'
import type { Way } from './comparison.ts'
import { estimateInputs } from './isolate.view.ts'
import type { Estimates } from './isolate-facts.ts'
import { comparisonTable } from './isolate-preview.view.ts'
import { titleOf } from './place.ts'
import { counted } from './say.ts'

export interface DecideFacts {
  readonly frame: Frame
  readonly incident: IncidentRecord
  readonly ways: readonly Way[]
  readonly values: Typed
  readonly days: Estimates
  /** What each way was seen to entail when the page was first shown. */
  readonly seen: readonly string[]
  readonly back: string
  readonly refusal: Refusal | null
}

export interface DecideView {
  readonly frame: Frame
  readonly title: string
  readonly caption: string
  readonly back: BackLinkOptions
  readonly errors: ErrorSummaryOptions | null
  readonly comparison: TableOptions
  readonly fields: readonly Field[]
  readonly estimates: readonly InputOptions[]
  readonly kept: readonly { readonly name: string; readonly value: string }[]
  readonly button: ButtonOptions
}

const WAIT = 'none'
/** A radio button with an empty value could not be told from none. */
const radioOf = ({ text }: Way) => text || WAIT
export const textFrom = (value: string) => (value === WAIT ? '' : value)

export function decideAsks(ways: readonly Way[]): Ask[] {
  return [
    {
      kind: 'choice',
      name: 'choice',
      pointer: '/components',
      label: 'What do you decide?',
      needed: 'Choose what you decide',
      choices: ways.map((way) => ({
        value: radioOf(way),
        text: way.title,
        hint: `Stops ${counted(way.stoppedNow, 'service')} at once, ${way.stoppedInADay} within 24 hours, ${way.limited} limited`,
      })),
    },
    {
      kind: 'choice',
      name: 'precautionary',
      label: 'Is there proof that it is compromised?',
      needed: 'Say whether there is proof',
      choices: [
        { value: 'yes', text: 'No. It is a precaution' },
        { value: 'no', text: 'Yes, there is proof' },
      ],
    },
    {
      kind: 'words',
      name: 'rationale',
      label: 'Why this, and not the others?',
      hint: 'What you know, what you fear, and why it is in proportion.',
      needed: 'Enter why you decide this',
    },
    {
      kind: 'line',
      name: 'authority',
      label: 'On whose authority?',
      hint: 'For example, “Strategic commander, under the council’s emergency powers”',
    },
  ]
}

export function decideView(facts: DecideFacts): DecideView {
  const { frame, incident, ways, values, days, seen, refusal } = facts
  const asks = decideAsks(ways)
  const errors = refusal && formErrors(refusal, { ...idsOf(asks), '/expectedRestoration': 'best' })
  return {
    frame,
    title: `${errors ? 'Error: ' : ''}Decide what to isolate`,
    caption: titleOf(incident),
    back: { href: facts.back, text: 'Back to the isolation desk' },
    errors: errors?.summary ?? null,
    comparison: comparisonTable(ways),
    fields: asks.map((ask) => field(ask, values, errors?.at(pointerOf(ask)))),
    estimates: estimateInputs(days, errors?.at('/expectedRestoration')),
    kept: ways.flatMap(({ text }, i) => [
      { name: 'option', value: text },
      { name: 'seen', value: seen[i] ?? '' },
    ]),
    button: { text: 'Record the decision', classes: 'govuk-button--warning', preventDoubleClick: true },
  }
}

/** A radio group's first button carries the plain name as its id. */
function idsOf(asks: readonly Ask[]): Record<string, string> {
  return Object.fromEntries(asks.map((ask) => [pointerOf(ask), ask.name]))
}
