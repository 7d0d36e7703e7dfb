import type { Millis } from '#kernel'
import type { Database } from '#platform/database'

interface Limit {
  readonly most: number
  readonly within: Millis
}

/** With 3 of 1,000,000 codes right at a time, 20 tries a day find one in 45 years of trying on average. */
const OF_A_PERSON: readonly Limit[] = [
  { most: 5, within: 15 * 60_000 },
  { most: 20, within: 24 * 3_600_000 },
]
/** A council's whole staff may come from one address: only failures count. */
const OF_AN_ADDRESS: readonly Limit[] = [{ most: 60, within: 15 * 60_000 }]
const LONGEST: Millis = 24 * 3_600_000

/**
 * Counts a try before it is judged, so that tries side by side cannot slip through together. False: too many already.
 * The count is in the database: neither a restart nor a second process gives more.
 */
export async function mayTry(
  database: Pick<Database, 'query'>,
  who: { readonly person: string; readonly address: string },
  now: Millis,
): Promise<boolean> {
  const asked: [string, readonly Limit[]][] = [
    [`person ${who.person}`, OF_A_PERSON],
    [`address ${who.address}`, OF_AN_ADDRESS],
  ]
  let may = true
  for (const [what, limits] of asked) {
    await database.query('access-try', 'insert into access.attempt (what, at) values ($1, $2)', [what, new Date(now)])
    for (const { most, within } of limits) {
      const text = 'select count(*)::int as tries from access.attempt where what = $1 and at > $2'
      const [row] = await database.query<{ tries: number }>('access-tries', text, [what, new Date(now - within)])
      if (row!.tries > most) may = false
    }
  }
  await database.query('access-tries-prune', 'delete from access.attempt where at < $1', [new Date(now - LONGEST)])
  return may
}

/** After the right code: the person starts anew, and the address is not blamed for this try. */
export async function forgive(
  database: Pick<Database, 'query'>,
  who: { readonly person: string; readonly address: string },
): Promise<void> {
  await database.query('access-forgive-person', 'delete from access.attempt where what = $1', [`person ${who.person}`])
  await database.query(
    'access-forgive-address',
    `delete from access.attempt where ctid = (
       select ctid from access.attempt where what = $1 order by at desc limit 1)`,
    [`address ${who.address}`],
  )
}
