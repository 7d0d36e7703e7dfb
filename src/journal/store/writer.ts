import type { Clocks, Entry, EventDeclaration, JsonObject } from '#kernel'
import type { Database } from '#platform/database'
import type { AppendRequest, AppendResult } from '../append-request.ts'
import { APPEND, appendValues } from './append-statement.ts'
import { compileGroup, type Group, type Head } from './group.ts'
import { readHeads } from './heads.ts'

const GROUP_EVENTS = 500
/** A head moves under us only when another process appends; ten times in a row means that we do not understand why. */
const ATTEMPTS = 10

export interface Writer {
  append(request: AppendRequest): Promise<AppendResult>
  /** Waits until nothing is being written. */
  idle(): Promise<void>
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
  let waiting: Waiting[] = []
  let running: Promise<void> | null = null

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const group = takeGroup()
      try {
        await write(group)
      } catch (error) {
        for (const one of group) one.fail(error)
        heads.clear()
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
    for (let attempt = 0; open.length > 0; attempt++) {
      if (attempt === ATTEMPTS) throw new Error('the journal heads keep moving under the writer')
      await knowHeads(open)
      const group = compile(open)
      if (!group) {
        open = open.filter((one) => !failed.has(one))
        continue
      }
      const rows = await database.query<{ verdict: string; item: number; detail: string }>(
        'journal-append',
        APPEND,
        appendValues(group),
      )
      const verdict = rows[0]?.verdict
      if (verdict === 'appended') return settle(open, group)
      if (verdict === 'moved') heads.clear()
      else open = refuse(open, group, rows)
    }
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

  async function knowHeads(open: Waiting[]): Promise<void> {
    const unknown = new Set(open.map((one) => one.request.organisation).filter((name) => !heads.has(name)))
    if (unknown.size > 0) for (const [name, head] of await readHeads(database, [...unknown])) heads.set(name, head)
  }

  async function settle(open: Waiting[], group: Group): Promise<void> {
    for (const [organisation, { head }] of group.heads) heads.set(organisation, head)
    const entries = group.leaves.map((leaf) => leaf.entry)
    if (entries.length > 0) await delivered(entries)
    for (const [item, one] of open.entries()) {
      const overtaken = group.overtaken.get(item)
      if (overtaken !== undefined) one.settle({ kind: 'conflict', version: overtaken })
      else one.settle({ kind: 'appended', entries: group.items[item]!.entries })
    }
  }

  /** Answers those that the database names and gives back the rest to be tried again. */
  function refuse(open: Waiting[], group: Group, rows: { verdict: string; item: number; detail: string }[]): Waiting[] {
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
