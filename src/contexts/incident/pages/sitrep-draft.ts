import type { Millis } from '#kernel'
import { sayTime } from '#platform/words'
import type { IncidentRecord } from '../projections/incidents.ts'
import { counted, someOf } from './say.ts'

export interface DraftFacts {
  readonly incident: IncidentRecord
  readonly now: Millis
  readonly counts: { readonly stopped: number; readonly degraded: number; readonly normal: number }
  readonly stopped: readonly string[]
  readonly limited: readonly string[]
  readonly isolated: readonly string[]
  /** What was decided since the last report, in order. */
  readonly decided: readonly string[]
}

export interface SitrepDraft {
  readonly known: string
  readonly notKnown: string
  readonly doing: string
  readonly nextUpdateAt: Millis
}

const HOUR = 3_600_000
const NAMED = 12

/** A report filled in from what is recorded, for a person to correct: known, not known, doing, when next. */
export function draftSitrep(facts: DraftFacts): SitrepDraft {
  const { incident, now } = facts
  return { known: known(facts), notKnown: notKnown(facts), doing: doing(facts), nextUpdateAt: now + rhythm(incident) }
}

function known({ incident, now, counts, stopped, limited, isolated }: DraftFacts): string {
  const { title, methane, occurredAt } = incident
  const total = counts.stopped + counts.degraded + counts.normal
  return paragraphs([
    `${title ?? 'The incident'} (began at ${sayTime(Date.parse(occurredAt))}).`,
    methane?.major && 'It has been declared a major incident.',
    methane?.type,
    methane?.location && `Hit: ${methane.location}`,
    total > 0 &&
      `At ${sayTime(now)}, ${counts.stopped} of ${counted(total, 'service')} have stopped, ${counts.degraded} are limited.`,
    stopped.length > 0 && `Stopped: ${someOf(stopped, NAMED)}.`,
    limited.length > 0 && `Limited: ${someOf(limited, NAMED)}.`,
    isolated.length > 0 && `Disconnected: ${someOf(isolated, NAMED)}.`,
  ])
}

function notKnown({ incident, isolated }: DraftFacts): string {
  const open = incident.assumptions.filter(({ holds }) => holds)
  const last = incident.isolations.at(-1)?.expectedRestoration
  return paragraphs([
    isolated.length > 0 && !last && 'When what is disconnected will be back.',
    incident.methane?.hazards && `Whether it gets worse: ${incident.methane.hazards}`,
    ...open.map(
      ({ text, reviewAt }) =>
        text !== null &&
        `We assume: ${text}${reviewAt ? ` (to be looked at again by ${sayTime(Date.parse(reviewAt))})` : ''}`,
    ),
  ])
}

function doing({ incident, decided, isolated }: DraftFacts): string {
  const expected = incident.isolations.at(-1)?.expectedRestoration
  return paragraphs([
    ...decided,
    isolated.length > 0 && expected && `We expect to reconnect by ${sayTime(Date.parse(expected.likely))}.`,
    incident.methane?.emergencyServices && `Working with: ${incident.methane.emergencyServices}`,
  ])
}

/** As long as from the last report to the next that it promised; two hours where none did. */
function rhythm({ sitreps }: IncidentRecord): Millis {
  const last = sitreps.at(-1)
  if (!last?.nextUpdateAt) return 2 * HOUR
  return Math.max(HOUR / 2, Date.parse(last.nextUpdateAt) - Date.parse(last.issuedAt))
}

function paragraphs(lines: readonly (string | false | null | undefined)[]): string {
  return lines.filter((line) => typeof line === 'string' && line !== '').join('\n')
}
