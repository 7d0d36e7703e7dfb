import { mkdirSync, realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findBinaries } from './binaries.ts'
import { finish, inspect, placesIn } from './data-directory.ts'
import type { DatabaseInfo, Log } from './database.ts'
import { DatabaseRefused } from './errors.ts'
import { initialise, SUPERUSER } from './initialise.ts'
import { takeLock } from './lock.ts'
import { clearOrphans } from './orphan.ts'
import { ownerOf } from './owner.ts'
import { type Postmaster, type Start, StartFailed, startPostmaster } from './postmaster.ts'
import { PORT, socketDirectory } from './socket.ts'

export interface ClusterOptions {
  readonly dataDirectory: string
  readonly prefer?: 'npm' | 'system' | undefined
  readonly log: Log
}

/** A private PostgreSQL, ours alone, started again by itself whenever it ends before `stop`. */
export interface Cluster {
  readonly info: Omit<DatabaseInfo, 'address'>
  readonly connection: { readonly host: string; readonly port: number; readonly user: string }
  /** The server's process at present. */
  pid(): number
  stop(): Promise<void>
}

/** Starts the cluster in `dataDirectory`, made at the first start. Throws `DatabaseRefused` saying what to do. */
export async function startCluster({ dataDirectory, prefer, log }: ClusterOptions): Promise<Cluster> {
  inspect(placesIn(resolve(dataDirectory)))
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 })
  const places = placesIn(realpathSync(dataDirectory))
  const unlock = takeLock(places.data)
  let removeSocket = () => {}
  try {
    const found = inspect(places)
    const owner = ownerOf(found.state === 'made' ? places.making : places.cluster)
    const major = found.state === 'empty' ? null : found.nameplate.postgres.major
    const binaries = await findBinaries(owner, major, prefer)
    if (found.state === 'empty') await initialise(places, binaries, owner)
    if (found.state === 'made') finish(places)
    await clearOrphans(places.cluster, log)
    const socket = socketDirectory(places.cluster, owner)
    removeSocket = socket.remove
    const start = { binaries, cluster: places.cluster, owner, socket: socket.path, log }
    const first = await firstStart(start)
    const supervised = supervise(first, start)
    return {
      info: { source: binaries.source, version: binaries.version, directory: places.cluster },
      connection: { host: socket.path, port: PORT, user: SUPERUSER },
      pid: supervised.pid,
      stop: async () => {
        await supervised.stop()
        removeSocket()
        unlock()
      },
    }
  } catch (error) {
    removeSocket()
    unlock()
    throw error
  }
}

async function firstStart(start: Start): Promise<Postmaster> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await startPostmaster(start)
    } catch (error) {
      if (!(error instanceof StartFailed)) throw error
      // Processes of a killed server may need a moment to let go.
      if (attempt < 20 && /shared memory block/.test(error.message)) await sleep(250)
      else
        throw new DatabaseRefused(
          `PostgreSQL ${start.binaries.version} refuses to start on ${start.cluster}: ${error.message}. Nothing was repaired. Look at the reason; if files are damaged, keep the directory as it is for examination and restore a backup into an empty one.`,
        )
    }
  }
}

function supervise(first: Postmaster, start: Start): { pid: () => number; stop: () => Promise<void> } {
  let current = first
  let stopping = false
  const wake = new AbortController()
  const watch = async () => {
    for (let failures = 0; ; ) {
      const since = Date.now()
      const how = await current.ended
      if (stopping) return
      start.log({ level: 'error', msg: 'PostgreSQL ended by itself; starting it again', detail: how })
      if (Date.now() - since > 60_000) failures = 0
      for (let up = false; !up && !stopping; failures++) {
        await sleep(Math.min(50 * 2 ** failures, 10_000), undefined, { signal: wake.signal }).catch(() => {})
        if (stopping) return
        try {
          await clearOrphans(start.cluster, start.log)
          current = await startPostmaster(start)
          up = true
          start.log({ level: 'info', msg: 'PostgreSQL runs again' })
        } catch (error) {
          start.log({ level: 'error', msg: 'PostgreSQL did not start again', detail: (error as Error).message })
        }
      }
    }
  }
  const watching = watch()
  return {
    pid: () => current.pid,
    stop: async () => {
      stopping = true
      wake.abort()
      await current.stop()
      await watching
      await current.stop()
    },
  }
}
