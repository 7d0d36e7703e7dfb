import type { Log } from '#platform/log'
import { EMPTY, type Publication } from './publication.ts'
import type { Store } from './store.ts'
import { waiters } from './waiters.ts'

/** Writes each publication where it is kept; one that is overtaken meanwhile is skipped. Nobody waits for it to serve. */
export function createKeeper(store: Pick<Store, 'write'>, log: Log) {
  let latest: Publication = EMPTY
  let written: Publication = EMPTY
  let writing: Promise<void> | null = null
  const onWritten = waiters()

  async function write(): Promise<void> {
    while (written !== latest) {
      const next = latest
      try {
        await store.write(next)
      } catch (error) {
        log.error({ event: 'publication-not-written', revision: next.revision, error })
      }
      written = next
      onWritten.release()
    }
  }

  return {
    keep(publication: Publication): void {
      latest = publication
      writing ??= write().finally(() => {
        writing = null
      })
    },
    /** It is there already. */
    found(publication: Publication): void {
      latest = publication
      written = publication
    },
    async kept(revision: number): Promise<void> {
      while (writing !== null && written.revision < revision) await onWritten.wait()
    },
    async idle(): Promise<void> {
      while (writing !== null) await writing
    },
  }
}
