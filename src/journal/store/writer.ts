import type { Clocks, Entry, EventDeclaration, JsonObject } from '#kernel'
import type { Database, Tx } from '#platform/database'
import type { AppendRequest, AppendResult } from '../append-request.ts'
import { APPEND, appendValues } from './append-statement.ts'
import { compileGroup, type Group, type Head } from './group.ts'
import { holdHeads, readHeads } from './heads.ts'
import type { Notices } from './notices.ts'
import { createQueue, type Waiting } from './queue.ts'
import { createStreamVersions } from './stream-versions.ts'

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

/**
 * The one writer of entries in a process. Appends go in groups: one statement, one fsync. `delivered` is awaited before an append is acknowledged, so that whoever appended reads its own.
 */
export function createWriter(options: {
  database: Database
  clocks: Clocks
  declarations: ReadonlyMap<string, EventDeclaration>
  notices: Notices
  delivered: (entries: readonly Entry[]) => void | Promise<void>
}): Writer {
  const { database, clocks, declarations, notices, delivered } = options
  const heads = new Map<string, Head>()
  const versions = createStreamVersions()
  /** What we believe of the journals: nobody else has appended while their heads have not moved. */
  const forget = () => {
    heads.clear()
    versions.clear()
  }
  const queue = createQueue()
  const idlers: (() => void)[] = []
  let due = false

  /** After whoever has just been answered has had its turn: what it appends next may still come along. */
  function depart(): void {
    if (due) return
    due = true
    setImmediate(() => {
      due = false
      for (let group = queue.take(); group; group = queue.take()) void fly(group)
    })
  }

  async function fly(group: Waiting[]): Promise<void> {
    try {
      await write(group)
    } catch (error) {
      for (const one of group) one.fail(error)
      forget()
    }
    queue.landed(group)
    if (queue.isEmpty()) for (const idler of idlers.splice(0)) idler()
    else depart()
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
    if (!group) return null
    const notice = group.leaves.length > 0 ? notices.of(group.heads) : null
    return { group, rows: await tx.query<Row>('journal-append', APPEND, appendValues(group, careful, notice)) }
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
        queue.add({ request, settle: settleOne, fail: failOne })
        depart()
      }),
    idle: async () => {
      while (!queue.isEmpty()) await new Promise<void>((resolve) => idlers.push(resolve))
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
