import { readdir } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { runAs } from './owner.ts'

const HOMES = ['/usr/lib/postgresql', '/usr/local', '/opt/homebrew/opt', '/usr/local/opt', '/usr', '/opt/local/lib']

/** Where the system may keep a PostgreSQL: Debian, Red Hat, Homebrew, MacPorts, and whatever is on the path. */
export async function systemDirectories(): Promise<string[]> {
  const path = (process.env.PATH ?? '').split(delimiter).filter((entry) => entry.startsWith('/'))
  const told = await Promise.all(path.map((entry) => runAs(null, join(entry, 'pg_config'), ['--bindir'])))
  const below = await Promise.all(HOMES.map(versionsBelow))
  return [...told.filter(({ ok }) => ok).map(({ stdout }) => stdout.trim()), ...below.flat(), ...path]
}

async function versionsBelow(home: string): Promise<string[]> {
  const names = await readdir(home).catch(() => [])
  return names.filter((name) => /^(\d+|(postgresql|pgsql)[@-]?\d*)$/.test(name)).map((name) => join(home, name, 'bin'))
}
