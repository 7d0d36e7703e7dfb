import type { Entry } from '#kernel'
import type { Database } from '#platform/database'
import { ERASED, type ErasedFields } from '../store/erase.ts'
import { readHeads } from '../store/heads.ts'
import { readEntries } from '../store/read.ts'

const BATCH = 1000

export interface WordCheck {
  hear(entries: readonly Entry[]): void
  /** Words that are not there although no entry says that they were erased; null where there are none. */
  gone(loaded: number): Promise<string | null>
}

/** Whether all words that are missing from a journal were erased by an entry, and not on the quiet. */
export function createWordCheck(database: Database, organisation: string): WordCheck {
  const missing = new Map<string, string>()
  const erased = new Set<string>()

  function hear(entries: readonly Entry[]): void {
    for (const { number, type, data, erased: fields } of entries) {
      for (const field of fields) missing.set(`${number} ${field}`, `${field} of entry ${number} is gone`)
      if (type === ERASED.type)
        for (const each of (data as { entries: ErasedFields[] }).entries)
          for (const field of each.fields) erased.add(`${each.number} ${field}`)
    }
  }

  const unexplained = () => [...missing].find(([key]) => !erased.has(key))?.[1] ?? null

  return {
    hear,
    async gone(loaded) {
      if (unexplained() === null) return null
      // Another process may have erased them since, and said so in an entry that was not yet there to be loaded.
      const size = (await readHeads(database, [organisation])).get(organisation)!.size
      for (let after = loaded; after < size; after += BATCH)
        hear(await readEntries(database, { organisation, after, limit: Math.min(BATCH, size - after) }))
      return unexplained()
    },
  }
}
