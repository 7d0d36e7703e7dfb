import type { Clocks, Entry, EventDeclaration, JsonObject } from '#kernel'
import type { Database, Tx } from '#platform/database'
import type { AppendRequest, AppendResult } from '../append-request.ts'
import { APPEND, appendValues } from './append-statement.ts'
import { compileGroup, type Group, type Head } from './group.ts'
import { holdHeads, readHeads } from './heads.ts'
import { createStreamVersions } from './stream-versions.ts'

const GROUP_EVENTS = 500
const UNIQUE_VIOLATION = '23505'
/** How often a head may move under us before we hold it while we write. */
const PATIENCE = 2
/** A head moves under us only when another process appends; ten times in a row means that we do not understand why. */
const ATTEMPTS = 10

export interface Writer {
  append(request: AppendRequest): Promise<AppendResult>
  /** Waits until nothing is being written. */
  idle(): Promise<void>
}

interface Row {
  readonly verdict: string
  readonly item: number
  readonly detail: string
}

interface Waiting {
  readonly request: AppendRequest
  readonly settle: (result: AppendResult) => void
  readonly fail: (error: unknown) => void
}

/**
 * The one writer of entries in a process. Appends that wait while a group is being written form the next group: one
 * statement, one fsync. `delivered` is awaited before an append is acknowledged, so that whoever appended reads its own.
 */
