import { createWriteStream, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Json } from '#kernel'
import type { Database } from '#platform/database'
import { checkpointLine, EXPORT_FILES, entryLine, sealedLine, tileFiles, vkeyFile, vkeysOf } from '../core/index.ts'
import type { Checkpoints } from './checkpoints.ts'
import { tileReader } from './tiles.ts'

const BATCH = 5000

/** Thrown where the folder is not there to be filled. */
export class ExportRefused extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ExportRefused'
  }
}

/**
 * Writes an organisation's journal as `verifier/README.md` describes it, up to a checkpoint signed now. The folder must
 * be empty or new. Sealed words are included: only its owner may read it, whoever may look into the folder.
 */
export async function exportJournal(
  database: Database,
  checkpoints: Checkpoints,
  organisation: string,
  directory: string,
): Promise<{ entries: number; checkpoint: string }> {
  if (existsSync(directory) && readdirSync(directory).length > 0)
    throw new ExportRefused(`${directory} is not empty. Choose a new folder, so that old and new evidence do not mix.`)
  const head = await checkpoints.sign(organisation)
  if (!head) throw new ExportRefused(`${organisation} has no journal here. Check the spelling.`)
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const write = (name: string, data: string | Buffer) => {
    const path = join(directory, name)
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeFileSync(path, data, { mode: 0o600 })
  }
  const stream = (name: string, lines: AsyncIterable<string>) =>
    pipeline(Readable.from(lines), createWriteStream(join(directory, name), { mode: 0o600 }))

  await stream(EXPORT_FILES.entries, entryLines(database, organisation, head.size))
  await stream(EXPORT_FILES.sealed, sealedLines(database, organisation, head.size))
  const readTile = tileReader(database, organisation)
  for (const { name, tile } of tileFiles(head.size)) write(name, await readTile(tile))
  const earlier = (await checkpoints.all(organisation)).filter(({ size }) => size <= head.size)
  write(EXPORT_FILES.checkpoints, earlier.map(({ note }) => checkpointLine(note)).join(''))
  write(EXPORT_FILES.checkpoint, head.note)
  const { log, witness } = vkeysOf(checkpoints.keysOf(organisation))
  write(EXPORT_FILES.logKey, vkeyFile(log))
  write(EXPORT_FILES.witnessKey, vkeyFile(witness))
  return { entries: head.size, checkpoint: head.note }
}

async function* entryLines(database: Database, organisation: string, size: number): AsyncGenerator<string> {
  for (let after = 0; after < size; after += BATCH) {
    const rows = await database.query<{ leaf: string }>(
      'journal-export-entries',
      'select leaf from journal.entries where organisation = $1 and number > $2 and number <= $3 order by number',
      [organisation, after, Math.min(after + BATCH, size)],
    )
    yield rows.map(({ leaf }) => entryLine(leaf)).join('')
  }
}

async function* sealedLines(database: Database, organisation: string, size: number): AsyncGenerator<string> {
  for (let after = 0; after < size; after += BATCH) {
    const rows = await database.query<{ number: number; field: string; salt: Buffer; value: string }>(
      'journal-export-sealed',
      `select number, field, salt, value from journal.sealed
       where organisation = $1 and number > $2 and number <= $3 order by number, field`,
      [organisation, after, Math.min(after + BATCH, size)],
    )
    yield rows
      .map(({ number, field, salt, value }) =>
        sealedLine({ number: Number(number), field, salt, value: JSON.parse(value) as Json }),
      )
      .join('')
  }
}
