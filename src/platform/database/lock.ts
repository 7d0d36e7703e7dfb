import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { DatabaseRefused } from './errors.ts'

interface Holder {
  readonly pid: number
  readonly since: string
}

/**
 * Takes the data directory for this process, or throws `DatabaseRefused` naming the process that has it.
 * Node offers no file lock of its own; SQLite's exclusive transaction is one, and the kernel frees it however we end, so
 * neither a stale file nor a pid used again can mislead. Never open `lock` otherwise: closing it would free the lock.
 */
export function takeLock(dataDirectory: string): () => void {
  const told = join(dataDirectory, 'holder.json')
  const lock = new DatabaseSync(join(dataDirectory, 'lock'), { timeout: 100 })
  try {
    lock.exec('begin exclusive')
  } catch (error) {
    lock.close()
    if ((error as { errcode?: number }).errcode !== 5) throw error
    throw new DatabaseRefused(inUse(dataDirectory, holder(told)))
  }
  const mine: Holder = { pid: process.pid, since: new Date().toISOString() }
  try {
    writeFileSync(told, JSON.stringify(mine))
  } catch (error) {
    lock.close()
    throw error
  }
  return () => {
    rmSync(told, { force: true })
    lock.close()
  }
}

function holder(told: string): Holder | null {
  try {
    return JSON.parse(readFileSync(told, 'utf8'))
  } catch {
    return null
  }
}

function inUse(dataDirectory: string, by: Holder | null): string {
  const who = by ? `process ${by.pid}, running since ${by.since}` : 'another process'
  return `The data directory ${dataDirectory} is in use by ${who}. Two processes must never open it: use the one that runs, stop it first, or choose another directory with HOLDFAST_DATA.`
}
