import type { Database } from '#platform/database'
import { leaseRanOut, type Policy } from '../core/life.ts'
import type { Changes } from '../store/changes.ts'
import { COLUMNS, type DeliveryRow } from '../store/rows.ts'

/** What nobody has sent by then is not news any more. */
const TOO_LATE = '3 days'
/** For so long what has failed can be tried again; then its address is forgotten. */
const FORGOTTEN = '30 days'

/** Puts right what nobody else does: what a dead process had in hand, what came too late, what is not needed any more. */
export async function sweep(options: {
  database: Database
  changes: Changes
  policyOf(row: DeliveryRow): Policy
  stopped: readonly (readonly [organisation: string, batch: string])[]
}): Promise<void> {
  const { database, changes, policyOf, stopped } = options
  const left = await database.query<DeliveryRow>(
    'delivery-leases',
    `select ${COLUMNS} from delivery.delivery d
     where lease is not null and lease_until <= clock_timestamp() and state = 'sending' limit 500`,
  )
  await Promise.all(left.map((row) => changes.one(row.delivery, (life, now) => leaseRanOut(life, policyOf(row), now))))
  await database.query(
    'delivery-too-late',
    `with late as (
       select delivery from delivery.delivery
       where state = 'waiting' and queued_at < clock_timestamp() - interval '${TOO_LATE}'
         and (lease is null or lease_until <= clock_timestamp())
       order by delivery limit 5000 for update skip locked
     )
     update delivery.delivery d set state = 'failed', failure = 'temporary', reason = 'too-late', lease = null,
       lease_until = null, ended_at = clock_timestamp()
     from late where d.delivery = late.delivery`,
  )
  if (stopped.length > 0) await stopWaiting(database, stopped)
}

/** What was queued while its batch was being stopped. */
async function stopWaiting(database: Database, stopped: readonly (readonly [string, string])[]): Promise<void> {
  await database.query(
    'delivery-stop-waiting',
    `with waiting as (
       select delivery from delivery.delivery
       where state = 'waiting' and (organisation, batch) in (select * from unnest($1::text[], $2::text[]))
       order by delivery limit 5000 for update skip locked
     )
     update delivery.delivery d set state = 'stopped', reason = 'stopped', lease = null, lease_until = null
     from waiting where d.delivery = waiting.delivery`,
    [stopped.map(([organisation]) => organisation), stopped.map(([, batch]) => batch)],
  )
}

/** Addresses and words that nothing can be done with any more. */
export async function forget(database: Database): Promise<void> {
  await database.query(
    'delivery-forget',
    `update delivery.delivery set sealed = null
     where sealed is not null and ended_at < clock_timestamp() - interval '${FORGOTTEN}'`,
  )
  await database.query(
    'delivery-forget-words',
    `update delivery.content c set sealed = null
     where sealed is not null and queued_at < clock_timestamp() - interval '1 day'
       and not exists (select from delivery.delivery d where d.content = c.content and d.sealed is not null)`,
  )
}
