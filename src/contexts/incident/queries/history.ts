import Type from 'typebox'
import { fields, Id, InstantText, query } from '#command'
import { type NodeId, nodeName } from '#contexts/estate'
import type { Models } from '#journal'
import type { Actor, Instant } from '#kernel'
import { READERS } from '../commands/roles-allowed.ts'
import type { ExpectedRestoration, Foreseen, Option } from '../core/events.ts'
import { entriesAt, type IncidentEntry } from '../projections/log.ts'
import { momentOf } from './moment.ts'

const HistoryInput = fields({
  incident: Type.Optional(Id),
  at: Type.Optional(InstantText),
  knownAt: Type.Optional(InstantText),
})

export const timeline = query({
  name: 'timeline',
  summary: 'Everything recorded of incidents, with its three times, in the order in which it happened',
  input: HistoryInput,
  roles: READERS,
  read(input, { models, organisation, now }) {
    const entries = entriesAt(models, organisation, momentOf(input, now))
      .filter((entry) => input.incident === undefined || entry.data.incident === input.incident)
      .sort((a, b) => (a.occurredAt < b.occurredAt ? -1 : a.occurredAt > b.occurredAt ? 1 : a.number - b.number))
    return {
      entries: entries.map((entry) => {
        const { number, type, occurredAt, reportedAt, recordedAt, actor, data, erased } = entry
        return { number, type, words: inWords(models, entry), occurredAt, reportedAt, recordedAt, actor, data, erased }
      }),
    }
  },
})

export const decisions = query({
  name: 'decisions',
  summary: 'The decision log: what was chosen, from which options, why, on whose authority',
  input: HistoryInput,
  roles: READERS,
  read(input, { models, organisation, now }) {
    return {
      decisions: entriesAt(models, organisation, momentOf(input, now))
        .filter((entry) => input.incident === undefined || entry.data.incident === input.incident)
        .flatMap((entry) => decisionOf(models, entry)),
    }
  },
})

/** Words that are undefined have been erased; what a kind of decision does not have is absent. */
export interface LoggedDecision {
  readonly number: number
  readonly occurredAt: Instant
  readonly recordedAt: Instant
  readonly actor: Actor
  readonly incident: string | null
  readonly kind: 'isolation' | 'restoration' | 'decision' | 'stand-down'
  readonly decision?: number
  readonly title?: string | undefined
  readonly chosen: string | undefined
  readonly rationale: string | undefined
  readonly components?: readonly NodeId[]
  readonly precautionary?: boolean
  readonly since?: Instant
  readonly expectedRestoration?: ExpectedRestoration | null
  readonly foreseen?: Foreseen
  readonly options?: readonly Option[]
  readonly authority?: string | null
}

const DECIDING: ReadonlySet<IncidentEntry['type']> = new Set([
  'incident.components-isolated',
  'incident.components-restored',
  'incident.decision-recorded',
  'incident.stood-down',
])

export function decides({ type }: IncidentEntry): boolean {
  return DECIDING.has(type)
}

/** An entry as the decision log tells it; none where it decides nothing. */
export function decisionOf(models: Models, entry: IncidentEntry): LoggedDecision[] {
  const { number, occurredAt, recordedAt, actor } = entry
  const times = { number, occurredAt, recordedAt, actor, incident: entry.data.incident }
  switch (entry.type) {
    case 'incident.components-isolated': {
      const { components, precautionary, since, rationale, options, authority, expectedRestoration, foreseen } =
        entry.data
      const details = { rationale, options: options ?? [], authority: authority ?? null }
      return [
        {
          ...times,
          kind: 'isolation',
          chosen: inWords(models, entry),
          components,
          precautionary,
          since,
          expectedRestoration,
          foreseen,
          ...details,
        },
      ]
    }
    case 'incident.components-restored':
      return [
        {
          ...times,
          kind: 'restoration',
          chosen: inWords(models, entry),
          components: entry.data.components,
          rationale: entry.data.evidence,
        },
      ]
    case 'incident.decision-recorded': {
      const { decision, title, chosen, rationale, options, authority } = entry.data
      return [
        {
          ...times,
          kind: 'decision',
          decision,
          title,
          chosen,
          rationale,
          options: options ?? [],
          authority: authority ?? null,
        },
      ]
    }
    case 'incident.stood-down':
      return [{ ...times, kind: 'stand-down', chosen: inWords(models, entry), rationale: entry.data.reason }]
    default:
      return []
  }
}

/** One line for a person; erased words are said to be erased. */
export function inWords(models: Models, entry: IncidentEntry): string {
  const said = (text: string | undefined) => text ?? '(erased)'
  const names = (ids: readonly NodeId[]) => {
    const some = ids.slice(0, 4).map((id) => nodeName(models, id))
    return ids.length > 4 ? `${some.join(', ')} and ${ids.length - 4} more` : some.join(', ')
  }
  switch (entry.type) {
    case 'incident.declared':
      return `Incident declared: ${said(entry.data.title)}`
    case 'incident.methane-updated':
      return 'METHANE report updated'
    case 'incident.role-taken':
      return `${said(entry.data.holder)} took the ${roleName(entry.data)} role`
    case 'incident.role-handed-over':
      return `${said(entry.data.from)} handed the ${roleName(entry.data)} role to ${said(entry.data.to)}`
    case 'incident.condition-recorded':
      return `${nodeName(models, entry.data.component)}: ${entry.data.condition}`
    case 'incident.components-isolated':
      return `Isolated${entry.data.precautionary ? ' as a precaution' : ''}: ${names(entry.data.components)}`
    case 'incident.components-restored':
      return `Restored: ${names(entry.data.components)}`
    case 'incident.decision-recorded':
      return `Decision ${entry.data.decision}: ${said(entry.data.title)}`
    case 'incident.assumption-recorded':
      return `Assumption ${entry.data.assumption}: ${said(entry.data.text)}`
    case 'incident.assumption-reviewed':
      return `Assumption ${entry.data.assumption} ${entry.data.holds ? 'still holds' : 'no longer holds'}`
    case 'incident.sitrep-issued':
      return `Situation report ${entry.data.sitrep} issued`
    case 'incident.stood-down':
      return 'Incident stood down'
  }
}

function roleName({ role, cell }: { role: string; cell: string | null }): string {
  return cell === null ? role : `${cell} ${role}`
}
