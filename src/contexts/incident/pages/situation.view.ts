import type { Frame } from '#command'
import type { NodeId } from '#contexts/estate'
import type { Millis } from '#kernel'
import { type ButtonOptions, html, type SafeHtml, type SummaryListOptions, type TableOptions } from '#platform/views'
import { sayTime } from '#platform/words'
import type { Situation } from '../queries/situation.ts'
import { home, incidentPath } from './place.ts'
import { counted, levelTag, sayDistance, sayRole, sayShort } from './say.ts'

export interface SituationFacts {
  readonly frame: Frame
  readonly now: Millis
  readonly situation: Situation
  readonly statutory: ReadonlySet<NodeId>
  readonly mayDeclare: boolean
  readonly mayIsolate: boolean
  readonly mayReport: boolean
}

interface IncidentCard {
  readonly href: string
  readonly title: string
  readonly summary: SummaryListOptions
  readonly isolate: ButtonOptions | null
  readonly sitrep: ButtonOptions | null
}

export interface SituationView {
  readonly frame: Frame
  readonly title: string
  readonly here: string
  readonly truth: string
  readonly counts: readonly { readonly level: string; readonly count: number; readonly word: string }[]
  readonly incidents: readonly IncidentCard[]
  readonly declare: ButtonOptions | null
  /** Null where no service is hit. */
  readonly next: TableOptions | null
  readonly more: TableOptions | null
  readonly moreCount: number
  readonly isolated: readonly string[]
  readonly otherwise: readonly string[]
  readonly due: readonly {
    readonly text: string
    readonly when: string
    readonly href: string
    readonly overdue: boolean
  }[]
  readonly past: readonly { readonly href: string; readonly title: string }[]
  readonly estate: string | null
}

const AT_ONCE = 20

export function situationView(facts: SituationFacts): SituationView {
  const { frame, now, situation, mayDeclare } = facts
  const open = situation.incidents.filter(({ status }) => status === 'open')
  const { stopped, degraded, normal } = situation.services
  const rows = situation.hit.map((hit) => hitRow(hit, facts))
  const isolated = situation.components.filter(({ condition }) => condition === 'isolated')
  return {
    frame,
    title: 'Situation',
    here: `${home(frame)}/`,
    truth: truth(situation, open.length, now),
    counts: [
      { level: 'stopped', count: stopped, word: 'stopped' },
      { level: 'limited', count: degraded, word: 'limited' },
      { level: 'usual', count: normal, word: 'as usual' },
    ],
    incidents: open.map((incident) => card(incident, facts)),
    declare: mayDeclare
      ? {
          text: open.length > 0 ? 'Declare another incident' : 'Declare an incident',
          href: `${home(frame)}/declare`,
          ...(open.length > 0 ? { classes: 'govuk-button--secondary' } : {}),
        }
      : null,
    next: rows.length > 0 ? table('Services that are hit, the soonest to hurt first', rows.slice(0, AT_ONCE)) : null,
    more: rows.length > AT_ONCE ? table('The other services that are hit', rows.slice(AT_ONCE)) : null,
    moreCount: Math.max(0, rows.length - AT_ONCE),
    isolated: isolated.map(
      ({ name, since, precautionary }) =>
        `${name}, since ${sayShort(Date.parse(since))}${precautionary ? ', as a precaution' : ''}`,
    ),
    otherwise: situation.components
      .filter(({ condition }) => condition !== 'isolated')
      .map(({ name, condition, since }) => `${name}: ${condition} since ${sayShort(Date.parse(since))}`),
    due: open.flatMap((incident) => assumptionsOf(incident, frame, now)),
    past: situation.incidents
      .filter(({ status }) => status !== 'open')
      .map(({ id, title, stoodDownAt }) => ({
        href: incidentPath(frame, id),
        title: `${title ?? '(title erased)'}, stood down ${sayShort(Date.parse(stoodDownAt!))}`,
      })),
    estate: stopped + degraded + normal === 0 ? `${home(frame)}/estate` : null,
  }
}

function truth({ services: { stopped, degraded, normal } }: Situation, incidents: number, now: Millis): string {
  const total = stopped + degraded + normal
  const services =
    total === 0
      ? 'no service is known here yet'
      : stopped + degraded === 0
        ? `all ${counted(total, 'service')} run as usual`
        : `${stopped} of ${counted(total, 'service')} ${stopped === 1 ? 'has' : 'have'} stopped and ${degraded} ${degraded === 1 ? 'is' : 'are'} limited`
  const open =
    incidents === 0
      ? 'No incident is open.'
      : `${counted(incidents, 'incident')} ${incidents === 1 ? 'is' : 'are'} open.`
  return `At ${sayTime(now)}, ${services}. ${open}`
}

