import type { Frame } from '#command'
import type { NodeId } from '#contexts/estate'
import type { Millis } from '#kernel'
import {
  type BackLinkOptions,
  type ButtonOptions,
  html,
  type SummaryListOptions,
  type TableOptions,
} from '#platform/views'
import { sayTime } from '#platform/words'
import type { IncidentRecord } from '../projections/incidents.ts'
import { PARTS } from './methane-parts.ts'
import { home, incidentPath, titleOf } from './place.ts'
import { counted, sayDistance, sayRole, sayShort } from './say.ts'

export interface IncidentFacts {
  readonly frame: Frame
  readonly now: Millis
  readonly incident: IncidentRecord
  readonly nameOf: (id: NodeId) => string
  /** Newest first, a few. */
  readonly latest: readonly { readonly number: number; readonly words: string; readonly occurredAt: string }[]
  readonly mayRecord: boolean
  readonly mayCommand: boolean
  readonly mayDecide: boolean
}

interface Link {
  readonly href: string
  readonly text: string
}

export interface IncidentView {
  readonly frame: Frame
  readonly title: string
  readonly heading: string
  readonly here: string
  readonly back: BackLinkOptions
  readonly status: string
  readonly ended: boolean
  readonly summary: string
  readonly times: SummaryListOptions
  readonly methane: SummaryListOptions
  readonly buttons: readonly ButtonOptions[]
  readonly roles: SummaryListOptions
  readonly rolesHeld: boolean
  readonly roleLink: Link | null
  readonly isolated: readonly string[]
  readonly assumptions: TableOptions | null
  readonly assumptionLink: Link | null
  readonly decisionLink: Link | null
  readonly decisions: Link
  readonly sitreps: readonly Link[]
  readonly latest: readonly { readonly when: string; readonly words: string; readonly href: string }[]
  readonly timeline: Link
  readonly statements: Link
}

export function incidentView(facts: IncidentFacts): IncidentView {
  const { frame, now, incident, nameOf, latest } = facts
  const here = incidentPath(frame, incident.id)
  const ended = incident.stoodDownAt !== null
  const acts = (may: boolean) => may && !ended
  const since = Date.parse(incident.occurredAt)
  return {
    frame,
    title: titleOf(incident),
    heading: titleOf(incident),
    here,
    back: { href: `${home(frame)}/`, text: 'Situation' },
    status: ended
      ? `Stood down at ${sayTime(Date.parse(incident.stoodDownAt!))}.`
      : `Open. It began ${sayDistance(since, now)}.`,
    ended,
    summary: incident.summary ?? '(The summary has been erased.)',
    times: {
      rows: [
        row('Happened', sayTime(since)),
        row('Reported to us', incident.reportedAt ? sayTime(Date.parse(incident.reportedAt)) : 'Not said'),
        row('Declared', sayTime(Date.parse(incident.declaredAt))),
        row('Isolation decided', counted(incident.isolations.length, 'time')),
      ],
    },
    methane: methane(incident, acts(facts.mayRecord) ? `${here}/methane` : null),
    buttons: [
      ...(acts(facts.mayDecide) ? [{ text: 'Isolate', href: `${here}/isolate` }] : []),
      ...(acts(facts.mayDecide) && incident.isolated.size > 0
        ? [{ text: 'Restore', href: `${here}/restore`, classes: 'govuk-button--secondary' }]
        : []),
      ...(acts(facts.mayCommand)
        ? [{ text: 'Write a situation report', href: `${here}/sitreps/new`, classes: 'govuk-button--secondary' }]
        : []),
      ...(acts(facts.mayDecide)
        ? [{ text: 'Stand down', href: `${here}/stand-down`, classes: 'govuk-button--warning' }]
        : []),
    ],
    roles: {
      rows: [...incident.roles.values()].map((one) => ({
        ...row(sayRole(one), `${one.holder ?? '(name erased)'}, since ${sayShort(Date.parse(one.since))}`),
        ...(acts(facts.mayCommand)
          ? {
              actions: {
                items: [
                  {
                    href: `${here}/roles/hand-over?role=${encodeURIComponent(one.cell === null ? one.role : `${one.role} ${one.cell}`)}`,
                    text: 'Hand over',
                    visuallyHiddenText: `the ${sayRole(one)} role`,
                  },
                ],
              },
            }
          : {}),
      })),
    },
    rolesHeld: incident.roles.size > 0,
    roleLink: acts(facts.mayCommand) ? { href: `${here}/roles/take`, text: 'Take a role' } : null,
    isolated: [...incident.isolated].map(nameOf).sort(),
    assumptions: assumptions(incident, now, acts(facts.mayRecord) ? here : null),
    assumptionLink: acts(facts.mayRecord) ? { href: `${here}/assumptions/new`, text: 'Record an assumption' } : null,
    decisionLink: acts(facts.mayCommand) ? { href: `${here}/decisions/new`, text: 'Record a decision' } : null,
    decisions: { href: `${home(frame)}/decisions?incident=${incident.id}`, text: 'See the decision log' },
    sitreps: incident.sitreps
      .map(({ sitrep, issuedAt }) => ({
        href: `${here}/sitreps/${sitrep}`,
        text: `Report ${sitrep}, ${sayTime(Date.parse(issuedAt))}`,
      }))
      .reverse(),
    latest: latest.map(({ number, words, occurredAt }) => ({
      when: sayShort(Date.parse(occurredAt)),
      words,
      href: `${home(frame)}/evidence/${number}`,
    })),
    timeline: { href: `${home(frame)}/timeline?incident=${incident.id}`, text: 'See the whole timeline' },
    statements: { href: `${home(frame)}/statements`, text: 'Statements for residents, staff, partners and the press' },
  }
}

function row(key: string, value: string) {
  return { key: { text: key }, value: { text: value } }
}

function methane({ methane: report }: IncidentRecord, change: string | null): SummaryListOptions {
  const answered = PARTS.flatMap(({ part, short }) => (report?.[part] ? [row(short, report[part])] : []))
  return {
    card: {
      title: { text: 'METHANE report', headingLevel: 2 },
      ...(change
        ? { actions: { items: [{ href: change, text: 'Change', visuallyHiddenText: 'the METHANE report' }] } }
        : {}),
    },
    rows: [
      row('Major incident', report === null ? 'Not reported yet' : report.major ? 'Yes, declared' : 'No, or not yet'),
      ...answered,
    ],
  }
}

function assumptions({ assumptions: all }: IncidentRecord, now: Millis, here: string | null): TableOptions | null {
  if (all.length === 0) return null
  return {
    caption: 'Assumptions',
    captionClasses: 'govuk-table__caption--m',
    head: ['Assumption', 'Holds?', 'Look again by'].map((text) => ({ text })),
    rows: all.map(({ assumption, text, holds, reviewAt }) => {
      const words = `${assumption}. ${text ?? '(words erased)'}`
      const due = reviewAt === null ? null : Date.parse(reviewAt)
      const overdue = holds && due !== null && due <= now
      return [
        here
          ? { html: html`<a class="govuk-link" href="${here}/assumptions/${assumption}">${words}</a>` }
          : { text: words },
        { text: holds ? 'Yes' : 'No longer' },
        overdue
          ? { html: html`<strong class="govuk-tag govuk-tag--red">Overdue</strong> ${sayShort(due)}` }
          : { text: due === null || !holds ? '–' : sayShort(due) },
      ]
    }),
  }
}
