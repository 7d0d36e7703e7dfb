import type { Clocks, Entry, EventDeclaration, JsonObject } from '#kernel'
import type { Database, Log } from '#platform/database'
import type { AppendRequest, AppendResult } from './append-request.ts'
import { parseTilePath } from './core/index.ts'
import { createFeed, type Subscriber } from './live/feed.ts'
import { loadJournals } from './live/load.ts'
import { type AnyModel, createModels, foldModel, type Model, type Models } from './live/models.ts'
import { readAnswer } from './store/answers.ts'
import { type Checkpoints, createCheckpoints } from './store/checkpoints.ts'
import { createErase, ERASED, type Erase, finishErasures, withoutErased } from './store/erase.ts'
import { type Evidence, readEvidence } from './store/evidence.ts'
import { exportJournal } from './store/export.ts'
import { openInstallation } from './store/installation.ts'
import { createNotices } from './store/notices.ts'
import { type EntryRange, readEntries, readStream } from './store/read.ts'
import { hasTile, tileReader } from './store/tiles.ts'
import { type Verified, verifyJournal } from './store/verify.ts'
import { createWriter } from './store/writer.ts'

export interface Journal {
  append(request: AppendRequest): Promise<AppendResult>
  readEntries(range: EntryRange): Promise<Entry[]>
  readStream(organisation: string, stream: string): Promise<Entry[]>
  /** What the command with this id was answered, if it has been done. */
  answerOf(organisation: string, id: string): Promise<{ digest: string; numbers: number[]; answer: JsonObject } | null>
  /** Hears entries after the models have taken them in, before the append that made them is acknowledged. */
  subscribe(subscriber: Subscriber): () => void
  /** Takes in what other processes have appended. */
  catchUp(organisation?: string): Promise<void>
  readonly models: Models
  /** Resolves when the models hold nothing of what has been erased. */
  settled(): Promise<void>
  /** The model as it stood when only entries that `until` accepts were known. */
  replay<State>(model: Model<State>, organisation: string, until: (entry: Entry) => boolean): Promise<State>
  readonly erase: Erase
  /** The fields of an event type that hold words, and can be erased. */
  sealedFields(type: string): readonly string[]
  readonly checkpoints: Checkpoints
  /** That one entry stands in the journal, for whoever wants to check it; null where there is no such entry. */
  evidence(organisation: string, number: number): Promise<Evidence | null>
  /** The bytes of a C2SP tile (`tile/0/000`) of an organisation's log; null where it has no such tile. */
  tile(organisation: string, path: string): Promise<Buffer | null>
  verify(organisation: string): Promise<Verified>
  /** Fills an empty folder with what `verifier/` checks. */
  exportTo(organisation: string, directory: string): Promise<{ entries: number; checkpoint: string }>
  close(): Promise<void>
}

export interface JournalOptions {
  readonly database: Database
  readonly clocks: Clocks
  /** Where the signing key lives, in `keys/`. */
  readonly dataDirectory: string
  readonly declarations: readonly EventDeclaration[]
  readonly models: readonly AnyModel[]
  readonly log: Log
  readonly progress?: (read: number, all: number) => void
}

/** Reads and checks every journal, then keeps the models up to date. Throws JournalDamaged where one is not whole. */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  const { database, clocks, log } = options
  const declarations = new Map([...options.declarations, ERASED].map((declared) => [declared.type, declared]))
  const models = createModels(options.models, (model, error) =>
    log({ level: 'error', msg: 'a model could not take in an entry', model, detail: error.message }),
  )
  const notices = createNotices()
  const feed = createFeed(database, { notices, log })
  const subscribers = new Set<Subscriber>()
  const refolding = new Set<Promise<void>>()
  const writer = createWriter({ database, clocks, declarations, notices, delivered: feed.deliver })

  const checkpoints = createCheckpoints(database, await openInstallation(database, options.dataDirectory))
  await finishErasures(database)
  const sizes = await loadJournals(database, models.apply, options.progress)
  feed.subscribe((entries) => {
    models.apply(entries)
    for (const subscriber of subscribers)
      try {
        subscriber(entries)
      } catch (error) {
        log({ level: 'error', msg: 'a subscriber failed', detail: (error as Error).message })
      }
    const forgetful = entries.find((entry) => entry.type === ERASED.type)
    if (!forgetful) return
    const gone: Promise<void> = refold(forgetful.organisation)
      .catch((error: Error) =>
        log({ level: 'error', msg: 'erased words could not be dropped from memory', detail: error.message }),
      )
      .finally(() => refolding.delete(gone))
    refolding.add(gone)
  })
  await feed.start(sizes)

  /** Erased words must go from memory too, whether or not their rows are gone yet. */
  async function refold(organisation: string): Promise<void> {
    let entries = await readAll(organisation)
    while (entries.length < feed.position(organisation)) entries = await readAll(organisation)
    models.forget(organisation)
    // What was committed but not yet heard will be heard: taken in now, it would count twice.
    models.apply(withoutErased(entries).slice(0, feed.position(organisation)))
  }

  async function readAll(organisation: string): Promise<Entry[]> {
    const entries: Entry[] = []
    for (;;) {
      const batch = await readEntries(database, { organisation, after: entries.length, limit: 5000 })
      entries.push(...batch)
      if (batch.length < 5000) return entries
    }
  }

  const append = (request: AppendRequest) => writer.append(request)
  return {
    append,
    readEntries: (range) => readEntries(database, range),
    readStream: (organisation, stream) => readStream(database, organisation, stream),
    answerOf: (organisation, id) => readAnswer(database, organisation, id),
    subscribe(subscriber) {
      subscribers.add(subscriber)
      return () => subscribers.delete(subscriber)
    },
    catchUp: feed.catchUp,
    models,
    async settled() {
      while (refolding.size > 0) await Promise.all(refolding)
    },
    replay: async (model, organisation, until) =>
      foldModel(model, organisation, (await readAll(organisation)).filter(until)),
    erase: createErase(database, append),
    sealedFields: (type) => declarations.get(type)?.sealed ?? [],
    checkpoints,
    async tile(organisation, path) {
      const tile = parseTilePath(path)
      const size = feed.position(organisation)
      return tile && hasTile(size, tile) ? tileReader(database, organisation)(tile) : null
    },
    evidence: (organisation, number) => readEvidence(database, checkpoints, organisation, number),
    verify: (organisation) => verifyJournal(database, checkpoints, organisation),
    exportTo: (organisation, directory) => exportJournal(database, checkpoints, organisation, directory),
    async close() {
      await writer.idle()
      await feed.stop()
    },
  }
}
