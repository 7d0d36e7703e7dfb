import { type Clock, type Millis, systemClock } from '#kernel'
import { DatabaseUnavailable } from '#platform/database'
import type { Log } from '#platform/log'
import { choose } from './choose.ts'
import type { Issued } from './claim.ts'
import type { Document } from './document.ts'
import { encodeAll } from './encode.ts'
import { createKeeper, type Place, type PlaceState } from './keeper.ts'
import { type Due, type Outlook, type OutlookOptions, outlook } from './outlook.ts'
import { type DocumentSet, EMPTY, type Publication, succeed } from './publication.ts'
import type { RegisterDesk } from './register.ts'
import { NOT_FOUND } from './render.ts'
import { openStore } from './store.ts'
import { waiters } from './waiters.ts'

export interface PublisherOptions extends Omit<OutlookOptions, 'speed'> {
  /** Where publications are kept; point a web server at its `current`. */
  readonly directory: string
  /** The address that people see, such as https://status.example.org. */
  readonly url: string
  readonly log: Log
  /** The register of revisions; null while the database is not open yet. */
  register(): RegisterDesk | null
  /** Where else publications go. */
  readonly places?: readonly Place[]
  /** How fast the organisation's clock runs; 1 unless it lives in an exercise. */
  speed?(organisation: string): number
  /** Resolves when the models hold nothing that has been erased. */
  settled?(): Promise<void>
  /** Reads what other processes have recorded. */
  catchUp?(): Promise<void>
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
  /** How far the data directory and each other place is. */
  places(): readonly PlaceState[]
  /** Something was recorded for these organisations. Answers at once; renders soon, whatever else it touched as well. */
  changed(organisations: readonly string[]): void
  /** Another process has published: catch up with it. */
  heard(): void
  /** Resolves when all that was recorded before is served, and on disk if the disk takes it. */
  flush(): Promise<void>
  /** Serves the last publication from disk; false where there is none. Needs neither models nor database. */
  loadLast(): Promise<boolean>
  close(): Promise<void>
}

const TEN_MINUTES = 600_000
/** A page counts as confirmed for three refreshes, so that two may fail before it says that it may be out of date. */
const CONFIRMED = 3
const LONGEST_TIMER = 2 ** 31 - 1
const RETRY = 1000
const BREATH = 20

