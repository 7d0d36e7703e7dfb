import type { Millis } from '#kernel'
import type { Tx } from '#platform/database'

interface Limit {
  readonly most: number
  readonly within: Millis
}

const HOUR: Millis = 3_600_000
const DAY: Millis = 24 * HOUR
/** Otherwise anybody could bombard anybody with requests to confirm. */
export const TO_ONE_RECIPIENT: readonly Limit[] = [
  { most: 3, within: HOUR },
  { most: 6, within: DAY },
]
/** Thousands of phones may share one address of their network: each of them may still ask. */
export const FROM_ONE_ADDRESS: readonly Limit[] = [
  { most: 120, within: HOUR },
  { most: 600, within: DAY },
]

/**
 * One at a time, so that tries side by side cannot slip through together; those that are refused do not count, or anybody could
 * keep somebody else waiting for ever. In the database: neither a restart nor a second process gives more.
 */
export async function mayTry(tx: Tx, what: Buffer, limits: readonly Limit[], now: Millis): Promise<boolean> {
  await tx.query('subscription-try-alone', 'select pg_advisory_xact_lock($1)', [what.readInt32BE(0)])
  const counts = await tx.query<{ at: Date }>(
    'subscription-tries',
    'select at from public_site.subscription_attempt where what = $1 order by at desc limit 1000',
    [what],
  )
  for (const { most, within } of limits)
    if (counts.filter(({ at }) => at.getTime() > now - within).length >= most) return false
  await tx.query('subscription-try', 'insert into public_site.subscription_attempt (what, at) values ($1, $2)', [
    what,
    new Date(now),
  ])
  return true
}

export async function forgetOldTries(tx: Tx, now: Millis): Promise<void> {
  await tx.query('subscription-tries-prune', 'delete from public_site.subscription_attempt where at < $1', [
    new Date(now - DAY),
  ])
}
