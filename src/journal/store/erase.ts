import type { Actor, Entry, EventDeclaration } from '#kernel'
import type { Database } from '#platform/database'
import type { AppendRequest, AppendResult } from '../append-request.ts'

export const ERASED: EventDeclaration = { type: 'journal.erased', v: 1, sealed: ['reason'] }

export interface ErasedFields {
  readonly number: number
  readonly fields: readonly string[]
}

/**
 * Forgets sealed fields of entries for good. The entry that says so comes first, so that a verifier can tell erasure
 * from a deletion on the quiet; the proofs still hold, for the leaves carry only digests. Returns how many fields went.
 */
export type Erase = (request: {
  organisation: string
  entries: readonly ErasedFields[]
  reason: string
  actor: Actor
}) => Promise<{ number: number; erased: number }>

export function createErase(database: Database, append: (request: AppendRequest) => Promise<AppendResult>): Erase {
  return async ({ organisation, entries, reason, actor }) => {
    const stream = 'journal/erasures'
    for (;;) {
      const [row] = await database.query<{ version: number }>(
        'journal-stream-version',
        `select coalesce(max(version), 0) as version from journal.entries where organisation = $1 and stream = $2`,
        [organisation, stream],
      )
      const result = await append({
        organisation,
        stream,
        expectedVersion: row!.version,
        events: [{ type: ERASED.type, v: ERASED.v, data: { entries, reason } }],
        actor,
      })
      if (result.kind !== 'appended') continue
      const gone = await database.query<{ field: string }>(
        'journal-erase',
        `delete from journal.sealed s using unnest($2::bigint[], $3::text[]) as x (number, field)
         where s.organisation = $1 and s.number = x.number and s.field = x.field returning s.field`,
        [
          organisation,
          entries.flatMap(({ number, fields }) => fields.map(() => number)),
          entries.flatMap(({ fields }) => fields),
        ],
      )
      return { number: result.entries[0]!.number, erased: gone.length }
    }
  }
}

/** Erases what an erasure entry promises but a crash left behind. */
export async function finishErasures(database: Database): Promise<void> {
  await database.query(
    'journal-finish-erasures',
    `delete from journal.sealed s using (
       select e.organisation, (one->>'number')::bigint as number, jsonb_array_elements_text(one->'fields') as field
       from journal.entries e, jsonb_array_elements(e.leaf::jsonb->'data'->'entries') as one
       where e.type = $1
     ) x where s.organisation = x.organisation and s.number = x.number and s.field = x.field`,
    [ERASED.type],
  )
}

/** Entries as they are to be known once their own journal's erasures are heeded. */
export function withoutErased(entries: readonly Entry[]): Entry[] {
  const gone = new Map<number, Set<string>>()
  for (const entry of entries)
    if (entry.type === ERASED.type)
      for (const { number, fields } of (entry.data as { entries: ErasedFields[] }).entries)
        gone.set(number, new Set([...(gone.get(number) ?? []), ...fields]))
  return entries.map((entry) => {
    const fields = gone.get(entry.number)
    if (!fields) return entry
    const kept = Object.entries(entry.data as object).filter(([field]) => !fields.has(field))
    return { ...entry, data: Object.fromEntries(kept), erased: [...new Set([...entry.erased, ...fields])] }
  })
}
