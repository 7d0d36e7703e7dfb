import type { Millis } from '#kernel'
import type { Database, Tx } from '#platform/database'
import type { Life } from '../core/life.ts'
import { COLUMNS, type DeliveryRow, lifeOf } from './rows.ts'

/** What happens to one delivery; null where nothing changes. */
export type Happening = (life: Life, now: Millis, row: DeliveryRow) => Life | null

/** Locks these deliveries, in one order for everybody, and writes what has become of each. Answers which have changed. */
export async function change(
  database: Database,
  happenings: ReadonlyMap<string, Happening>,
  now: Date | null = null,
): Promise<Map<string, Life>> {
  return database.transaction(async (tx) => {
    const rows = await tx.query<DeliveryRow & { now: Date }>(
      'delivery-lock',
      `select ${COLUMNS}, coalesce($2, clock_timestamp()) as now from delivery.delivery d
       where delivery = any ($1::uuid[]) order by delivery for update`,
      [[...happenings.keys()], now],
    )
    const changed = new Map<string, Life>()
    for (const row of rows) {
      const next = happenings.get(row.delivery)!(lifeOf(row), row.now.getTime(), row)
      if (next) changed.set(row.delivery, next)
    }
    if (changed.size > 0) await write(tx, changed)
    return changed
  })
}

async function write(tx: Tx, changed: ReadonlyMap<string, Life>): Promise<void> {
  const lives = [...changed.values()]
  const date = (millis: Millis | null) => (millis === null ? null : new Date(millis).toISOString())
  await tx.query(
    'delivery-write',
    `update delivery.delivery d set
       state = n.state, reason = n.reason, failure = n.failure, attempts = n.attempts, due_at = n.due_at, lease = n.lease,
       lease_until = n.lease_until, handed_at = n.handed_at, provider = n.provider, provider_id = n.provider_id,
       answer = n.answer, look_at = n.look_at, looks = n.looks, ended_at = n.ended_at,
       sealed = case when n.state = 'delivered' or n.state = 'sent' and n.ended_at is not null then null else d.sealed end
     from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::integer[], $6::timestamptz[], $7::uuid[],
       $8::timestamptz[], $9::timestamptz[], $10::text[], $11::text[], $12::text[], $13::timestamptz[], $14::integer[],
       $15::timestamptz[]) as n (delivery, state, reason, failure, attempts, due_at, lease, lease_until, handed_at, provider,
       provider_id, answer, look_at, looks, ended_at)
     where d.delivery = n.delivery`,
    [
      [...changed.keys()],
      lives.map(({ state }) => state),
      lives.map(({ reason }) => reason),
      lives.map(({ failure }) => failure),
      lives.map(({ attempts }) => attempts),
      lives.map(({ dueAt }) => date(dueAt)),
      lives.map(({ lease }) => lease),
      lives.map(({ leaseUntil }) => date(leaseUntil)),
      lives.map(({ handedAt }) => date(handedAt)),
      lives.map(({ provider }) => provider),
      lives.map(({ providerId }) => providerId),
      lives.map(({ answer }) => answer),
      lives.map(({ lookAt }) => date(lookAt)),
      lives.map(({ looks }) => looks),
      lives.map(({ endedAt }) => date(endedAt)),
    ],
  )
}
