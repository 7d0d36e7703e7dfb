import type { Log } from '#platform/log'
import type { Application } from './application.ts'

const PAUSE = 1000

/** Signs a checkpoint of every journal that has grown, at most once a second each. Returns how to stop. */
export function signInBackground({ journal }: Application, log: Log): () => void {
  const grown = new Set<string>()
  let timer: NodeJS.Timeout | null = null
  async function sign(): Promise<void> {
    const names = [...grown]
    grown.clear()
    for (const organisation of names) await journal.checkpoints.sign(organisation)
  }
  const unsubscribe = journal.subscribe((entries) => {
    for (const { organisation } of entries) grown.add(organisation)
    timer ??= setTimeout(() => {
      timer = null
      sign().catch((error: unknown) => log.warn({ event: 'checkpoint-not-signed', error }))
    }, PAUSE)
    timer.unref()
  })
  return () => {
    unsubscribe()
    if (timer) clearTimeout(timer)
  }
}
