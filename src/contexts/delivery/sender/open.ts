import type { Database } from '#platform/database'
import type { Sealing } from '#platform/sealing'
import type { Outgoing } from '../channels/channel.ts'
import { fillIn, markExercise, type Words } from '../core/fill-in.ts'
import type { Answer } from '../core/life.ts'
import type { DeliveryRow } from '../store/rows.ts'

export type Opened = Outgoing

interface Kept {
  readonly words: Words
  readonly exercise: boolean
}

const MOST_KEPT = 50

/** Opens what was sealed. Contents are kept for a while: the same words go to thousands. */
export function createOpener(database: Database, sealing: Sealing, exercises: boolean) {
  const kept = new Map<string, Kept>()

  async function contentOf(id: string): Promise<Kept | null> {
    const known = kept.get(id)
    if (known) return known
    const [row] = await database.query<{ sealed: Buffer | null; exercise: boolean }>(
      'delivery-words',
      'select sealed, exercise from delivery.content where content = $1',
      [id],
    )
    const plain = row?.sealed && sealing.open(row.sealed, id)
    if (!plain) return null
    const one = { words: JSON.parse(plain) as Words, exercise: row.exercise }
    if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value!)
    kept.set(id, one)
    return one
  }

  return async (row: DeliveryRow): Promise<Opened | Answer> => {
    const content = await contentOf(row.content)
    const plain = row.sealed && sealing.open(row.sealed, row.delivery)
    if (!content || !plain) return { kind: 'refused', answer: 'not-readable', failure: 'temporary' }
    if (content.exercise && !exercises) return { kind: 'refused', answer: 'exercise', failure: 'temporary' }
    const [address, fields] = JSON.parse(plain) as [string, Record<string, string>]
    const words = fillIn(content.words, fields)
    return {
      reference: row.delivery,
      organisation: row.organisation,
      message: row.message,
      address,
      words: content.exercise ? markExercise(words) : words,
    }
  }
}
