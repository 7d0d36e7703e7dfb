import type { Condition, NodeId } from '#contexts/estate'
import type { Model } from '#journal'
import { type Entry, type Event, type Millis, parseInstant } from '#kernel'
import type { IncidentEvent } from '../core/events.ts'

export interface ConditionRecord {
  readonly condition: Condition
  readonly since: Millis
  /**
   * A record outweighs those of a smaller order from its `since` on: its journal number, and for what is planned always
   * half a number more than what was recorded while it was to come.
   */
  readonly order: number
  readonly recordedAt: Millis
  readonly incident: string | null
  readonly precautionary: boolean
}

export interface Conditions {
  readonly records: Map<NodeId, ConditionRecord[]>
  /** The journal number of the last change. */
  revision: number
  /** In the order of the journal, so that whoever evaluates need look only at those since its last visit. */
  readonly changes: ConditionChange[]
}

export interface ConditionChange extends Pick<ConditionRecord, 'since' | 'recordedAt'> {
  readonly component: NodeId
}

/** What has been recorded of each component, the weightiest last? */
export const conditions: Model<Conditions> = {
  name: 'incident.conditions',
  types: ['incident.condition-recorded', 'incident.components-isolated', 'incident.components-restored'],
  initial: () => ({ records: new Map(), revision: 0, changes: [] }),
  apply(state, entry) {
    const event = entry as Event as IncidentEvent
    switch (event.type) {
      case 'incident.condition-recorded': {
        const { component, condition, since, incident } = event.data
        return add(state, entry, [component], condition, since, incident, false)
      }
      case 'incident.components-isolated': {
        const { components, since, incident, precautionary } = event.data
        return add(state, entry, components, 'isolated', since, incident, precautionary)
      }
      case 'incident.components-restored': {
        const { components, at, incident } = event.data
        for (const component of components) callOff(state.records.get(component) ?? [], parseInstant(entry.recordedAt)!)
        return add(state, entry, components, 'operational', at, incident, false)
      }
    }
  },
}

function add(
  state: Conditions,
  entry: Entry,
  components: readonly NodeId[],
  condition: Condition,
  since: string,
  incident: string | null,
  precautionary: boolean,
): void {
  state.revision = entry.number
  const record: ConditionRecord = {
    condition,
    since: parseInstant(since)!,
    order: entry.number,
    recordedAt: parseInstant(entry.recordedAt)!,
    incident,
    precautionary,
  }
  for (const component of components) {
    const records = state.records.get(component)
    if (records) put(records, record)
    else state.records.set(component, [record])
    state.changes.push({ component, since: record.since, recordedAt: record.recordedAt })
  }
}

/** No longer to begin: a restoration calls off what is planned. */
export function callOff(records: ConditionRecord[], now: Millis): void {
  if (plannedAt(records, now)) records.pop()
}

/**
 * One more. What was planned and has not begun still begins when it was to, whatever else is recorded of the component
 * meanwhile; only another isolation takes its place.
 */
export function put(records: ConditionRecord[], record: ConditionRecord): void {
  const plan = plannedAt(records, record.recordedAt)
  if (plan) records.pop()
  records.push(record)
  if (plan && record.condition !== 'isolated') records.push({ ...plan, order: record.order + 0.5 })
}

/** What is to begin after `now`, as far as it is known by then. */
export function plannedAt(records: readonly ConditionRecord[] | undefined, now: Millis): ConditionRecord | null {
  const last = records?.at(-1)
  return last && last.since > now ? last : null
}

/** The record in force at `at`: of those that had begun, the weightiest. */
export function inForce(records: readonly ConditionRecord[] | undefined, at: Millis): ConditionRecord | null {
  let found: ConditionRecord | null = null
  for (const record of records ?? []) if (record.since <= at && (!found || record.order >= found.order)) found = record
  return found
}
