import type { Condition, NodeId } from '#contexts/estate'
import type { Model } from '#journal'
import { type Entry, type Event, type Millis, parseInstant } from '#kernel'
import type { IncidentEvent } from '../core/events.ts'

export interface ConditionRecord {
  readonly condition: Condition
  readonly since: Millis
  /** Journal number: a later record outweighs an earlier one from its `since` on. */
  readonly order: number
  readonly recordedAt: Millis
  readonly incident: string | null
  readonly precautionary: boolean
}

export interface Conditions {
  readonly records: Map<NodeId, ConditionRecord[]>
  /** The journal number of the last change. */
  revision: number
  /** Components in the order of their changes, so that whoever evaluates need look only at those since its last visit. */
  readonly changes: NodeId[]
}

/** What has been recorded of each component, in the order of recording? */
export const conditions: Model<Conditions> = {
  name: 'incident.conditions',
  types: ['incident.condition-recorded', 'incident.components-isolated', 'incident.components-restored'],
  initial: () => ({ records: new Map(), revision: 0, changes: [] }),
  apply(state, entry) {
    const event = entry as Event as IncidentEvent
    switch (event.type) {
      case 'incident.condition-recorded':
        return add(
          state,
          entry,
          [event.data.component],
          event.data.condition,
          event.data.since,
          event.data.incident,
          false,
        )
      case 'incident.components-isolated': {
        const { components, since, incident, precautionary } = event.data
        return add(state, entry, components, 'isolated', since, incident, precautionary)
      }
      case 'incident.components-restored':
        return add(state, entry, event.data.components, 'operational', event.data.at, event.data.incident, false)
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
    if (records) records.push(record)
    else state.records.set(component, [record])
    state.changes.push(component)
  }
}

/** The record in force at `at`: of those that had begun, the one recorded last. */
export function inForce(records: readonly ConditionRecord[] | undefined, at: Millis): ConditionRecord | null {
  let found: ConditionRecord | null = null
  for (const record of records ?? []) if (record.since <= at && (!found || record.order >= found.order)) found = record
  return found
}
