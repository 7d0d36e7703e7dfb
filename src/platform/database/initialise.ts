import { chownSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Binaries } from './binaries.ts'
import { type Places, settle, systemIdentifier } from './data-directory.ts'
import { DatabaseRefused } from './errors.ts'
import { asSeenBy, type Owner, runAs } from './owner.ts'

export const SUPERUSER = 'holdfast'

/** Makes a new cluster beside its place and moves it there when it is finished. */
export async function initialise(places: Places, binaries: Binaries, owner: Owner | null): Promise<void> {
  rmSync(places.making, { recursive: true, force: true })
  mkdirSync(places.making, { mode: 0o700 })
  if (owner) chownSync(places.making, owner.uid, owner.gid)
  const made = await runAs(
    owner,
    join(binaries.directory, 'initdb'),
    [
      ...['-D', asSeenBy(owner, places.making), '-U', SUPERUSER, '-E', 'UTF8'],
      ...locale(binaries.major),
      // Only its owner and root reach the socket's directory, so nobody else can ask to be let in.
      ...['--auth-local=trust', '--auth-host=reject', '--data-checksums'],
    ],
    places.making,
  )
  if (!made.ok) {
    rmSync(places.making, { recursive: true, force: true })
    throw new DatabaseRefused(
      `PostgreSQL ${binaries.version} could not make a database in ${places.data}: ${made.stderr.trim()}`,
    )
  }
  settle(places, {
    format: 1,
    created: new Date().toISOString(),
    postgres: { major: binaries.major, systemIdentifier: systemIdentifier(places.making)! },
  })
}

function locale(major: number): string[] {
  if (process.platform !== 'darwin') return ['--locale=C.UTF-8']
  return major >= 17 ? ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : ['--locale=C']
}
