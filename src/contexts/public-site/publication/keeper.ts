import type { Log } from '#platform/log'
import { complete } from './document.ts'
import { type DocumentSet, EMPTY, type Publication, succeed } from './publication.ts'
import { waiters } from './waiters.ts'

/** A place beside this process's memory where publications go. */
export interface Place {
  /** `folder`, `bucket`: for the log and the metrics. */
  readonly name: string
  /** The publication is complete there, and what readers find, when this resolves. */
  write(publication: Publication): Promise<void>
  /** The newest revision that readers find there; 0 where there is none or it cannot be asked. */
  newest?(): Promise<number>
}

export interface PlaceState {
  readonly name: string
  /** The last revision that is complete there; 0 for none. */
  readonly revision: number
  /** Real milliseconds that readers there have been waiting for the newest revision; 0 where they have it. */
  readonly behind: number
}

const FIRST_RETRY = 500
const LAST_RETRY = 30_000
const AT_ONCE = 4

/** Completes each publication and takes it to its places; one that is overtaken meanwhile is skipped. Nobody waits for it to serve. */
export function createKeeper(places: readonly Place[], log: Log, completed: (set: DocumentSet) => void) {
  const known = new WeakMap<DocumentSet, DocumentSet>()
  const keepers = places.map((place) => keep(place))
  let latest: Publication = EMPTY
  let completing: Promise<void> | null = null

  async function completeAll(): Promise<void> {
    for (let last: Publication | null = null; last !== latest; ) {
      last = latest
      const sets: DocumentSet[] = []
      for (const set of last.sets.values()) sets.push(await completeSet(set))
      const whole = succeed(EMPTY, sets)
      for (const keeper of keepers) keeper.take(whole)
    }
  }

  async function completeSet(set: DocumentSet): Promise<DocumentSet> {
    const made = known.get(set)
    if (made) return made
    const documents = []
    for (let at = 0; at < set.documents.length; at += AT_ONCE)
      documents.push(...(await Promise.all(set.documents.slice(at, at + AT_ONCE).map(complete))))
    const whole = { ...set, documents }
    known.set(set, whole)
    known.set(whole, whole)
    completed(whole)
    return whole
  }

  function keep(place: Place) {
    let next: Publication = EMPTY
    let written: Publication = EMPTY
    let waitingSince = 0
    let failures = 0
    let stopped = false
    let retry: (() => void) | null = null
    let writing: Promise<void> | null = null
    const tried = waiters()

    async function write(): Promise<void> {
      while (written !== next && !stopped) {
        const publication = next
        try {
          await place.write(publication)
          written = publication
          if (failures > 0)
            log.info({ event: 'publication-written-again', place: place.name, revision: written.revision })
          failures = 0
          if (written === next) waitingSince = 0
        } catch (error) {
          failures++
          const { revision } = publication
          const behind = Math.round(performance.now() - waitingSince)
          log.error({ event: 'publication-not-written', place: place.name, revision, behind, failures, error })
        }
        tried.release()
        if (failures > 0 && !stopped) await pause(Math.min(LAST_RETRY, FIRST_RETRY * 2 ** (failures - 1)))
      }
    }

    async function pause(millis: number): Promise<void> {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, millis * (0.5 + Math.random() / 2))
        timer.unref()
        retry = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      retry = null
    }

    return {
      take(publication: Publication): void {
        if (written === next) waitingSince = performance.now()
        next = publication
        writing ??= write().finally(() => {
          writing = null
        })
      },
      found(publication: Publication): void {
        next = publication
        written = publication
      },
      /** Resolves when it has got there, or has been tried in vain. */
      async kept(revision: number): Promise<void> {
        while (writing !== null && written.revision < revision && failures === 0) await tried.wait()
      },
      async stop(): Promise<void> {
        stopped = true
        retry?.()
        while (writing !== null) await writing
      },
      state: (): PlaceState => ({
        name: place.name,
        revision: written.revision,
        behind: written === next ? 0 : Math.round(performance.now() - waitingSince),
      }),
    }
  }

  return {
    keep(publication: Publication): void {
      latest = publication
      completing ??= completeAll()
        .catch((error: unknown) => log.error({ event: 'publication-not-completed', error }))
        .finally(() => {
          completing = null
        })
    },
    /** It is in the first place already. */
    found(publication: Publication): void {
      latest = publication
      for (const set of publication.sets.values()) known.set(set, set)
      keepers[0]?.found(publication)
      for (const keeper of keepers.slice(1)) keeper.take(publication)
    },
    async kept(revision: number): Promise<void> {
      while (completing !== null) await completing
      for (const keeper of keepers) await keeper.kept(revision)
    },
    async idle(): Promise<void> {
      while (completing !== null) await completing
      for (const keeper of keepers) await keeper.stop()
    },
    states: () => keepers.map((keeper) => keeper.state()),
  }
}
