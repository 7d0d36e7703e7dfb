import { createHash } from 'node:crypto'
import { createWriteStream, existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Database, Tx } from '#platform/database'
import { BackupRefused, type FileLine, type Header, type RowsLine, type Trailer } from './format.ts'
import { quoted, readMigrations, readTables, type Table } from './tables.ts'

const BATCH = 2000

/**
 * Writes everything that rooms keep in the database, as of one moment, and the named files of the data directory, as
 * gzipped JSON lines. It holds secrets (the signing key) and what people typed: only its owner may read it.
 */
export async function writeBackup(
  database: Database,
  path: string,
  data: { directory: string; files: readonly string[] },
): Promise<{ rows: number; bytes: number }> {
  if (existsSync(path))
    throw new BackupRefused(`${path} is there already. Choose a new name: a backup never overwrites another.`)
  const partial = `${path}.partial`
  let rows = 0
  try {
    await database.transaction(async (tx) => {
      await tx.query('', 'set transaction isolation level repeatable read, read only')
      await tx.query('', 'set local statement_timeout = 0')
      const lines = hashed(linesOf(tx, data), (count) => {
        rows = count
      })
      await pipeline(
        Readable.from(lines),
        createGzip({ level: 6 }),
        createWriteStream(partial, { mode: 0o600, flags: 'wx' }),
      )
    })
    const file = await open(partial, 'r')
    const { size } = await file.stat()
    await file.sync()
    await file.close()
    renameSync(partial, path)
    return { rows, bytes: size }
  } catch (error) {
    rmSync(partial, { force: true })
    throw error
  }
}

async function* linesOf(
  tx: Tx,
  data: { directory: string; files: readonly string[] },
): AsyncGenerator<Header | FileLine | RowsLine> {
  yield { holdfast: 'backup', v: 1, madeAt: new Date().toISOString(), migrations: await readMigrations(tx) }
  for (const file of data.files) yield { file, content: readFileSync(join(data.directory, file)).toString('base64') }
  for (const table of await readTables(tx)) yield* rowsOf(tx, table)
}

async function* rowsOf(tx: Tx, { schema, name, key }: Table): AsyncGenerator<RowsLine> {
  const order = key.map((column) => quoted(column)).join(', ')
  await tx.query(
    '',
    `declare backup_rows no scroll cursor for select to_jsonb(t) as row from ${quoted(schema, name)} t order by ${order}`,
  )
  for (;;) {
    const batch = await tx.query<{ row: object }>('', `fetch ${BATCH} from backup_rows`)
    if (batch.length === 0) break
    yield { table: `${schema}.${name}`, rows: batch.map(({ row }) => row) }
  }
  await tx.query('', 'close backup_rows')
}

async function* hashed(lines: AsyncIterable<object>, told: (rows: number) => void): AsyncGenerator<string> {
  const hash = createHash('sha256')
  let rows = 0
  for await (const line of lines) {
    const text = `${JSON.stringify(line)}\n`
    hash.update(text)
    if ('rows' in line) rows += (line as RowsLine).rows.length
    yield text
  }
  told(rows)
  const trailer: Trailer = { end: true, count: rows, sha256: hash.digest('hex') }
  yield `${JSON.stringify(trailer)}\n`
}
