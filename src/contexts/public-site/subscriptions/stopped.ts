import type { Millis } from '#kernel'
import type { Tx } from '#platform/database'
import type { SubscriberKeys } from './keys.ts'

/** An address at one organisation, or (null) wherever it was subscribed in its world. */
export interface Stopped {
  readonly organisation: string | null
  /** Of world, channel and address. */
  readonly hash: Buffer
}

const whatOf = (keys: SubscriberKeys, { organisation, hash }: Stopped) =>
  keys.hash('stopped', `${organisation ?? ''}\0${hash.toString('hex')}`)

/** Kept for good: an export may be found years later. */
export async function markStopped(tx: Tx, keys: SubscriberKeys, all: readonly Stopped[], now: Millis): Promise<void> {
  await tx.query(
    'subscription-stopped',
    `insert into public_site.subscription_stopped (what, at) select what, $2 from unnest($1::bytea[]) as one (what)
     on conflict (what) do update set at = greatest(subscription_stopped.at, excluded.at)`,
    [all.map((one) => whatOf(keys, one)), new Date(now)],
  )
}

/** Has it stopped since it was subscribed at `since`? Whoever subscribes again after stopping has a later time. */
export async function hasStopped(
  tx: Tx,
  keys: SubscriberKeys,
  { organisation, hash }: Stopped,
  since: Date,
): Promise<boolean> {
  const either = [organisation, null].map((one) => whatOf(keys, { organisation: one, hash }))
  const found = await tx.query(
    'subscription-has-stopped',
    'select 1 from public_site.subscription_stopped where what = any ($1) and at >= $2',
    [either, since],
  )
  return found.length > 0
}