export function createWriter(options: {
  database: Database
  clocks: Clocks
  declarations: ReadonlyMap<string, EventDeclaration>
  delivered: (entries: readonly Entry[]) => void | Promise<void>
}): Writer {
  const { database, clocks, declarations, delivered } = options
  const heads = new Map<string, Head>()
  const versions = createStreamVersions()
  /** What we believe of the journals: nobody else has appended while their heads have not moved. */
  const forget = () => {
    heads.clear()
    versions.clear()
  }
  let waiting: Waiting[] = []
  let running: Promise<void> | null = null

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const group = takeGroup()
      try {
        await write(group)
      } catch (error) {
        for (const one of group) one.fail(error)
        forget()
      }
    }
    running = null
  }

  /** As many as wait, up to 500 events; a command id only once, so that its repeat meets the first answer. */
  function takeGroup(): Waiting[] {
    const taken: Waiting[] = []
    const left: Waiting[] = []
    const ids = new Set<string>()
    let events = 0
    for (const one of waiting) {
      const id = one.request.command && `${one.request.organisation} ${one.request.command.id}`
      const full = taken.length > 0 && events + one.request.events.length > GROUP_EVENTS
      if (full || (id && ids.has(id))) {
        left.push(one)
        continue
      }
      if (id) ids.add(id)
      events += one.request.events.length
      taken.push(one)
    }
    waiting = left
    return taken
  }

  async function write(taken: Waiting[]): Promise<void> {
    let open = taken
    let moved = 0
    while (open.length > 0) {
      if (moved === ATTEMPTS) throw new Error('the journal heads keep moving under the writer')
      const tried = moved < PATIENCE ? await attemptBoldly(open) : await attemptHolding(open)
      if (!tried) {
        const left = open.filter((one) => !failed.has(one))
        if (left.length === open.length) throw new Error('appends that can each be written cannot be written together')
        open = left
        continue
      }
      const { group, rows } = tried
      const verdict = rows[0]?.verdict
      if (verdict === 'appended') return settle(open, group)
      if (verdict === 'moved') {
        forget()
        moved += 1
      } else open = refuse(open, group, rows)
    }
  }

  async function attempt(tx: Tx, open: Waiting[], careful: boolean): Promise<{ group: Group; rows: Row[] } | null> {
    await knowHeads(tx, open)
    const group = compile(open)
    return group && { group, rows: await tx.query<Row>('journal-append', APPEND, appendValues(group, careful)) }
  }

  /** Without looking at streams that we ourselves have brought to where they are; should a unique key break, with. */
  async function attemptBoldly(open: Waiting[]): ReturnType<typeof attempt> {
    const careful = !versions.follow(open.map((one) => one.request))
    try {
      return await attempt(database, open, careful)
    } catch (error) {
      if (careful || (error as { code?: string }).code !== UNIQUE_VIOLATION) throw error
      return attempt(database, open, true)
    }
  }

  /** Against processes that append without pause: whoever only looks and then writes would come too late every time. */
  function attemptHolding(open: Waiting[]): ReturnType<typeof attempt> {
    return database.transaction(async (tx) => {
      const names = [...new Set(open.map((one) => one.request.organisation))]
      for (const [name, head] of await holdHeads(tx, names)) heads.set(name, head)
      return attempt(tx, open, true)
    })
  }

  const failed = new WeakSet<Waiting>()

  /** A request that cannot be written fails alone; null says that there was one and the rest must be compiled again. */
  function compile(open: Waiting[]): Group | null {
    try {
      return compileGroup(
        open.map((one) => one.request),
        heads,
        declarations,
        clocks,
      )
    } catch (error) {
      if (open.length === 1) {
        fail(open[0]!, error)
        return null
      }
    }
    for (const one of open)
      try {
        compileGroup([one.request], heads, declarations, clocks)
      } catch (error) {
        fail(one, error)
      }
    return null
  }

  function fail(one: Waiting, error: unknown): void {
    failed.add(one)
    one.fail(error)
  }

  async function knowHeads(tx: Tx, open: Waiting[]): Promise<void> {
    const unknown = new Set(open.map((one) => one.request.organisation).filter((name) => !heads.has(name)))
    if (unknown.size > 0) for (const [name, head] of await readHeads(tx, [...unknown])) heads.set(name, head)
  }

  async function settle(open: Waiting[], group: Group): Promise<void> {
    for (const [organisation, { head }] of group.heads) heads.set(organisation, head)
    versions.note(group.leaves.map((leaf) => leaf.entry))
    const entries = group.leaves.map((leaf) => leaf.entry)
    try {
      if (entries.length > 0) await delivered(entries)
    } catch {
      // It is on disk whatever the models have heard so far: the feed reads on by itself.
    }
    for (const [item, one] of open.entries()) {
      const overtaken = group.overtaken.get(item)
      if (overtaken !== undefined) one.settle({ kind: 'conflict', version: overtaken })
      else one.settle({ kind: 'appended', entries: group.items[item]!.entries })
    }
  }

  /** Answers those that the database names and gives back the rest to be tried again. */
  function refuse(open: Waiting[], group: Group, rows: Row[]): Waiting[] {
    const answers = new Map<number, AppendResult>()
    for (const row of rows) {
      if (row.verdict === 'repeated') answers.set(row.item, repeated(row.detail))
      if (row.verdict === 'conflict') {
        const version = Number(row.detail)
        const { organisation, stream } = group.items[row.item]!.request
        for (const [item, { request }] of group.items.entries())
          if (request.organisation === organisation && request.stream === stream && request.expectedVersion !== version)
            answers.set(item, { kind: 'conflict', version })
      }
    }
    if (answers.size === 0) throw new Error(`journal.append answered ${JSON.stringify(rows)}`)
    for (const [item, answer] of answers) open[item]!.settle(answer)
    return open.filter((_, item) => !answers.has(item))
  }

  return {
    append: (request) =>
      new Promise((settleOne, failOne) => {
        waiting.push({ request, settle: settleOne, fail: failOne })
        running ??= Promise.resolve().then(run)
      }),
    idle: async () => {
      while (running !== null) await running
    },
  }
}

function repeated(detail: string): AppendResult {
  const [digest, first, count, ...answer] = detail.split(' ')
  return {
    kind: 'repeated',
    digest: digest!,
    numbers: Array.from({ length: Number(count) }, (_, position) => Number(first) + position),
    answer: JSON.parse(answer.join(' ')) as JsonObject,
  }
}
