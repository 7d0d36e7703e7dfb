import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, statSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { DatabaseRefused } from './errors.ts'

/** Whom PostgreSQL runs as. */
export interface Owner {
  readonly uid: number
  readonly gid: number
}

/** PostgreSQL refuses to run as root: then another system user runs it. Null: we are not root and run it ourselves. */
export function ownerOf(clusterDirectory: string): Owner | null {
  if (process.getuid?.() !== 0) return null
  const present = statSync(clusterDirectory, { throwIfNoEntry: false })
  if (present && present.uid !== 0) return { uid: present.uid, gid: present.gid }
  return systemUser('postgres') ?? systemUser('nobody') ?? { uid: 65_534, gid: 65_534 }
}

function systemUser(name: string): Owner | null {
  try {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((entry) => entry.startsWith(`${name}:`))
    const [, , uid, gid] = line?.split(':') ?? []
    return Number(uid) > 0 ? { uid: Number(uid), gid: Number(gid) } : null
  } catch {
    return null
  }
}

export interface Ran {
  readonly ok: boolean
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program to its end as `owner`, with `directory` open as descriptor 3 where one is given; never throws. */
export async function runAs(owner: Owner | null, program: string, args: string[], directory?: string): Promise<Ran> {
  const handle = directory === undefined ? null : openSync(directory, 'r')
  try {
    const child = spawn(program, args, {
      ...owner,
      cwd: '/',
      env: plainEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe', ...(handle === null ? [] : [handle])],
      signal: AbortSignal.timeout(120_000),
    })
    // 'close' follows 'error' too, with the reason in between.
    const failed = new Promise<string>((resolve) => child.once('error', (error) => resolve(error.message)))
    const status = new Promise<number | null>((resolve) => child.once('close', resolve))
    const [stdout, stderr, outcome] = await Promise.all([
      text(child.stdout!).catch(() => ''),
      text(child.stderr!).catch(() => ''),
      Promise.race([status, failed]),
    ])
    return { ok: outcome === 0, stdout, stderr: stderr || (typeof outcome === 'string' ? outcome : '') }
  } catch (error) {
    return { ok: false, stdout: '', stderr: String(error) }
  } finally {
    if (handle !== null) closeSync(handle)
  }
}

/**
 * The name that a process started as `owner` uses for the directory open as its descriptor 3. Another system user could
 * not walk to a data directory under a closed home; through a descriptor that we opened, the kernel lets it in.
 */
export function asSeenBy(owner: Owner | null, directory: string): string {
  if (!owner) return directory
  if (process.platform === 'linux') return '/proc/self/fd/3'
  throw new DatabaseRefused('PostgreSQL cannot run as root here. Start Holdfast as an ordinary user.')
}

/** English messages, UTF-8, and nothing of our own environment: a PGDATA or PGPORT would lead PostgreSQL astray. */
export function plainEnvironment(): Record<string, string> {
  const locale = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'
  return { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: locale, LC_MESSAGES: 'C', TZ: 'UTC' }
}
