import type { Entry } from '#kernel'
import type { Database, Log } from '#platform/database'
import { readSizes } from '../store/heads.ts'
import type { Notices } from '../store/notices.ts'
import { readEntries } from '../store/read.ts'

const BATCH = 2000
const BREATH = 5

/** Hears every entry of every journal once, in its journal's order. Must not throw. */
export type Subscriber = (entries: readonly Entry[]) => void

export interface Feed {
  /** Entries that this process has just appended. Resolves when every subscriber has heard them. */
  deliver(entries: readonly Entry[]): void | Promise<void>
  /** Reads what other processes appended, of one organisation or of all. */
  catchUp(organisation?: string): Promise<void>
  subscribe(subscriber: Subscriber): () => void
  /** The number of the last entry that subscribers have heard. */
  position(organisation: string): number
  organisations(): string[]
  start(position: ReadonlyMap<string, number>): Promise<void>
  stop(): Promise<void>
}

/**
 * Brings entries to the subscribers of this process, whoever appended them: straight from the writer when it was us,
 * by LISTEN when it was another process, and by polling should a notification be lost.
 */
export function createFeed(database: Database, options: { notices: Notices; pollEvery?: number; log?: Log }): Feed {
  const subscribers = new Set<Subscriber>()
  const positions = new Map<string, number>()
  const reading = new Map<string, Promise<void>>()
  let unlisten: (() => Promise<void>) | null = null
  let timer: NodeJS.Timeout | null = null
  let breath: NodeJS.Timeout | null = null
  let everything = false
  const told = new Set<string>()

  function hand(entries: readonly Entry[]): void {
    if (entries.length === 0) return
    for (const entry of entries) positions.set(entry.organisation, entry.number)
    for (const subscriber of subscribers) subscriber(entries)
  }

  /** True when each organisation's entries follow straight on what has been heard. */
  function follows(entries: readonly Entry[]): boolean {
    const next = new Map<string, number>()
    return entries.every((entry) => {
      const before = next.get(entry.organisation) ?? positions.get(entry.organisation) ?? 0
      next.set(entry.organisation, entry.number)
      return entry.number === before + 1
    })
  }

  async function readOn(organisation: string): Promise<void> {
    for (;;) {
      const after = positions.get(organisation) ?? 0
      const entries = await readEntries(database, { organisation, after, limit: BATCH })
      // While we read, the writer may have delivered some of these.
      const heard = positions.get(organisation) ?? 0
      hand(entries.filter((entry) => entry.number > heard))
      if (entries.length < BATCH) return
    }
  }

  function catchUpOne(organisation: string): Promise<void> {
    const after = reading.get(organisation) ?? Promise.resolve()
    const next = after.then(() => readOn(organisation))
    const kept = next
      .catch(() => {})
      .then(() => {
        if (reading.get(organisation) === kept) reading.delete(organisation)
      })
    reading.set(organisation, kept)
    return next
  }

  async function catchUpAll(): Promise<void> {
    for (const [organisation, size] of await readSizes(database))
      if (size > (positions.get(organisation) ?? 0)) await catchUpOne(organisation)
  }

  /** Our own notices come back to us as well: what they tell is delivered by the writer, or else found by polling. */
  function heard(payload: string): void {
    if (options.notices.isOwn(payload)) return
    for (const part of payload.split(',')) if (part !== '' && !part.startsWith('@')) told.add(part)
    if (payload === '') everything = true
    breath ??= setTimeout(() => {
      breath = null
      const behind = [...told].map((part) => part.split(' ') as [string, string])
      const all = everything
      told.clear()
      everything = false
      const names = behind.filter(([name, size]) => Number(size) > (positions.get(name) ?? 0)).map(([name]) => name)
      const work = all ? catchUpAll() : Promise.all([...new Set(names)].map(catchUpOne))
      work.catch((error: Error) =>
        options.log?.({ level: 'warn', msg: 'the journal feed is behind', detail: error.message }),
      )
    }, BREATH)
    breath.unref()
  }

  return {
    deliver(entries) {
      if (follows(entries)) return hand(entries)
      return Promise.all([...new Set(entries.map((entry) => entry.organisation))].map(catchUpOne)).then(() => {})
    },
    catchUp: (organisation) => (organisation === undefined ? catchUpAll() : catchUpOne(organisation)),
    subscribe(subscriber) {
      subscribers.add(subscriber)
      return () => subscribers.delete(subscriber)
    },
    position: (organisation) => positions.get(organisation) ?? 0,
    organisations: () => [...positions.keys()].sort(),
    async start(from) {
      for (const [organisation, number] of from) positions.set(organisation, number)
      unlisten = await database.listen('journal', heard, () => heard(''))
      await catchUpAll()
      timer = setInterval(() => heard(''), options.pollEvery ?? 2000)
      timer.unref()
    },
    async stop() {
      if (timer) clearInterval(timer)
      if (breath) clearTimeout(breath)
      await unlisten?.()
      await Promise.all(reading.values())
    },
  }
}
