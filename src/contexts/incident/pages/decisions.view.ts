import type { Frame, SayWho } from '#command'
import type { ButtonOptions, SelectOptions, SummaryListOptions } from '#platform/views'
import { sayTime } from '#platform/words'
import type { LoggedDecision } from '../queries/history.ts'
import { type Sheet, type Turning, turning } from './paging.ts'
import { home } from './place.ts'
import { counted } from './say.ts'
import { select } from './timeline.view.ts'

export interface DecisionsFacts {
  readonly frame: Frame
  readonly who: SayWho
  readonly incident: string
  readonly incidents: readonly { readonly id: string; readonly title: string }[]
  /** Those on this page, newest first. */
  readonly decisions: readonly LoggedDecision[]
  readonly sheet: Sheet<unknown>
}

interface DecisionCard {
  readonly heading: string
  readonly list: SummaryListOptions
  readonly options: readonly { readonly title: string; readonly consequence: string; readonly chosen: boolean }[]
  readonly evidence: { readonly href: string; readonly text: string }
}

export interface DecisionsView extends Turning {
  readonly frame: Frame
  readonly title: string
  readonly here: string
  readonly count: string
  readonly incident: SelectOptions
  readonly filter: ButtonOptions
  readonly decisions: readonly DecisionCard[]
}

export function decisionsView(facts: DecisionsFacts): DecisionsView {
  const { frame, who, incident, incidents, decisions, sheet } = facts
  const here = `${home(frame)}/decisions`
  return {
    ...turning(here, { incident }, sheet),
    frame,
    title: 'Decision log',
    here,
    count:
      sheet.all === 0
        ? 'No decision has been recorded that fits.'
        : `${counted(sheet.all, 'decision')}, the latest first.`,
    incident: select('incident', 'Incident', incident, [
      { value: '', text: 'All incidents' },
      ...incidents.map(({ id, title }) => ({ value: id, text: title })),
    ]),
    filter: { text: 'Show', classes: 'govuk-button--secondary' },
    decisions: decisions.map((decision) => card(decision, frame, who)),
  }
}

function card(decision: LoggedDecision, frame: Frame, who: SayWho): DecisionCard {
  const { number, chosen, occurredAt, recordedAt, actor, rationale } = decision
  const row = (key: string, value: string | null | undefined) =>
    value ? [{ key: { text: key }, value: { text: value, classes: 'hf-words' } }] : []
  const expected = decision.expectedRestoration
  return {
    heading: ('title' in decision ? decision.title : chosen) ?? '(words erased)',
    list: {
      rows: [
        ...('title' in decision ? row('Decided', chosen ?? '(words erased)') : []),
        ...row('Why', rationale ?? '(words erased)'),
        ...row('On whose authority', decision.authority),
        ...(decision.foreseen
          ? row(
              'Foreseen',
              `${counted(decision.foreseen.stopped.length, 'service')} stopped, ${decision.foreseen.degraded.length} limited`,
            )
          : []),
        ...(expected
          ? row(
              'Expected back',
              `${sayTime(Date.parse(expected.likely))} (at best ${sayTime(Date.parse(expected.optimistic))}, at worst ${sayTime(Date.parse(expected.pessimistic))})`,
            )
          : []),
        ...row('Takes hold', sayTime(Date.parse(occurredAt))),
        ...row('Recorded', `${sayTime(Date.parse(recordedAt))}, by ${who(actor)}`),
      ],
    },
    options: (decision.options ?? []).map(({ title, consequence, chosen: taken }) => ({
      title,
      consequence: consequence ?? '',
      chosen: taken === true,
    })),
    evidence: { href: `${home(frame)}/evidence/${number}`, text: `Journal entry ${number}` },
  }
}
