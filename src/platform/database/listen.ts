import pg from 'pg'
import type { Log } from './database.ts'
import { DatabaseUnavailable, translated } from './errors.ts'

interface Ear {
  readonly channel: string
  readonly heard: (payload: string) => void
  readonly onLost: (() => void) | undefined
}

export interface Listener {
  listen(channel: string, heard: Ear['heard'], onLost?: Ear['onLost']): Promise<() => Promise<void>>
  close(): Promise<void>
}

const PING_MILLIS = 15_000

/** One connection of its own for all channels, made at the first `listen` and made again whenever it is lost. */
export function listener(connection: pg.ClientConfig, log: Log): Listener {
  const ears = new Set<Ear>()
  let client: Promise<pg.Client> | null = null
  let retry: NodeJS.Timeout | undefined
  let attempts = 0
  let closed = false

  const connect = async (): Promise<pg.Client> => {
    const fresh = new pg.Client({ ...connection, query_timeout: 5000 })
    const ping = setInterval(() => say(fresh, 'select 1').catch(() => lost(fresh, ping)), PING_MILLIS).unref()
    fresh.on('error', () => lost(fresh, ping))
    fresh.on('end', () => lost(fresh, ping))
    fresh.on('notification', ({ channel, payload = '' }) => {
      for (const ear of [...ears]) if (ear.channel === channel) ear.heard(payload)
    })
    try {
      await fresh.connect()
      for (const channel of new Set([...ears].map((ear) => ear.channel))) await say(fresh, `listen ${channel}`)
      return fresh
    } catch (error) {
      clearInterval(ping)
      fresh.end().catch(() => {})
      throw translated(error)
    }
  }

  const current = (): Promise<pg.Client> => {
    if (!client) {
      const made = connect()
      client = made
      made.catch(() => {
        if (client === made) client = null
      })
    }
    return client
  }

  let live: pg.Client | null = null
  const asked = new WeakMap<pg.Client, Promise<unknown>>()
  /** One after the other: pg takes no second statement while the first is under way. */
  const say = (to: pg.Client, statement: string): Promise<unknown> => {
    const answer = (asked.get(to) ?? Promise.resolve()).catch(() => {}).then(() => to.query(statement))
    asked.set(to, answer)
    return answer
  }
  const lost = (which: pg.Client, ping: NodeJS.Timeout) => {
    clearInterval(ping)
    if (closed || live !== which) return
    live = null
    client = null
    which.end().catch(() => {})
    log({ level: 'warn', msg: 'The listening database connection was lost; connecting again' })
    again()
  }
  const again = () => {
    clearTimeout(retry)
    retry = setTimeout(
      async () => {
        try {
          live = await current()
          attempts = 0
          for (const ear of [...ears]) ear.onLost?.()
        } catch {
          if (!closed) again()
        }
      },
      Math.min(50 * 2 ** attempts++, 2000),
    ).unref()
  }

  return {
    async listen(channel, heard, onLost) {
      if (!/^[a-z_][a-z0-9_]{0,62}$/.test(channel)) throw new Error(`${channel} is no channel name`)
      if (closed) throw new DatabaseUnavailable('unreachable', 'closed')
      const ear: Ear = { channel, heard, onLost }
      ears.add(ear)
      try {
        live = await current()
        await say(live, `listen ${channel}`)
      } catch (error) {
        ears.delete(ear)
        throw translated(error)
      }
      return async () => {
        ears.delete(ear)
        if ([...ears].some((other) => other.channel === channel)) return
        if (live) await say(live, `unlisten ${channel}`).catch(() => {})
      }
    },
    async close() {
      closed = true
      clearTimeout(retry)
      ears.clear()
      const open = await client?.catch(() => null)
      await open?.end().catch(() => {})
    },
  }
}
