import type { Failure, Life, Reason, State } from '../core/life.ts'
import type { Channel } from '../outbox.ts'

/** A delivery as the database keeps it. */
export interface DeliveryRow {
  readonly delivery: string
  readonly organisation: string
  readonly message: string
  readonly person: string
  readonly channel: Channel
  readonly batch: string
  readonly content: string
  readonly sealed: Buffer | null
  readonly state: State
  readonly reason: Reason | null
  readonly failure: Failure | null
  readonly attempts: number
  readonly due_at: Date
  readonly lease: string | null
  readonly lease_until: Date | null
  readonly handed_at: Date | null
  readonly provider: string | null
  readonly provider_id: string | null
  readonly answer: string | null
  readonly look_at: Date | null
  readonly looks: number
  readonly ended_at: Date | null
}

export const COLUMNS = `d.delivery, d.organisation, d.message, d.person, d.channel, d.batch, d.content, d.sealed, d.state,
  d.reason, d.failure, d.attempts, d.due_at, d.lease, d.lease_until, d.handed_at, d.provider, d.provider_id, d.answer,
  d.look_at, d.looks, d.ended_at`

export function lifeOf(row: DeliveryRow): Life {
  return {
    state: row.state,
    reason: row.reason,
    failure: row.failure,
    attempts: row.attempts,
    dueAt: row.due_at.getTime(),
    lease: row.lease,
    leaseUntil: row.lease_until?.getTime() ?? null,
    handedAt: row.handed_at?.getTime() ?? null,
    provider: row.provider,
    providerId: row.provider_id,
    answer: row.answer,
    lookAt: row.look_at?.getTime() ?? null,
    looks: row.looks,
    endedAt: row.ended_at?.getTime() ?? null,
    sealed: row.sealed !== null,
  }
}