type Incident = Situation['incidents'][number]

function card(incident: Incident, { frame, now, mayIsolate, mayReport }: SituationFacts): IncidentCard {
  const href = incidentPath(frame, incident.id)
  const { title, occurredAt, declaredAt, nextUpdateAt, updateOverdue, lastSitrep, roles } = incident
  const row = (key: string, value: string | SafeHtml) => ({
    key: { text: key },
    value: typeof value === 'string' ? { text: value } : { html: value },
  })
  const due = nextUpdateAt === null ? null : Date.parse(nextUpdateAt)
  return {
    href,
    title: title ?? '(title erased)',
    summary: {
      classes: 'govuk-summary-list--no-border hf-compact',
      rows: [
        row('Began', `${sayTime(Date.parse(occurredAt))} (${sayDistance(Date.parse(occurredAt), now)})`),
        row('Declared', sayTime(Date.parse(declaredAt))),
        row(
          'Next update due',
          due === null
            ? 'Not promised yet'
            : updateOverdue
              ? html`<strong class="govuk-tag govuk-tag--red">Overdue</strong> since ${sayTime(due)}`
              : `${sayTime(due)} (${sayDistance(due, now)})`,
        ),
        row(
          'Last report',
          lastSitrep ? `Number ${lastSitrep.sitrep}, ${sayTime(Date.parse(lastSitrep.issuedAt))}` : 'None yet',
        ),
        row(
          'In command',
          roles.length > 0
            ? roles.map((one) => `${sayRole(one)}: ${one.holder ?? '(name erased)'}`).join('; ')
            : 'Nobody has taken a role yet',
        ),
      ],
    },
    isolate: mayIsolate ? { text: 'Isolate', href: `${href}/isolate` } : null,
    sitrep: mayReport
      ? { text: 'Write a report', href: `${href}/sitreps/new`, classes: 'govuk-button--secondary' }
      : null,
  }
}

function assumptionsOf(incident: Incident, frame: Frame, now: Millis): SituationView['due'] {
  return incident.assumptions
    .filter(({ holds, reviewAt }) => holds && reviewAt !== null)
    .sort((a, b) => (a.reviewAt! < b.reviewAt! ? -1 : 1))
    .map(({ assumption, text, reviewAt, reviewOverdue }) => ({
      text: text ?? '(words erased)',
      when: `${sayTime(Date.parse(reviewAt!))} (${sayDistance(Date.parse(reviewAt!), now)})`,
      href: `${incidentPath(frame, incident.id)}/assumptions/${assumption}`,
      overdue: reviewOverdue,
    }))
}

type Cell = NonNullable<TableOptions['rows']>[number][number]

function table(caption: string, rows: readonly (readonly Cell[])[]): TableOptions {
  return {
    caption,
    captionClasses: 'govuk-table__caption--m',
    firstCellIsHeader: true,
    head: ['Service', 'Now', 'Stops', 'Passes its RTO', 'Passes its MTPD'].map((text) => ({ text })),
    rows,
  }
}

function hitRow(hit: Situation['hit'][number], { now, statutory }: SituationFacts): Cell[] {
  const { text, classes } = levelTag(hit.level)
  return [
    { html: statutory.has(hit.id) ? html`${hit.name} <span class="hf-note">(statutory)</span>` : html`${hit.name}` },
    { html: html`<strong class="govuk-tag ${classes ?? ''}">${text ?? ''}</strong>` },
    { text: hit.stoppedFrom === null ? 'Not foreseen' : sayShort(Date.parse(hit.stoppedFrom)) },
    limit(hit.rtoBreachAt, now),
    limit(hit.mtpdBreachAt, now),
  ]
}

/** When a limit is passed, and how far off that is. */
function limit(at: string | null, now: Millis): Cell {
  if (at === null) return { text: '–' }
  const time = Date.parse(at)
  if (time <= now) return { html: html`<strong class="hf-passed">Passed ${sayDistance(time, now)}</strong>` }
  return { text: `${sayShort(time)} (${sayDistance(time, now)})` }
}
