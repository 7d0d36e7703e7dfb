import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from './database.ts'
import { DatabaseRefused } from './errors.ts'
import { runAs } from './owner.ts'

/**
 * Stops whatever a killed Holdfast left running on this cluster, and clears a note that only looks like it.
 * Call with the data directory's lock held: then nobody else can own what is found.
 */
export async function clearOrphans(cluster: string, log: Log): Promise<void> {
  const note = join(cluster, 'postmaster.pid')
  const pid = notedPid(note)
  if (pid === null) return
  let left = await processesOn(cluster, pid)
  if (left.length > 0)
    log({ level: 'warn', msg: 'Stopping a PostgreSQL that a killed Holdfast left behind', pids: left })
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    for (const one of left.includes(pid) ? [pid] : left) send(one, signal)
    for (let waited = 0; waited < 10_000 && left.length > 0; waited += 20) {
      await sleep(20)
      left = await processesOn(cluster, pid)
    }
    if (left.length === 0) break
  }
  if (left.length > 0)
    throw new DatabaseRefused(
      `PostgreSQL (process ${left.join(', ')}) still runs on ${cluster} and could not be stopped. Stop it, then start again.`,
    )
  // PostgreSQL would take any living process of that number for a server.
  if (notedPid(note) === pid && alive(pid)) rmSync(note)
}

function notedPid(note: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(note, 'utf8'), 10)
    return pid > 0 ? pid : null
  } catch {
    return null
  }
}

/** Every process of a PostgreSQL works in its data directory; where /proc cannot tell, its command line names it. */
async function processesOn(cluster: string, noted: number): Promise<number[]> {
  if (process.platform === 'linux')
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => pid > 0 && worksIn(pid, cluster))
  const shown = await runAs(null, 'ps', ['-o', 'command=', '-p', String(noted)])
  return shown.stdout.includes('postgres') && shown.stdout.includes(cluster) ? [noted] : []
}

function worksIn(pid: number, cluster: string): boolean {
  try {
    return (
      readlinkSync(`/proc/${pid}/cwd`) === cluster && readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres')
    )
  } catch {
    return false
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {}
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
