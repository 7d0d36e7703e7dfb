import type { Outcome } from '#contexts/delivery'
import type { Millis } from '#kernel'
import type { Database } from '#platform/database'
import type { Subscribers } from './subscribers.ts'

const IN_A_ROW = 5
const OVER: Millis = 3 * 86_400_000
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** An address that will never work ends its subscription at once; one that does not for days, in the end. */
export function hearOutcome(database: Database, subscribers: Pick<Subscribers, 'end'>) {
  return async ({ person, state, failure, at }: Outcome): Promise<void> => {
    // Others queue messages too, to people of theirs.
    if (!UUID.test(person)) return
    if (failure === 'permanent') return subscribers.end(person)
    if (state === 'sent' || state === 'delivered')
      return void (await database.query(
        'subscription-works',
        'update public_site.subscription set failures = 0, failing_since = null where subscription = $1 and failures > 0',
        [person],
      ))
    if (failure !== 'temporary') return
    const [row] = await database.query<{ failures: number; failing_since: Date }>(
      'subscription-fails',
      `update public_site.subscription set failures = failures + 1, failing_since = coalesce(failing_since, $2)
       where subscription = $1 returning failures, failing_since`,
      [person, at],
    )
    if (row && row.failures >= IN_A_ROW && at.getTime() - row.failing_since.getTime() >= OVER)
      await subscribers.end(person)
  }
}
