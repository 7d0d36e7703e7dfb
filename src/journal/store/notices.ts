import { randomUUID } from 'node:crypto'
import type { Head } from './group.ts'

/** A payload of PostgreSQL's NOTIFY holds 8,000 bytes at most. */
const LONGEST = 7000

/** What processes tell each other when they have appended: `@writer,organisation size,organisation size`. */
export interface Notices {
  /** An empty one means: look at every head. */
  of(heads: ReadonlyMap<string, { readonly head: Head }>): string
  isOwn(notice: string): boolean
}

export function createNotices(): Notices {
  const own = `@${randomUUID()}`
  return {
    of(heads) {
      const parts = [own]
      for (const [organisation, { head }] of heads) parts.push(`${organisation} ${head.size}`)
      const notice = parts.join(',')
      return Buffer.byteLength(notice) > LONGEST ? '' : notice
    },
    isOwn: (notice) => notice.startsWith(own),
  }
}
