import { foldModel, type Model, type Models } from '#journal'
import type { Entry, Event } from '#kernel'
import { INCIDENT_EVENTS, type IncidentEvent } from '../core/events.ts'

export type IncidentEntry = Entry<Event & IncidentEvent> & IncidentEvent

/** Everything that was recorded in this room, in order: the timeline, and what any past moment is folded from. */
export const log: Model<IncidentEntry[]> = {
  name: 'incident.log',
  types: INCIDENT_EVENTS.map((declared) => declared.type),
  initial: () => [],
  apply: (entries, entry) => void entries.push(entry as IncidentEntry),
}

export interface Moment {
  /** What had happened by then. */
  readonly at: number
  /** What had been recorded by then; absent: all that is known today. */
  readonly knownAt?: number
}

export function entriesAt(models: Models, organisation: string, moment: Moment): IncidentEntry[] {
  return models
    .of(log, organisation)
    .filter(
      (entry) =>
        Date.parse(entry.occurredAt) <= moment.at &&
        (moment.knownAt === undefined || Date.parse(entry.recordedAt) <= moment.knownAt),
    )
}

/** Another model of this room as it stood at a moment. */
export function modelAt<State>(models: Models, model: Model<State>, organisation: string, moment: Moment): State {
  return foldModel(model, organisation, entriesAt(models, organisation, moment))
}
