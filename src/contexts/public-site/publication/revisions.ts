import type { Log } from '#platform/log'
import { RESERVED, type Store } from './store.ts'

/** One count for all formats of all organisations. Numbers are reserved on disk in blocks before use, so a crash repeats none. */
export function revisions(store: Pick<Store, 'reserve'>, log: Log) {
  let last = 0
  let ceiling = 0
  return {
    above(revision: number): void {
      last = Math.max(last, revision)
    },
    async next(): Promise<number> {
      if (last >= ceiling)
        try {
          last = Math.max(last, await store.reserve(last))
          ceiling = last + RESERVED
        } catch (error) {
          // A full disk must not keep the truth from being served.
          log.error({ event: 'revision-not-reserved', error })
        }
      last += 1
      return last
    },
  }
}
