import { randomBytes, randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from '#platform/database'
import { vkeysOf } from '../core/index.ts'

/** The keys that this installation signs its checkpoints with, do not fit the journals in the database. */
export class KeysRefused extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'KeysRefused'
  }
}

export interface Installation {
  readonly id: string
  /** Secret, 32 bytes. */
  readonly seed: Buffer
  /** The name of its own witness key. */
  readonly witness: string
  originOf(organisation: string): string
}

const SEED = /^[0-9a-f]{64}\n?$/

/**
 * The installation's identity: its id in the database, its secret seed in `keys/installation.key`. Both are made at the
 * first start; a key that does not belong to the database is refused, for it would sign a second history.
 */
export async function openInstallation(database: Database, dataDirectory: string): Promise<Installation> {
  const file = join(dataDirectory, 'keys', 'installation.key')
  let seed = readSeed(file)
  const known = await readKnown(database)
  if (known && !seed)
    throw new KeysRefused(
      `${file} is missing, and the journals of this database are signed with it. Copy it from the machine that first opened this database, or from its backup.`,
    )
  seed ??= writeSeed(file)
  const id = known?.id ?? randomUUID()
  const witness = `holdfast/${id}/witness`
  const vkey = vkeysOf({ installationSeed: seed, origin: witness, witness }).witness
  await database.query(
    'journal-installation',
    'insert into journal.installation (id, witness) values ($1, $2) on conflict (singleton) do nothing',
    [id, vkey],
  )
  const now = await readKnown(database)
  // Another process may have been first to open an empty database: then its id counts, and its key must be ours.
  if (now!.id !== id) return openInstallation(database, dataDirectory)
  if (now!.witness !== vkey)
    throw new KeysRefused(
      `${file} is not the key that the journals of this database are signed with. Copy the right one from the machine that first opened this database, or from its backup.`,
    )
  return { id, seed, witness, originOf: (organisation) => `holdfast/${id}/${organisation}` }
}

async function readKnown(database: Database): Promise<{ id: string; witness: string } | null> {
  const rows = await database.query<{ id: string; witness: string }>(
    'journal-installation-read',
    'select id::text, witness from journal.installation',
  )
  return rows[0] ?? null
}

function readSeed(file: string): Buffer | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  if (!SEED.test(text))
    throw new KeysRefused(`${file} is damaged: it should hold 64 hex digits. Restore it from a backup.`)
  return Buffer.from(text.trim(), 'hex')
}

function writeSeed(file: string): Buffer {
  const seed = randomBytes(32)
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 })
  writeFileSync(file, `${seed.toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true })
  return seed
}
