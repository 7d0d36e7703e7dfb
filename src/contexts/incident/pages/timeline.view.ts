import type { Frame, SayWho } from '#command'
import type { Actor } from '#kernel'
import { type ButtonOptions, html, type SelectOptions, type TableOptions } from '#platform/views'
import { type Sheet, type Turning, turning } from './paging.ts'
import { home } from './place.ts'
import { counted, sayShort } from './say.ts'
import { KINDS } from './timeline-kinds.ts'

export interface TimelineEntry {
  readonly number: number
  readonly words: string
  readonly occurredAt: string
  readonly reportedAt: string | null
  readonly recordedAt: string
  readonly actor: Actor
}

export interface TimelineFacts {
  readonly frame: Frame
  readonly who: SayWho
  /** Those on this page, newest first. */
  readonly entries: readonly TimelineEntry[]
  readonly sheet: Sheet<unknown>
  readonly incident: string
  readonly kind: string
  readonly incidents: readonly { readonly id: string; readonly title: string }[]
}

export interface TimelineView extends Turning {
  readonly frame: Frame
  readonly title: string
  readonly here: string
  readonly count: string
  readonly incident: SelectOptions
  readonly kind: SelectOptions
  readonly filter: ButtonOptions
  readonly table: TableOptions | null
}

export function timelineView(facts: TimelineFacts): TimelineView {
  const { frame, entries, sheet, incident, kind } = facts
  const { all } = sheet
  const here = `${home(frame)}/timeline`
  return {
    ...turning(here, { incident, kind }, sheet),
    frame,
    title: 'Timeline',
    here,
    count:
      all === 0 ? 'Nothing has been recorded that fits.' : `${counted(all, 'entry', 'entries')}, the latest first.`,
    incident: select('incident', 'Incident', incident, [
      { value: '', text: 'All incidents' },
      ...facts.incidents.map(({ id, title }) => ({ value: id, text: title })),
    ]),
    kind: select('kind', 'What', kind, [
      { value: '', text: 'Everything' },
      ...KINDS.map((one) => ({ value: one.kind, text: one.text })),
    ]),
    filter: { text: 'Show', classes: 'govuk-button--secondary' },
    table: entries.length > 0 ? table(facts) : null,
  }
}

export function select(
  name: string,
  label: string,
  value: string,
  items: NonNullable<SelectOptions['items']>,
): SelectOptions {
  return { id: name, name, value, items, label: { text: label } }
}

function table({ frame, entries, who }: TimelineFacts): TableOptions {
  return {
    caption: 'What happened',
    captionClasses: 'govuk-visually-hidden',
    head: ['Happened', 'What', 'Reported to us', 'Recorded', 'By', 'Journal'].map((text) => ({ text })),
    rows: entries.map(({ number, words, occurredAt, reportedAt, recordedAt, actor }) => [
      { text: sayShort(Date.parse(occurredAt)) },
      { text: words },
      { text: reportedAt === null ? '–' : sayShort(Date.parse(reportedAt)) },
      { text: sayShort(Date.parse(recordedAt)) },
      { text: who(actor) },
      { html: html`<a class="govuk-link" href="${home(frame)}/evidence/${number}">${number}</a>` },
    ]),
  }
}
