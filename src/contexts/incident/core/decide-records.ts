import { type Instant, instant, type Millis, parseInstant } from '#kernel'
import { type IncidentDecision, notOpen, utc } from './decide.ts'
import type { Option } from './events.ts'
import { refuse } from './refusals.ts'
import type { IncidentState } from './state.ts'

export interface RecordDecision {
  readonly incident: string
  readonly title: string
  readonly decision: string
  readonly rationale: string
  readonly options?: readonly Option[]
  readonly authority?: string
}

export function recordDecision(state: IncidentState, input: RecordDecision): IncidentDecision {
  const refused = notOpen(state, input.incident)
  if (refused) return refused
  const { incident, title, decision: chosen, rationale, options, authority } = input
  const decision = state.decisions + 1
  return [
    {
      type: 'incident.decision-recorded',
      v: 1,
      data: {
        incident,
        decision,
        title,
        chosen,
        rationale,
        ...(options ? { options } : {}),
        ...(authority ? { authority } : {}),
      },
    },
  ]
}

export function recordAssumption(
  state: IncidentState,
  input: { incident: string; assumption: string; reviewAt: Instant },
): IncidentDecision {
  const refused = notOpen(state, input.incident)
  if (refused) return refused
  const { incident, assumption: text, reviewAt } = input
  const assumption = state.assumptions.length + 1
  return [{ type: 'incident.assumption-recorded', v: 1, data: { incident, assumption, text, reviewAt: utc(reviewAt) } }]
}

export interface ReviewAssumption {
  readonly incident: string
  readonly assumption: number
  readonly holds: boolean
  readonly note: string
  readonly reviewAt?: Instant
}

export function reviewAssumption(state: IncidentState, input: ReviewAssumption): IncidentDecision {
  const refused = notOpen(state, input.incident)
  if (refused) return refused
  const known = state.assumptions[input.assumption - 1]
  if (!known)
    return refuse('unknown-assumption', `This incident has ${state.assumptions.length}, numbered from 1.`, [
      { pointer: '/assumption', detail: 'is not the number of an assumption of this incident' },
    ])
  const { incident, assumption, holds, note } = input
  const reviewAt = input.reviewAt ? utc(input.reviewAt) : null
  return [{ type: 'incident.assumption-reviewed', v: 1, data: { incident, assumption, holds, note, reviewAt } }]
}

export interface IssueSitrep {
  readonly incident: string
  readonly known: string
  readonly notKnown: string
  readonly doing: string
  readonly advice?: string
  readonly nextUpdateAt?: Instant
}

export function issueSitrep(
  state: IncidentState,
  input: IssueSitrep,
  counts: { stopped: number; degraded: number; normal: number },
  now: Millis,
): IncidentDecision {
  const refused = notOpen(state, input.incident)
  if (refused) return refused
  if (input.nextUpdateAt && parseInstant(input.nextUpdateAt)! <= now)
    return refuse('times-out-of-order', `The next update must be due after now (${instant(now)}).`, [
      { pointer: '/nextUpdateAt', detail: 'is not in the future' },
    ])
  const { incident, known, notKnown, doing, advice } = input
  return [
    {
      type: 'incident.sitrep-issued',
      v: 1,
      data: {
        incident,
        sitrep: state.sitreps + 1,
        counts,
        nextUpdateAt: input.nextUpdateAt ? utc(input.nextUpdateAt) : null,
        known,
        notKnown,
        doing,
        ...(advice ? { advice } : {}),
      },
    },
  ]
}
