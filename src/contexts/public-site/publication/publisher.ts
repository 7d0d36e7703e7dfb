import { type Clock, type Millis, NEVER, systemClock } from '#kernel'
import type { Log } from '#platform/log'
import { type Document, encode, type Rendered } from './document.ts'
import { type Due, type OutlookOptions, outlook } from './outlook.ts'
import { type DocumentSet, EMPTY, type Publication, succeed } from './publication.ts'
import { NOT_FOUND } from './render.ts'
import { revisions } from './revisions.ts'
import { openStore } from './store.ts'

export interface PublisherOptions extends Omit<OutlookOptions, 'speed'> {
  /** Where publications are kept; point a web server at its `current`. */
  readonly directory: string
  /** The address that people see, such as https://status.example.org. */
  readonly url: string
  readonly log: Log
  /** How fast the organisation's clock runs; 1 unless it lives in an exercise. */
  speed?(organisation: string): number
  /** Real milliseconds after which an unchanged page is confirmed anew; 10 minutes. */
  readonly refreshEvery?: Millis
  /** The real clock, for HTTP dates and refreshing. */
  readonly clock?: Clock
}

export interface Publisher {
  /** By exact path, without the query string. */
  find(path: string): Document | null
  /** The page for addresses that are not there; null before the first publication. */
  notFound(): Document | null
  revision(): number
  /** Something was recorded for these organisations. Answers at once; renders soon, whatever else it touched as well. */
  changed(organisations: readonly string[]): void
  /** Resolves when all that was recorded before is served, and on disk if the disk takes it. */
  flush(): Promise<void>
  /** Serves the last publication from disk; false where there is none. Needs neither models nor database. */
  loadLast(): Promise<boolean>
  close(): Promise<void>
}

const TEN_MINUTES = 600_000
/** A page counts as confirmed for three refreshes, so that two may fail before it says that it may be out of date. */
const CONFIRMED = 3
const AT_ONCE = 8
const LONGEST_TIMER = 2 ** 31 - 1

