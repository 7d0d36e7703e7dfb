import type { Entry } from '#kernel'
import type { Database } from '#platform/database'
import { CompactRange, leafHash } from '../core/index.ts'
import { readHeads, readSizes } from '../store/heads.ts'
import { toEntry } from '../store/read.ts'
import { createWordCheck } from './word-check.ts'

const BATCH = 5000

/** What is stored is not what was written. Holdfast stops rather than repair evidence in silence. */
export class JournalDamaged extends Error {
  constructor(organisation: string, found: string) {
    super(
      `The journal of ${organisation} is not whole: ${found}. Nothing was changed. ` +
        'Keep this data directory as evidence, restore the last backup into an empty one, and start from there.',
    )
    this.name = 'JournalDamaged'
  }
}

/** Reads every journal through `take`, in order, and checks each leaf and each root on the way. */
export async function loadJournals(
  database: Database,
  take: (entries: readonly Entry[]) => void,
  progress: (read: number, all: number) => void = () => {},
): Promise<Map<string, number>> {
  const sizes = await readSizes(database)
  const all = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  let read = 0
  for (const organisation of sizes.keys()) {
    const head = (await readHeads(database, [organisation])).get(organisation)!
    const range = CompactRange.empty()
    const words = createWordCheck(database, organisation)
    while (range.size < head.size) {
      const rows = await readBatch(database, organisation, range.size, Math.min(BATCH, head.size - range.size))
      const entries = rows.map((row) => check(organisation, row, range))
      words.hear(entries)
      take(entries)
      if (rows.length === 0)
        throw new JournalDamaged(organisation, `entry ${range.size + 1} of ${head.size} is missing`)
      read += rows.length
      progress(read, all)
    }
    if (!range.serialise().equals(head.range.serialise()))
      throw new JournalDamaged(organisation, `its ${head.size} entries do not give the root that was recorded`)
    const gone = await words.gone(head.size)
    if (gone) throw new JournalDamaged(organisation, `${gone} without an erasure`)
    sizes.set(organisation, head.size)
  }
  return sizes
}

interface Row {
  readonly number: string
  readonly leaf: string
  readonly hash: Buffer
  readonly sealed: Record<string, unknown> | null
}

/** Sealed rows come by one merge over the batch rather than a look-up an entry: ten times faster at start. */
function readBatch(database: Database, organisation: string, after: number, limit: number): Promise<Row[]> {
  return database.query<Row>(
    'journal-load',
    `select e.number, e.leaf, e.hash, s.sealed from journal.entries e
     left join (
       select number, json_object_agg(field, value::json) as sealed from journal.sealed
       where organisation = $1 and number > $2 and number <= $2 + $3 group by number
     ) s on s.number = e.number
     where e.organisation = $1 and e.number > $2 and e.number <= $2 + $3 order by e.number`,
    [organisation, after, limit],
  )
}

function check(organisation: string, row: Row, range: CompactRange): Entry {
  const expected = range.size + 1
  if (Number(row.number) !== expected) throw new JournalDamaged(organisation, `entry ${expected} is missing`)
  const hash = leafHash(row.leaf)
  if (!hash.equals(row.hash)) throw new JournalDamaged(organisation, `entry ${expected} does not match its hash`)
  range.push(hash, () => {})
  try {
    return toEntry(row)
  } catch {
    throw new JournalDamaged(organisation, `entry ${expected} cannot be read`)
  }
}
