import type { Actor, Entry, Instant } from '#kernel'
import type { Tx } from '#platform/database'

interface Row {
  readonly leaf: string
  readonly sealed: Record<string, unknown> | null
}

interface Leaf {
  organisation: string
  number: number
  stream: string
  version: number
  type: string
  v: number
  occurredAt: Instant
  reportedAt: Instant | null
  recordedAt: Instant
  actor: Actor
  command: string | null
  data: Record<string, unknown>
  sealed: Record<string, string>
}

const COLUMNS = `e.leaf, (
  select json_object_agg(s.field, s.value::json) from journal.sealed s
  where s.organisation = e.organisation and s.number = e.number
) as sealed`

export interface EntryRange {
  readonly organisation: string
  /** Entries with a number greater than this. */
  readonly after: number
  readonly limit: number
}

/** Entries in order, with their sealed words put back where those have not been erased. */
export async function readEntries(database: Tx, { organisation, after, limit }: EntryRange): Promise<Entry[]> {
  const rows = await database.query<Row>(
    'journal-read',
    `select ${COLUMNS} from journal.entries e
     where e.organisation = $1 and e.number > $2 order by e.number limit $3`,
    [organisation, after, limit],
  )
  return rows.map(toEntry)
}

export async function readStream(database: Tx, organisation: string, stream: string): Promise<Entry[]> {
  const rows = await database.query<Row>(
    'journal-read-stream',
    `select ${COLUMNS} from journal.entries e
     where e.organisation = $1 and e.stream = $2 order by e.version`,
    [organisation, stream],
  )
  return rows.map(toEntry)
}

export function toEntry(row: { leaf: string; sealed: Record<string, unknown> | null }): Entry {
  const { sealed, data, ...leaf } = JSON.parse(row.leaf) as Leaf
  const erased: string[] = []
  for (const field of Object.keys(sealed))
    if (row.sealed && Object.hasOwn(row.sealed, field)) data[field] = row.sealed[field]
    else erased.push(field)
  return { ...leaf, data, erased }
}
