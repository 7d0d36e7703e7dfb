import type { NodeId } from '#contexts/estate'
import { type Decision, type Instant, instant, type Millis, parseInstant, type Refusal } from '#kernel'
import type { IncidentEvent, Methane } from './events.ts'
import { refuse } from './refusals.ts'
import type { IncidentState } from './state.ts'

export type IncidentDecision = Decision<IncidentEvent>

/** A refusal unless the incident is open. */
export function notOpen(state: IncidentState, incident: string): Refusal | null {
  if (state.status === 'none')
    return refuse(
      'unknown-incident',
      `${incident} is not an incident of this organisation. Look up its id in the situation.`,
    )
  if (state.status === 'stood-down')
    return refuse('incident-stood-down', 'Nothing more can be recorded in it. Declare a new incident if it is needed.')
  return null
}

/** A refusal where a time that must lie in the past does not. `pointer` names the field. */
export function inFuture(time: Instant | undefined, now: Millis, pointer: string): Refusal | null {
  if (time === undefined || parseInstant(time)! <= now) return null
  const detail = `is later than now (${instant(now)})`
  return refuse('time-in-the-future', `${pointer} ${detail}. Check the date, the time and the offset.`, [
    { pointer, detail },
  ])
}

/** RFC 3339 in any offset to UTC, so that the journal holds one form. */
export function utc(time: Instant): Instant {
  return instant(parseInstant(time)!)
}

export interface Declare {
  readonly title: string
  readonly summary: string
  readonly occurredAt?: Instant
  readonly reportedAt?: Instant
  readonly methane?: Methane
}

export function declare(state: IncidentState, input: Declare, id: string, now: Millis): IncidentDecision {
  if (state.status !== 'none') return []
  const future = inFuture(input.occurredAt, now, '/occurredAt') ?? inFuture(input.reportedAt, now, '/reportedAt')
  if (future) return future
  if (input.occurredAt && input.reportedAt && parseInstant(input.reportedAt)! < parseInstant(input.occurredAt)!)
    return refuse(
      'times-out-of-order',
      'It cannot have been reported before it happened. Check occurredAt and reportedAt.',
      [{ pointer: '/reportedAt', detail: 'is before occurredAt' }],
    )
  const { title, summary, methane, occurredAt, reportedAt } = input
  return [
    {
      type: 'incident.declared',
      v: 1,
      data: { incident: id, title, summary, ...(methane ? { methane } : {}) },
      ...(occurredAt ? { occurredAt: utc(occurredAt) } : {}),
      ...(reportedAt ? { reportedAt: utc(reportedAt) } : {}),
    },
  ]
}

export function updateMethane(state: IncidentState, input: { incident: string; methane: Methane }): IncidentDecision {
  const refused = notOpen(state, input.incident)
  return refused ?? [{ type: 'incident.methane-updated', v: 1, data: input }]
}

/** `isolated`: what this incident isolated and nobody has brought back since, in this incident or elsewhere. */
export function standDown(
  state: IncidentState,
  input: { incident: string; reason: string },
  isolated: ReadonlySet<NodeId> = state.isolated,
): IncidentDecision {
  if (state.status === 'stood-down') return []
  const refused = notOpen(state, input.incident)
  if (refused) return refused
  const { incident, reason } = input
  return [{ type: 'incident.stood-down', v: 1, data: { incident, stillIsolated: [...isolated].sort(), reason } }]
}
