import type { Tx } from '#platform/database'
import { CompactRange } from '../core/index.ts'
import type { Head } from './group.ts'

/** The heads of these organisations; one that has no journal yet stands at 0. */
export async function readHeads(database: Tx, organisations: readonly string[]): Promise<Map<string, Head>> {
  const rows = await database.query<{ organisation: string; size: string; frontier: Buffer; recorded: string | null }>(
    'journal-heads',
    `select organisation, size, frontier,
       case when size > 0 then (extract(epoch from recorded_at) * 1000)::bigint end as recorded
     from journal.heads where organisation = any ($1)`,
    [organisations],
  )
  const heads = new Map<string, Head>()
  for (const name of organisations) heads.set(name, { size: 0, range: CompactRange.empty(), recordedAt: 0 })
  for (const { organisation, size, frontier, recorded } of rows)
    heads.set(organisation, {
      size: Number(size),
      range: CompactRange.deserialise(Number(size), frontier),
      recordedAt: Number(recorded ?? 0),
    })
  return heads
}

/** How far each journal reaches. */
export async function readSizes(database: Tx): Promise<Map<string, number>> {
  const rows = await database.query<{ organisation: string; size: string }>(
    'journal-sizes',
    'select organisation, size from journal.heads where size > 0 order by organisation',
  )
  return new Map(rows.map((row) => [row.organisation, Number(row.size)]))
}

/** The heads of these organisations, which nobody else can move before the transaction ends. */
export async function holdHeads(tx: Tx, organisations: readonly string[]): Promise<Map<string, Head>> {
  const names = [...organisations].sort()
  await tx.query(
    'journal-hold-new-heads',
    `insert into journal.heads (organisation, size, frontier, recorded_at)
     select o, 0, ''::bytea, '-infinity'::timestamptz from unnest($1::text[]) as x (o) order by o on conflict do nothing`,
    [names],
  )
  await tx.query(
    'journal-hold-heads',
    'select from journal.heads where organisation = any ($1) order by organisation for update',
    [names],
  )
  return readHeads(tx, names)
}