export function createPublisher(options: PublisherOptions): Publisher {
  const { directory, log, clock = systemClock, refreshEvery = TEN_MINUTES } = options
  const url = options.url.replace(/\/+$/, '')
  const sources: OutlookOptions = { ...options, speed: (organisation) => options.speed?.(organisation) ?? 1 }
  const store = openStore(directory)
  const numbers = revisions(store, log)
  const failed = new Map<string, { truth: string; at: Millis }>()
  let publication: Publication = EMPTY
  let written: Publication = EMPTY
  let dirty = false
  let closed = false
  let rendering: Promise<void> | null = null
  let writing: Promise<void> | null = null
  let timer: NodeJS.Timeout | undefined
  const onTrue = waiters()
  const onWritten = waiters()

  function wake(): void {
    dirty = true
    rendering ??= turn().finally(() => {
      rendering = null
      if (dirty && !closed) wake()
      else onTrue.release()
    })
  }

  async function turn(): Promise<void> {
    // A burst of records is one rendering.
    await new Promise(setImmediate)
    try {
      while (!closed) {
        dirty = false
        const { due, changesIn } = outlook(sources)
        const { untrue, next } = choose(due)
        if (!untrue && !dirty) onTrue.release()
        const gone = [...publication.sets.keys()].filter((name) => !due.some((one) => one.name === name))
        if (next.length > 0 || gone.length > 0) await publish(next, gone)
        else if (!dirty) return schedule(changesIn)
      }
    } catch (error) {
      log.error({ event: 'publication-failed', error })
      schedule(NEVER)
    }
  }

  /** All whose truth has changed, to be swapped together; else one that must be confirmed anew, so that a change never waits for many. */
  function choose(due: readonly Due[]): { untrue: boolean; next: Due[] } {
    const now = clock.now()
    const isOld = (at: Millis) => now - at >= refreshEvery || now < at
    const untrue = due.filter(({ name, truth }) => {
      const attempt = failed.get(name)
      if (attempt?.truth === truth && !isOld(attempt.at)) return false
      return publication.sets.get(name)?.truth !== truth
    })
    if (untrue.length > 0) return { untrue: true, next: untrue }
    const old = due.find(({ name }) => {
      const set = publication.sets.get(name)
      return set && isOld(set.renderedAt) && !(failed.has(name) && !isOld(failed.get(name)!.at))
    })
    return { untrue: false, next: old ? [old] : [] }
  }

  async function publish(due: readonly Due[], gone: readonly string[]): Promise<void> {
    const revision = await numbers.next()
    const renderedAt = clock.now()
    const sets: DocumentSet[] = []
    for (const one of due) {
      if (closed) return
      try {
        const confirmedUntil = one.at + CONFIRMED * refreshEvery * one.speed
        const documents = await encodeAll(
          one.render({ revision, madeAt: one.at, confirmedUntil, url }),
          revision,
          renderedAt,
        )
        sets.push({ name: one.name, revision, renderedAt, truth: one.truth, documents })
        failed.delete(one.name)
      } catch (error) {
        failed.set(one.name, { truth: one.truth, at: renderedAt })
        log.error({ event: 'page-rendering-failed', organisation: one.name, error })
      }
    }
    if (sets.length === 0 && gone.length === 0) return
    publication = succeed(publication, sets, gone)
    log.debug({ event: 'published', revision, sets: sets.length, milliseconds: clock.now() - renderedAt })
    writing ??= keep().finally(() => {
      writing = null
    })
  }

  async function keep(): Promise<void> {
    while (written !== publication) {
      const latest = publication
      try {
        await store.write(latest)
      } catch (error) {
        log.error({ event: 'publication-not-written', revision: latest.revision, error })
      }
      written = latest
      onWritten.release()
    }
  }

  function schedule(changesIn: Millis): void {
    if (closed) return
    clearTimeout(timer)
    const oldest = Math.min(...[...publication.sets.values()].map((set) => set.renderedAt))
    const refreshIn = Number.isFinite(oldest) ? oldest + refreshEvery - clock.now() : refreshEvery
    timer = setTimeout(wake, Math.min(LONGEST_TIMER, Math.max(20, Math.ceil(Math.min(changesIn, refreshIn)))))
    timer.unref()
  }

  return {
    find: (path) => publication.byPath.get(path) ?? null,
    notFound: () => publication.sets.get('')?.documents.find(({ file }) => file === NOT_FOUND) ?? null,
    revision: () => publication.revision,
    changed(organisations) {
      if (organisations.length > 0 && !closed) wake()
    },
    async flush() {
      if (rendering !== null) await onTrue.wait()
      const { revision } = publication
      while (writing !== null && written.revision < revision) await onWritten.wait()
    },
    async loadLast() {
      const last = await store.load()
      if (!last || publication !== EMPTY) return false
      publication = last
      written = last
      numbers.above(last.revision)
      return true
    },
    async close() {
      closed = true
      clearTimeout(timer)
      while (rendering || writing) await (rendering ?? writing)
    },
  }
}

function waiters() {
  let waiting: (() => void)[] = []
  return {
    wait: () => new Promise<void>((resolve) => waiting.push(resolve)),
    release() {
      const ready = waiting
      waiting = []
      for (const resolve of ready) resolve()
    },
  }
}

async function encodeAll(rendered: Iterable<Rendered>, revision: number, renderedAt: Millis): Promise<Document[]> {
  const lastModified = new Date(renderedAt).toUTCString()
  const documents: Document[] = []
  let batch: Promise<Document>[] = []
  for (const one of rendered) {
    batch.push(encode(one, revision, lastModified))
    if (batch.length < AT_ONCE) continue
    documents.push(...(await Promise.all(batch)))
    batch = []
  }
  documents.push(...(await Promise.all(batch)))
  return documents
}
