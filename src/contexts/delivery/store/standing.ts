import type { Database } from '#platform/database'
import type { Failure, Reason, State } from '../core/life.ts'
import type { BatchFacts } from '../core/orders.ts'
import type { Channel } from '../outbox.ts'
import { MENDABLE, RETRIABLE, RETRIABLE_ALONE, UNSURE } from './carry-out.ts'

/** How many of a batch's messages stand how, on one channel. */
export interface BatchCount {
  readonly batch: string
  readonly channel: Channel
  readonly state: State
  readonly reason: Reason | null
  readonly count: number
  /** Of these: what another attempt could mend, and what may have arrived. */
  readonly mendable: number
  readonly unsure: number
  readonly queuedAt: Date
}

/** What has not arrived, or may not have: without its address. */
export interface DeadLetter {
  readonly delivery: string
  readonly batch: string
  readonly channel: Channel
  readonly state: State
  readonly reason: Reason | null
  readonly failure: Failure | null
  readonly answer: string | null
  readonly attempts: number
  /** Where it alone is named. */
  readonly retriable: boolean
  readonly at: Date
}

/** The last batches of an organisation, newest first; or one of them, however old. */
export function batchCounts(
  database: Database,
  organisation: string,
  batch: string | null,
  most: number,
): Promise<BatchCount[]> {
  return database.query(
    'delivery-counts',
    `with last as (
       select batch, max(queued_at) as at from delivery.content
       where organisation = $1 and ($2::text is null or batch = $2) group by batch order by at desc limit $3
     )
     select d.batch, d.channel, d.state, d.reason, count(*)::integer as count,
       (count(*) filter (where ${MENDABLE}))::integer as mendable, (count(*) filter (where ${UNSURE}))::integer as unsure,
       last.at as "queuedAt"
     from delivery.delivery d join last using (batch) where d.organisation = $1
     group by d.batch, d.channel, d.state, d.reason, last.at
     order by last.at desc, d.batch, d.channel, d.state`,
    [organisation, batch, most],
  )
}

export function deadLetters(
  database: Database,
  organisation: string,
  batch: string | null,
  most: number,
): Promise<DeadLetter[]> {
  return database.query(
    'delivery-dead-letters',
    `select delivery, batch, channel, state, reason, failure, answer, attempts, ${RETRIABLE_ALONE} as retriable,
       coalesce(ended_at, handed_at, queued_at) as at
     from delivery.delivery d
     where organisation = $1 and ($2::text is null or batch = $2)
       and (state in ('failed', 'unknown') or state = 'stopped' and reason = 'restored')
     order by coalesce(ended_at, handed_at, queued_at) desc limit $3`,
    [organisation, batch, most],
  )
}

export async function batchFacts(
  database: Database,
  organisation: string,
  input: { batch: string; delivery?: string; unknown?: boolean },
): Promise<BatchFacts> {
  const [row] = await database.query<BatchFacts>(
    'delivery-facts',
    `select exists (select from delivery.delivery where organisation = $1 and batch = $2) as known,
       (select count(*)::integer from delivery.delivery d where ${RETRIABLE}) as retriable`,
    [organisation, input.batch, input.delivery ?? null, input.unknown ?? false],
  )
  return row!
}

/** What waits or is being sent, by channel. */
export async function queueDepth(database: Database): Promise<Record<string, number>> {
  const rows = await database.query<{ channel: Channel; count: number }>(
    'delivery-depth',
    `select channel, count(*)::integer as count from delivery.delivery where state = 'waiting' group by channel`,
  )
  return Object.fromEntries(rows.map(({ channel, count }) => [channel, count]))
}

/** After a restore: what waited or was being sent when the backup was made may have been sent since. */
export async function holdBack(database: Database): Promise<number> {
  const rows = await database.query(
    'delivery-hold-back',
    `update delivery.delivery set state = 'stopped', reason = 'restored', lease = null, lease_until = null
     where state in ('waiting', 'sending') returning 1`,
  )
  return rows.length
}
