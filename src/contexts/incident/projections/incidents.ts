import type { NodeId } from '#contexts/estate'
import type { Model } from '#journal'
import { type Instant, parseInstant } from '#kernel'
import {
  type CommandRole,
  type ExpectedRestoration,
  type Foreseen,
  INCIDENT_EVENTS,
  type Methane,
  type Option,
} from '../core/events.ts'
import { roleKey } from '../core/state.ts'
import type { IncidentEntry } from './log.ts'

export interface RoleHolder {
  readonly role: CommandRole
  readonly cell: string | null
  readonly holder: string | null
  readonly since: Instant
}

export interface IsolationRecord {
  readonly number: number
  readonly at: Instant
  readonly components: readonly NodeId[]
  readonly precautionary: boolean
  readonly since: Instant
  readonly expectedRestoration: ExpectedRestoration | null
  readonly foreseen: Foreseen
  readonly rationale: string | null
  readonly options: readonly Option[]
  readonly authority: string | null
}

export interface AssumptionRecord {
  readonly assumption: number
  readonly text: string | null
  readonly recordedAt: Instant
  reviewAt: Instant | null
  holds: boolean
  note: string | null
}

export interface SitrepRecord {
  readonly sitrep: number
  readonly number: number
  readonly issuedAt: Instant
  readonly counts: { stopped: number; degraded: number; normal: number }
  readonly nextUpdateAt: Instant | null
  readonly known: string | null
  readonly notKnown: string | null
  readonly doing: string | null
  readonly advice: string | null
}

export interface IncidentRecord {
  readonly id: string
  readonly number: number
  readonly title: string | null
  readonly summary: string | null
  methane: Methane | null
  readonly occurredAt: Instant
  readonly reportedAt: Instant | null
  readonly declaredAt: Instant
  stoodDownAt: Instant | null
  readonly roles: Map<string, RoleHolder>
  readonly isolations: IsolationRecord[]
  readonly isolated: Set<NodeId>
  readonly assumptions: AssumptionRecord[]
  readonly sitreps: SitrepRecord[]
}

/** Which incidents are there, and how does each stand? */
export const incidents: Model<Map<string, IncidentRecord>> = {
  name: 'incident.incidents',
  types: INCIDENT_EVENTS.map((declared) => declared.type),
  initial: () => new Map(),
  apply(records, heard) {
    const entry = heard as IncidentEntry
    if (entry.type === 'incident.declared') {
      records.set(entry.data.incident, declared(entry))
      return
    }
    // Whoever brings a component back ends its isolation, in whatever incident that was decided.
    for (const component of broughtBack(entry))
      for (const record of records.values())
        if (!stillToCome(record, component, entry)) record.isolated.delete(component)
    const record = entry.data.incident === null ? undefined : records.get(entry.data.incident)
    if (record) advance(record, entry)
  },
}

function declared(entry: IncidentEntry & { type: 'incident.declared' }): IncidentRecord {
  const { incident, title, summary, methane } = entry.data
  return {
    id: incident,
    number: entry.number,
    title: title ?? null,
    summary: summary ?? null,
    methane: methane ?? null,
    occurredAt: entry.occurredAt,
    reportedAt: entry.reportedAt,
    declaredAt: entry.recordedAt,
    stoodDownAt: null,
    roles: new Map(),
    isolations: [],
    isolated: new Set(),
    assumptions: [],
    sitreps: [],
  }
}

function broughtBack(entry: IncidentEntry): readonly NodeId[] {
  if (entry.type === 'incident.components-restored') return entry.data.components
  const back = entry.type === 'incident.condition-recorded' && entry.data.condition !== 'isolated'
  return back ? [entry.data.component] : []
}

/** A planned isolation is called off by a restoration alone; what else is recorded before it begins leaves it standing. */
function stillToCome(record: IncidentRecord, component: NodeId, entry: IncidentEntry): boolean {
  if (entry.type === 'incident.components-restored' || !record.isolated.has(component)) return false
  const last = record.isolations.findLast(({ components }) => components.includes(component))
  return last !== undefined && parseInstant(last.since)! > parseInstant(entry.recordedAt)!
}

function advance(record: IncidentRecord, entry: IncidentEntry): void {
  const { number, recordedAt } = entry
  switch (entry.type) {
    case 'incident.methane-updated':
      record.methane = entry.data.methane ?? null
      break
    case 'incident.role-taken': {
      const { role, cell, holder } = entry.data
      record.roles.set(roleKey(role, cell), { role, cell, holder: holder ?? null, since: recordedAt })
      break
    }
    case 'incident.role-handed-over': {
      const { role, cell, to } = entry.data
      record.roles.set(roleKey(role, cell), { role, cell, holder: to ?? null, since: recordedAt })
      break
    }
    case 'incident.components-isolated': {
      const { incident: _, rationale, options, authority, ...facts } = entry.data
      for (const component of facts.components) record.isolated.add(component)
      record.isolations.push({
        number,
        at: recordedAt,
        ...facts,
        rationale: rationale ?? null,
        options: options ?? [],
        authority: authority ?? null,
      })
      break
    }
    case 'incident.assumption-recorded': {
      const { assumption, text, reviewAt } = entry.data
      record.assumptions.push({ assumption, text: text ?? null, recordedAt, reviewAt, holds: true, note: null })
      break
    }
    case 'incident.assumption-reviewed': {
      const known = record.assumptions[entry.data.assumption - 1]
      if (known)
        Object.assign(known, { holds: entry.data.holds, reviewAt: entry.data.reviewAt, note: entry.data.note ?? null })
      break
    }
    case 'incident.sitrep-issued': {
      const { incident: _, known, notKnown, doing, advice, ...facts } = entry.data
      record.sitreps.push({
        number,
        issuedAt: recordedAt,
        ...facts,
        known: known ?? null,
        notKnown: notKnown ?? null,
        doing: doing ?? null,
        advice: advice ?? null,
      })
      break
    }
    case 'incident.stood-down':
      record.stoodDownAt = recordedAt
      break
  }
}
