import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseRefused } from './errors.ts'

const FORMAT = 1

/** What `holdfast.json` says of the cluster beside it. */
export interface Nameplate {
  readonly format: typeof FORMAT
  readonly created: string
  readonly postgres: { readonly major: number; readonly systemIdentifier: string }
}

export type Found =
  | { readonly state: 'empty' }
  /** The nameplate is written, the finished cluster not yet moved to its place. */
  | { readonly state: 'made'; readonly nameplate: Nameplate }
  | { readonly state: 'ready'; readonly nameplate: Nameplate }

export interface Places {
  readonly data: string
  readonly cluster: string
  readonly making: string
  readonly nameplate: string
}

export function placesIn(data: string): Places {
  return {
    data,
    cluster: join(data, 'postgres'),
    making: join(data, 'postgres.new'),
    nameplate: join(data, 'holdfast.json'),
  }
}

/** Looks and changes nothing. Throws `DatabaseRefused` where the directory is not whole: nothing is repaired in silence. */
export function inspect(places: Places): Found {
  const nameplate = readNameplate(places)
  const filled = entries(places.cluster).length > 0
  if (!nameplate) {
    if (!filled) return { state: 'empty' }
    throw damaged(places, `postgres/ holds a database, but holdfast.json is missing`)
  }
  if (!filled && entries(places.making).length > 0) {
    checkCluster(places, places.making, nameplate)
    return { state: 'made', nameplate }
  }
  if (!filled) throw damaged(places, `holdfast.json names a database, but postgres/ is missing or empty`)
  checkCluster(places, places.cluster, nameplate)
  return { state: 'ready', nameplate }
}

function readNameplate(places: Places): Nameplate | null {
  let text: string
  try {
    text = readFileSync(places.nameplate, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw damaged(places, `holdfast.json cannot be read: ${(error as Error).message}`)
  }
  const read = parsed(text)
  if (typeof read?.format === 'number' && read.format !== FORMAT)
    throw damaged(
      places,
      `holdfast.json has format ${read.format}, and this version of Holdfast knows format ${FORMAT}`,
    )
  const { major, systemIdentifier } = read?.postgres ?? {}
  if (read?.format !== FORMAT || !Number.isInteger(major) || !/^\d+$/.test(String(systemIdentifier)))
    throw damaged(places, 'holdfast.json is not whole')
  return read as Nameplate
}

function parsed(text: string): Partial<Nameplate> | null {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function checkCluster(places: Places, cluster: string, { postgres }: Nameplate): void {
  const major = majorOf(cluster)
  if (major === null) throw damaged(places, 'postgres/PG_VERSION is missing or unreadable')
  if (major !== postgres.major)
    throw damaged(places, `postgres/ is of version ${major}, holdfast.json says ${postgres.major}`)
  for (const part of PARTS)
    if (!existsSync(join(cluster, part))) throw damaged(places, `postgres/${part} is missing`)
    else if (statSync(join(cluster, part)).isDirectory() && entries(join(cluster, part)).length === 0)
      throw damaged(places, `postgres/${part} is empty`)
  const identifier = systemIdentifier(cluster)
  if (identifier === null) throw damaged(places, 'postgres/global/pg_control is missing or cut short')
  if (identifier !== postgres.systemIdentifier)
    throw damaged(places, 'postgres/ is not the database that holdfast.json names (its system identifier differs)')
}

/** What PostgreSQL would only miss after it had begun to write. */
const PARTS = [
  ...['base', 'base/1', 'pg_wal', 'pg_xact', 'pg_multixact/offsets', 'pg_multixact/members', 'pg_subtrans'],
  ...['global/pg_filenode.map', 'postgresql.conf', 'pg_hba.conf'],
]

export function majorOf(cluster: string): number | null {
  try {
    const major = Number.parseInt(readFileSync(join(cluster, 'PG_VERSION'), 'utf8'), 10)
    return major > 0 ? major : null
  } catch {
    return null
  }
}

/** The first eight bytes of PostgreSQL's control file, in the machine's byte order; the file is always 8192 bytes. */
export function systemIdentifier(cluster: string): string | null {
  try {
    const control = readFileSync(join(cluster, 'global', 'pg_control'))
    return control.length === 8192 ? control.readBigUInt64LE(0).toString() : null
  } catch {
    return null
  }
}

/** Writes the nameplate, then moves the finished cluster to its place: in this order, an interruption can be told and finished. */
export function settle(places: Places, nameplate: Nameplate): void {
  const partial = `${places.nameplate}.new`
  const file = openSync(partial, 'w', 0o600)
  writeSync(file, `${JSON.stringify(nameplate, null, 2)}\n`)
  fsyncSync(file)
  closeSync(file)
  renameSync(partial, places.nameplate)
  sync(places.data)
  finish(places)
}

export function finish(places: Places): void {
  renameSync(places.making, places.cluster)
  sync(places.data)
}

function sync(directory: string): void {
  const handle = openSync(directory, 'r')
  fsyncSync(handle)
  closeSync(handle)
}

function entries(directory: string): string[] {
  return statSync(directory, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(directory) : []
}

function damaged({ data }: Places, what: string): DatabaseRefused {
  return new DatabaseRefused(
    `The data directory ${data} is not whole: ${what}. Nothing was changed. Put back the missing part from a copy, restore a backup into an empty directory, or choose another directory with HOLDFAST_DATA.`,
  )
}
