import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Binaries } from './binaries.ts'
import type { Log } from './database.ts'
import { asSeenBy, type Owner, plainEnvironment } from './owner.ts'
import { PORT } from './socket.ts'

export interface Postmaster {
  readonly pid: number
  /** Resolves when the server has ended, for whatever reason. */
  readonly ended: Promise<string>
  stop(): Promise<void>
}

export interface Start {
  readonly binaries: Binaries
  readonly cluster: string
  readonly owner: Owner | null
  readonly socket: string
  readonly log: Log
}

/** PostgreSQL ended before it was ready; the message is its own reason. */
export class StartFailed extends Error {}

const SETPRIV = ['/usr/bin/setpriv', '/bin/setpriv'].find((path) => existsSync(path))

/** Starts PostgreSQL and waits until it takes connections, however long recovery lasts. Throws `StartFailed`. */
export async function startPostmaster(start: Start): Promise<Postmaster> {
  const { binaries, cluster, owner, log } = start
  const server = [join(binaries.directory, 'postgres'), '-D', asSeenBy(owner, cluster), ...settings(start)]
  // Without it, PostgreSQL outlives a Holdfast that is killed.
  const command = SETPRIV ? [SETPRIV, '--pdeathsig', 'INT', ...server] : server
  const directory = openSync(cluster, 'r')
  // Detached, so that Ctrl-C reaches us alone and we close in order.
  const child = spawn(command[0]!, command.slice(1), {
    ...owner,
    cwd: '/',
    env: plainEnvironment(),
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', directory],
  })
  closeSync(directory)
  const said: string[] = []
  let ready = false
  createInterface({ input: child.stderr! }).on('line', (line) => {
    if (!ready) said.push(line)
    // Only these: other lines may quote values, and values may be personal.
    else if (/ (FATAL|PANIC|WARNING): {2}/.test(line)) log({ level: 'warn', msg: 'PostgreSQL', detail: line })
  })
  let over = false
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('close', (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`))
  }).then((how) => {
    over = true
    return how
  })
  while (!over && !isReady(cluster, child.pid)) await Promise.race([sleep(8), ended])
  if (over) throw new StartFailed(`${reason(said)} (${await ended})`)
  ready = true
  return { pid: child.pid!, ended, stop: () => stop(child.pid!, ended, () => over) }
}

/** The eighth line of postmaster.pid, as pg_ctl reads it. */
function isReady(cluster: string, pid: number | undefined): boolean {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
    return Number(lines[0]) === pid && lines[7]?.trim() === 'ready'
  } catch {
    return false
  }
}

function reason(said: readonly string[]): string {
  const telling = said.filter((line) => /(FATAL|PANIC|ERROR|HINT|DETAIL): /.test(line))
  return (telling.length ? telling : said.slice(-3)).map((line) => line.replace(/^.*?\] /, '').trim()).join('; ')
}

async function stop(pid: number, ended: Promise<string>, over: () => boolean): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (over()) return
    try {
      process.kill(pid, signal)
    } catch {}
    const patience = sleep(10_000, undefined, { ref: false })
    await Promise.race([ended, patience])
  }
  await ended
}

function settings({ binaries, socket }: Start): string[] {
  const chosen = {
    listen_addresses: '',
    unix_socket_directories: socket,
    unix_socket_permissions: '0700',
    port: PORT,
    max_connections: 100,
    shared_buffers: '64MB',
    huge_pages: 'off',
    wal_buffers: '4MB',
    min_wal_size: '64MB',
    max_wal_size: '512MB',
    checkpoint_timeout: '10min',
    max_wal_senders: 0,
    max_replication_slots: 0,
    max_logical_replication_workers: 0,
    wal_level: 'minimal',
    max_parallel_workers_per_gather: 0,
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    logging_collector: 'off',
    log_min_error_statement: 'panic',
    log_checkpoints: 'off',
    ...(binaries.major >= 18 && { io_method: 'sync' }),
  }
  return Object.entries(chosen).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
