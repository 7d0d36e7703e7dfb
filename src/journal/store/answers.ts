import type { JsonObject } from '#kernel'
import type { Tx } from '#platform/database'

export async function readAnswer(
  database: Tx,
  organisation: string,
  id: string,
): Promise<{ digest: string; numbers: number[]; answer: JsonObject } | null> {
  const rows = await database.query<{ digest: string; first: string; count: number; answer: string }>(
    'journal-answer',
    `select encode(digest, 'hex') as digest, first, count, answer from journal.commands
     where organisation = $1 and id = $2`,
    [organisation, id],
  )
  const row = rows[0]
  if (!row) return null
  return {
    digest: row.digest,
    numbers: Array.from({ length: row.count }, (_, position) => Number(row.first) + position),
    answer: JSON.parse(row.answer) as JsonObject,
  }
}
