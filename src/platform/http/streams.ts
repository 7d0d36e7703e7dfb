import type { ServerResponse } from 'node:http'
import type { Log } from '#platform/log'
import type { Change, Changes } from './changes.ts'

export interface Opening {
  readonly organisation: string
  /** Null: only what is recorded from now on. */
  readonly after: number | null
  readonly exercise: boolean
  /** Each event under its type; false: all as `message`, which a browser hears without knowing the types, and `alive` now and then. */
  readonly named: boolean
  /** Asked at each heartbeat, so that a revoked token stops hearing. */
  stillAllowed(): boolean
}

export interface Streams {
  readonly size: number
  readonly full: boolean
  /** Takes over a response whose head has been written. */
  open(response: ServerResponse, opening: Opening): void
  close(): void
}

interface Stream extends Opening {
  readonly response: ServerResponse
  /** The last number written; null until the first. */
  last: number | null
  /** The highest number heard of while catching up. */
  heard: number
  catchingUp: boolean
}

const BATCH = 500
/** A heartbeat that a browser can hear: of comments it tells nobody, so that a dead connection would go unnoticed. */
const ALIVE = 'event: alive\ndata:\n\n'

/**
 * Server-sent events (WHATWG HTML, 9.2). Numbers have no gaps, so a number that is not the next one means: read what is
 * missing from the journal. No stream keeps a queue of its own; one that takes nothing for `stall` milliseconds is dropped.
 */
export function createStreams(options: {
  changes: Changes
  log: Log
  most: number
  buffer: number
  stall: number
  heartbeat: number
}): Streams {
  const { changes, log, most, buffer, stall, heartbeat } = options
  const byOrganisation = new Map<string, Set<Stream>>()
  let size = 0
  let unsubscribe: (() => void) | null = null
  let timer: NodeJS.Timeout | null = null

  function hear(heard: readonly Change[]): void {
    for (const change of heard)
      for (const stream of byOrganisation.get(change.organisation) ?? []) {
        if (stream.catchingUp) stream.heard = change.number
        else if (stream.last === null || change.number === stream.last + 1) {
          write(stream, change)
          // What more there is stays in the journal until the client has taken this.
          if (stream.response.writableLength > buffer) start(stream, change.number)
        } else if (change.number > stream.last) start(stream, change.number)
      }
  }

  function write(stream: Stream, change: Change): void {
    stream.last = change.number
    stream.response.write(eventText(change, stream))
  }

  function drop(stream: Stream): void {
    log.info({ event: 'stream-dropped', organisation: stream.organisation, reason: 'slow' })
    stream.response.destroy()
  }

  function start(stream: Stream, heard: number): void {
    stream.catchingUp = true
    stream.heard = heard
    catchUp(stream).catch((error: unknown) => {
      // The client comes back by itself and says where it was.
      log.warn({ event: 'stream-ended', organisation: stream.organisation, error })
      stream.response.end()
    })
  }

  async function catchUp(stream: Stream): Promise<void> {
    for (;;) {
      if (stream.response.writableNeedDrain && !(await drained(stream.response, stall))) return drop(stream)
      const batch = await changes.read(stream.organisation, stream.last ?? 0, BATCH)
      for (const change of batch) write(stream, change)
      const caughtUp = batch.length === 0 || (batch.length < BATCH && stream.heard <= (stream.last ?? 0))
      if (!caughtUp && !stream.response.destroyed) continue
      // In the same turn as the comparison: a change heard in between would wait for the next one.
      stream.catchingUp = false
      return
    }
  }

  function beat(): void {
    for (const streams of byOrganisation.values())
      for (const stream of streams) {
        if (!stream.stillAllowed()) stream.response.end()
        else if (!stream.catchingUp) stream.response.write(stream.named ? ':\n\n' : ALIVE)
      }
  }

  function remove(stream: Stream): void {
    const streams = byOrganisation.get(stream.organisation)
    if (!streams?.delete(stream)) return
    if (streams.size === 0) byOrganisation.delete(stream.organisation)
    size--
  }

  return {
    get size() {
      return size
    },
    get full() {
      return size >= most
    },
    open(response, opening) {
      unsubscribe ??= changes.subscribe(hear)
      timer ??= setInterval(beat, heartbeat).unref()
      const stream: Stream = { ...opening, response, last: opening.after, heard: 0, catchingUp: false }
      const streams = byOrganisation.get(opening.organisation) ?? new Set()
      byOrganisation.set(opening.organisation, streams.add(stream))
      size++
      response.on('close', () => remove(stream))
      response.on('error', () => remove(stream))
      response.write('retry: 3000\n\n')
      if (opening.after !== null) start(stream, 0)
    },
    close() {
      unsubscribe?.()
      if (timer) clearInterval(timer)
      for (const streams of byOrganisation.values()) for (const { response } of streams) response.end()
    },
  }
}

/** True once the client has taken what was written, or is gone; false where it takes nothing for too long. */
function drained(response: ServerResponse, millis: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => settle(false), millis)
    const taken = () => settle(true)
    const settle = (took: boolean) => {
      clearTimeout(timer)
      response.off('drain', taken).off('close', taken)
      resolve(took)
    }
    response.once('drain', taken).once('close', taken)
  })
}

function eventText({ number, type, recordedAt }: Change, { exercise, named }: Opening): string {
  const data = { ...(exercise ? { exercise: 'EXERCISE' } : {}), number, type, recordedAt }
  return `id: ${number}\n${named ? `event: ${type}\n` : ''}data: ${JSON.stringify(data)}\n\n`
}
