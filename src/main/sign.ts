import type { Log } from '#platform/log'
import type { Application } from './application.ts'

const PAUSE = 1000

/**
 * Signs a checkpoint of every journal that has grown, at most once a second each; first of all of them, for a crash may
 * have come before the last signature. Returns how to stop.
 */
export function signInBackground({ journal }: Application, log: Log): () => void {
  const grown = new Set<string>(journal.models.organisations())
  let stopped = false
  let timer: NodeJS.Timeout | null = null
  async function sign(): Promise<void> {
    for (const organisation of [...grown]) {
      grown.delete(organisation)
      try {
        await journal.checkpoints.sign(organisation)
      } catch (error) {
        grown.add(organisation)
        throw error
      }
    }
  }
  function soon(): void {
    timer ??= setTimeout(() => {
      timer = null
      sign().catch((error: unknown) => {
        log.warn({ event: 'checkpoint-not-signed', error })
        if (!stopped) soon()
      })
    }, PAUSE)
    timer.unref()
  }
  const unsubscribe = journal.subscribe((entries) => {
    for (const { organisation } of entries) grown.add(organisation)
    soon()
  })
  soon()
  return () => {
    stopped = true
    unsubscribe()
    if (timer) clearTimeout(timer)
  }
}
