import { randomBytes } from 'node:crypto'
import {
  type Clocks,
  type Entry,
  type EventDeclaration,
  type Instant,
  instant,
  type Millis,
  parseInstant,
} from '#kernel'
import type { AppendRequest } from '../append-request.ts'
import { type CompactRange, leafHash, leafOf, seal } from '../core/index.ts'

export interface Head {
  readonly size: number
  readonly range: CompactRange
  readonly recordedAt: Millis
}

interface SealedRow {
  readonly number: number
  readonly organisation: string
  readonly field: string
  readonly salt: Buffer
  readonly value: string
}

export interface NodeRow {
  readonly organisation: string
  readonly level: number
  readonly index: number
  readonly hash: Buffer
}

/** One group of appends, worked out and ready to be written in one statement. */
export interface Group {
  readonly heads: Map<string, { expected: number; head: Head }>
  readonly items: { request: AppendRequest; first: number; entries: Entry[] }[]
  readonly leaves: { entry: Entry; recordedAt: Millis; text: string; hash: Buffer }[]
  readonly sealed: SealedRow[]
  readonly nodes: NodeRow[]
  /** Streams with the version that the first request of the group expects. */
  readonly streams: Map<string, { item: number; organisation: string; stream: string; expected: number }>
  /** Items that cannot hold because an earlier one of the group moved their stream. */
  readonly overtaken: Map<number, number>
}

const SALT_BYTES = 32

export function compileGroup(
  requests: readonly AppendRequest[],
  heads: ReadonlyMap<string, Head>,
  declarations: ReadonlyMap<string, EventDeclaration>,
  clocks: Clocks,
): Group {
  const group: Group = {
    heads: new Map(),
    items: [],
    leaves: [],
    sealed: [],
    nodes: [],
    streams: new Map(),
    overtaken: new Map(),
  }
  const versions = new Map<string, number>()
  const written = writtenOnce()
  for (const [item, request] of requests.entries()) {
    const { organisation, stream } = request
    const key = `${organisation} ${stream}`
    const running = versions.get(key)
    if (running === undefined) {
      group.streams.set(key, { item, organisation, stream, expected: request.expectedVersion })
    } else if (running !== request.expectedVersion) {
      group.overtaken.set(item, running)
      group.items.push({ request, first: 0, entries: [] })
      continue
    }
    const open = group.heads.get(organisation)
    const before = open?.head ?? heads.get(organisation)!
    const now = Math.max(clocks.of(organisation).now(), before.recordedAt)
    const range = open ? before.range : before.range.clone()
    const first = before.size + 1
    const entries = request.events.map((event, position) =>
      addEntry(group, declarations, range, now, {
        organisation,
        number: first + position,
        stream,
        version: request.expectedVersion + position + 1,
        type: event.type,
        v: event.v,
        data: event.data,
        ...times(event, now, written(now)),
        actor: request.actor,
        command: request.command?.id ?? null,
        erased: [],
      }),
    )
    versions.set(key, request.expectedVersion + entries.length)
    group.heads.set(organisation, {
      expected: open?.expected ?? before.size,
      head: { size: before.size + entries.length, range, recordedAt: now },
    })
    group.items.push({ request, first, entries })
  }
  return group
}

/** The same moment is written for many entries in a row. */
function writtenOnce(): (millis: Millis) => Instant {
  let last: Millis = Number.NaN
  let text = ''
  return (millis) => {
    if (millis !== last) {
      last = millis
      text = instant(millis)
    }
    return text
  }
}

function times(event: { occurredAt?: Instant; reportedAt?: Instant }, now: Millis, recordedAt: Instant) {
  for (const time of [event.occurredAt, event.reportedAt])
    if (time !== undefined && !((parseInstant(time) ?? Number.NaN) <= now))
      throw new Error(`an entry cannot have happened (${time}) after it was recorded (${recordedAt})`)
  return {
    occurredAt: event.occurredAt ?? recordedAt,
    reportedAt: event.reportedAt ?? null,
    recordedAt,
  }
}

function addEntry(
  group: Group,
  declarations: ReadonlyMap<string, EventDeclaration>,
  range: CompactRange,
  recordedAt: Millis,
  entry: Entry,
): Entry {
  const declared = declarations.get(entry.type)
  if (!declared || declared.v !== entry.v)
    throw new Error(`event type ${entry.type} v${entry.v} is not declared to the journal`)
  const data = { ...(entry.data as Record<string, unknown>) }
  const digests: Record<string, string> = {}
  for (const field of declared.sealed) {
    const value = data[field]
    delete data[field]
    if (value === undefined) continue
    const salt = randomBytes(SALT_BYTES)
    digests[field] = seal(field, value, salt)
    const { organisation, number } = entry
    group.sealed.push({ organisation, number, field, salt, value: JSON.stringify(value) })
  }
  const text = leafOf({ ...entry, data }, digests)
  const hash = leafHash(text)
  range.push(hash, (height: number, index: number, node: Buffer) => {
    if (height > 0) group.nodes.push({ organisation: entry.organisation, level: height / 8, index, hash: node })
  })
  group.leaves.push({ entry, recordedAt, text, hash })
  return entry
}
