import type { Database } from '#platform/database'
import type { Carrier } from '../channels/channel.ts'
import { notSeen, type Policy, seen } from '../core/life.ts'
import type { Changes } from '../store/changes.ts'
import { takeTokens } from '../store/claim.ts'
import { COLUMNS, type DeliveryRow } from '../store/rows.ts'

const AT_ONCE = 10

/**
 * Asks the provider after everything whose answer was lost or whose receipt never came, as fast as its rate allows.
 * Answers how many were asked after.
 */
export async function lookUpWhatIsDue(options: {
  database: Database
  changes: Changes
  carrier: Carrier
  policyOf(row: DeliveryRow): Policy
}): Promise<number> {
  const { database, changes, carrier, policyOf } = options
  const { provider, rate } = carrier
  const { lookUp } = carrier
  if (!lookUp || !(await anyDue(database, provider))) return 0
  const most = await takeTokens(database, { provider, rate, most: AT_ONCE })
  const rows = most > 0 ? await due(database, provider, most) : []
  await Promise.all(
    rows.map(async (row) => {
      const what = await lookUp(row.delivery).catch(() => null)
      await changes.one(row.delivery, (life, now) => (what ? seen(life, what, policyOf(row), now) : notSeen(life, now)))
    }),
  )
  return rows.length
}

async function anyDue(database: Database, provider: string): Promise<boolean> {
  const rows = await database.query(
    'delivery-any-look',
    `select from delivery.delivery where look_at <= clock_timestamp() and provider = $1 and ended_at is null limit 1`,
    [provider],
  )
  return rows.length > 0
}

/** Moves them on by two minutes: whoever takes them and dies loses nothing. */
function due(database: Database, provider: string, most: number): Promise<DeliveryRow[]> {
  return database.query(
    'delivery-look',
    `with picked as (
       select delivery from delivery.delivery
       where look_at <= clock_timestamp() and provider = $1 and ended_at is null
       order by look_at limit $2 for update skip locked
     )
     update delivery.delivery d set look_at = clock_timestamp() + interval '2 minutes'
     from picked where d.delivery = picked.delivery returning ${COLUMNS}`,
    [provider, most],
  )
}
