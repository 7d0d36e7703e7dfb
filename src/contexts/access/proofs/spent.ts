import type { Millis } from '#kernel'
import type { Database } from '#platform/database'

/** Notes that a challenge or code has served. False where it had served before, in whatever process. */
export async function spend(
  database: Pick<Database, 'query'>,
  what: string,
  until: Millis,
  now: Millis,
): Promise<boolean> {
  const text = 'insert into access.spent (what, until) values ($1, $2) on conflict do nothing returning 1'
  const first = await database.query('access-spend', text, [what, new Date(until)])
  if (first.length > 0)
    await database.query('access-spent-prune', 'delete from access.spent where until < $1', [new Date(now)])
  return first.length > 0
}
