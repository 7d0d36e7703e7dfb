import type { Frame } from '#command'
import type { BackLinkOptions } from '#platform/views'
import { sayTime } from '#platform/words'
import type { IncidentRecord, SitrepRecord } from '../projections/incidents.ts'
import { home, incidentPath, titleOf } from './place.ts'
import { counted } from './say.ts'

export interface SitrepFacts {
  readonly frame: Frame
  readonly incident: IncidentRecord
  readonly sitrep: SitrepRecord
  /** Root of a checkpoint that covers the report, in hex; null where there is none to be had. */
  readonly root: string | null
}

export interface SitrepView {
  readonly frame: Frame
  readonly title: string
  readonly caption: string
  readonly back: BackLinkOptions
  readonly issued: string
  readonly counts: string
  readonly parts: readonly { readonly heading: string; readonly words: string }[]
  readonly next: string
  readonly entry: { readonly href: string; readonly text: string }
  /** Short enough to read out over a telephone. */
  readonly fingerprint: string | null
}

export function sitrepView({ frame, incident, sitrep, root }: SitrepFacts): SitrepView {
  const { stopped, degraded, normal } = sitrep.counts
  const part = (heading: string, words: string | null) => ({
    heading,
    words: words ?? '(These words have been erased.)',
  })
  return {
    frame,
    title: `Situation report ${sitrep.sitrep}`,
    caption: titleOf(incident),
    back: { href: incidentPath(frame, incident.id), text: 'Back to the incident' },
    issued: `${frame.organisation.name}, ${sayTime(Date.parse(sitrep.issuedAt))}`,
    counts: `${counted(stopped + degraded + normal, 'service')}: ${stopped} stopped, ${degraded} limited, ${normal} as usual.`,
    parts: [
      part('What we know', sitrep.known),
      part('What we do not know yet', sitrep.notKnown),
      part('What we are doing', sitrep.doing),
      ...(sitrep.advice === null ? [] : [part('What you should do', sitrep.advice)]),
    ],
    next: sitrep.nextUpdateAt
      ? `Next report by ${sayTime(Date.parse(sitrep.nextUpdateAt))}.`
      : 'No time is promised for the next report.',
    entry: { href: `${home(frame)}/evidence/${sitrep.number}`, text: `journal entry ${sitrep.number}` },
    fingerprint: root && (root.slice(0, 16).match(/.{4}/g) ?? []).join(' '),
  }
}