export function createPublisher(options: PublisherOptions): Publisher {
  const { directory, log, places = [], clock = systemClock, refreshEvery = TEN_MINUTES } = options
  const url = options.url.replace(/\/+$/, '')
  const sources: OutlookOptions = { ...options, speed: (organisation) => options.speed?.(organisation) ?? 1 }
  const store = openStore(directory)
  const keeper = createKeeper([{ name: 'directory', write: (next) => store.write(next) }, ...places], log, upgrade)
  const failed = new Map<string, { truth: string; at: Millis }>()
  /** When this process took up what it serves of each set, by its own clock: others' clocks may differ. */
  const takenAt = new Map<string, Millis>()
  let publication: Publication = EMPTY
  let elsewhere: number | null = null
  let dirty = false
  let waiting = false
  let closed = false
  let rendering: Promise<void> | null = null
  let timer: NodeJS.Timeout | undefined
  const onTrue = waiters()

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
        const register = options.register()
        if (!register) return
        await options.settled?.()
        const latest = await register.latest()
        waiting = false
        const view = outlook(sources, latest.looks)
        const { untrue, next } = choose({ due: view.due, publication, register: latest, isOld, failed: isFailed })
        if (!untrue && !dirty) onTrue.release()
        const gone = [...publication.sets.keys()].filter((name) => !view.due.some((one) => one.name === name))
        if (next.length > 0) await claim(register, view, next, gone)
        else if (gone.length > 0) await publish([], [], gone)
        else if (!dirty) return schedule(view.changesIn)
      }
    } catch (error) {
      // Without the register no revision can be told from another process's: the last publication stays until it is back.
      if (!(error instanceof DatabaseUnavailable)) log.error({ event: 'publication-failed', error })
      else if (!waiting) log.warn({ event: 'publication-waits', reason: error.message })
      waiting = true
      schedule(RETRY)
    }
  }

  const isOldAt = (at: Millis) => Math.abs(clock.now() - at) >= refreshEvery
  const isOld = (name: string) => isOldAt(takenAt.get(name) ?? Number.NEGATIVE_INFINITY)
  const isFailed = (name: string, truth: string) => {
    const attempt = failed.get(name)
    return attempt?.truth === truth && !isOldAt(attempt.at)
  }

  async function claim(register: RegisterDesk, view: Outlook, due: readonly Due[], gone: readonly string[]) {
    // A place may hold more than a register that was restored from a backup knows of.
    elsewhere ??= Math.max(0, ...(await Promise.all(places.map((place) => place.newest?.() ?? 0))))
    const known = elsewhere
    const wanted = due.map(({ name, world, truth, at, speed }) => {
      const confirmedUntil = Math.round(at + CONFIRMED * refreshEvery * speed)
      const served = Math.max(known, publication.sets.get(name)?.revision ?? 0)
      return { name, world, truth, madeAt: at, confirmedUntil, served }
    })
    const floor = Math.max(known, publication.revision)
    const { adopted, issued, behind } = await register.claim({ wanted, looks: view.looks, floor, now: clock.now() })
    await publish(due, [...adopted, ...issued], gone)
    if (behind.length === 0) return
    await options.catchUp?.()
    await new Promise((resolve) => setTimeout(resolve, BREATH))
  }

  async function publish(due: readonly Due[], issues: readonly Issued[], gone: readonly string[]): Promise<void> {
    const began = performance.now()
    const sets: DocumentSet[] = []
    for (const { name, revision, truth, madeAt, confirmedUntil, renderedAt } of issues) {
      if (closed) return
      const one = due.find((other) => other.name === name)!
      try {
        const rendered = one.render({ revision, madeAt, confirmedUntil, url })
        const documents = await encodeAll(rendered, revision, renderedAt)
        sets.push({ name, revision, renderedAt, truth, documents })
        failed.delete(name)
        takenAt.set(name, clock.now())
      } catch (error) {
        failed.set(name, { truth, at: clock.now() })
        log.error({ event: 'page-rendering-failed', organisation: name, error })
      }
    }
    if (sets.length === 0 && gone.length === 0) return
    publication = succeed(publication, sets, gone)
    const milliseconds = Math.round(performance.now() - began)
    log.debug({ event: 'published', revision: publication.revision, sets: sets.length, milliseconds })
    keeper.keep(publication)
  }

  /** The same set with its brotli: not a word has changed, and no reader sees another revision. */
  function upgrade(set: DocumentSet): void {
    if (publication.sets.get(set.name)?.revision === set.revision) publication = succeed(publication, [set])
  }

  function schedule(changesIn: Millis): void {
    if (closed) return
    clearTimeout(timer)
    const oldest = Math.min(...[...publication.sets.keys()].map((name) => takenAt.get(name) ?? 0))
    const refreshIn = Number.isFinite(oldest) ? oldest + refreshEvery - clock.now() : refreshEvery
    timer = setTimeout(wake, Math.min(LONGEST_TIMER, Math.max(BREATH, Math.ceil(Math.min(changesIn, refreshIn)))))
    timer.unref()
  }

  return {
    find: (path) => publication.byPath.get(path) ?? null,
    notFound: () => publication.sets.get('')?.documents.find(({ file }) => file === NOT_FOUND) ?? null,
    revision: () => publication.revision,
    places: () => keeper.states(),
    changed(organisations) {
      if (organisations.length > 0 && !closed) wake()
    },
    heard() {
      if (!closed) wake()
    },
    async flush() {
      if (rendering !== null) await onTrue.wait()
      await keeper.kept(publication.revision)
    },
    async loadLast() {
      const last = await store.load()
      if (!last || publication !== EMPTY) return false
      publication = last
      keeper.found(last)
      for (const { name, renderedAt } of last.sets.values()) takenAt.set(name, Math.min(renderedAt, clock.now()))
      return true
    },
    async close() {
      closed = true
      clearTimeout(timer)
      while (rendering !== null) await rendering
      await keeper.idle()
    },
  }
}
