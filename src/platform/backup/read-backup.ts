import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, normalize, sep } from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import type { Database, Tx } from '#platform/database'
import { BackupRefused, type FileLine, type Header, type RowsLine, type Trailer } from './format.ts'
import { quoted, readMigrations, readTables } from './tables.ts'

type Line = Header | FileLine | RowsLine | Trailer

/**
 * Fills an empty, migrated database from a backup, all or nothing, and puts the backup's files into the data directory.
 * The whole file is checked against its own digest before anything is committed.
 */
export async function readBackup(
  database: Database,
  path: string,
  directory: string,
): Promise<{ rows: number; madeAt: string }> {
  if (!existsSync(path)) throw new BackupRefused(`There is no file ${path}.`)
  let madeAt = ''
  let rows = 0
  const files: FileLine[] = []
  await database.transaction(async (tx) => {
    await tx.query('', 'set local statement_timeout = 0')
    const tables = await emptyTables(tx)
    for await (const line of linesOf(path)) {
      if ('holdfast' in line) {
        await checkMigrations(tx, line)
        madeAt = line.madeAt
      } else if ('file' in line) files.push(line)
      else if ('rows' in line) {
        const table = tables.get(line.table)
        if (!table)
          throw new BackupRefused(`The backup holds a table ${line.table} that this version of Holdfast does not know.`)
        await tx.query('', `insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`, [
          JSON.stringify(line.rows),
        ])
        rows += line.rows.length
      }
    }
    for (const file of files) place(directory, file)
  })
  return { rows, madeAt }
}

async function emptyTables(tx: Tx): Promise<Map<string, string>> {
  const tables = new Map<string, string>()
  for (const { schema, name } of await readTables(tx)) {
    const table = quoted(schema, name)
    const [found] = await tx.query<{ any: boolean }>('', `select exists (select from ${table}) as any`)
    if (found!.any)
      throw new BackupRefused(
        `There are data here already (${schema}.${name}). Restore into an empty data directory or database.`,
      )
    tables.set(`${schema}.${name}`, table)
  }
  return tables
}

async function checkMigrations(tx: Tx, { migrations }: Header): Promise<void> {
  const here = await readMigrations(tx)
  const unknown = migrations.find((one) => !here.includes(one))
  if (unknown)
    throw new BackupRefused(`The backup was made by a newer Holdfast (${unknown}). Restore it with that version.`)
  const missing = here.find((one) => !migrations.includes(one))
  if (missing)
    throw new BackupRefused(
      `The backup was made by an older Holdfast, before ${missing}. Restore it with that version, then start this one.`,
    )
}

/** Every line, checked: the last one must be the trailer, and its digest must be that of all before it. */
async function* linesOf(path: string): AsyncGenerator<Line> {
  const hash = createHash('sha256')
  const damaged = (how: string) => new BackupRefused(`${path} is not a whole backup: ${how}. Nothing was restored.`)
  let first = true
  let ended = false
  const source = createReadStream(path)
  const unzipped = source.pipe(createGunzip())
  source.on('error', (error) => unzipped.destroy(error))
  try {
    for await (const text of createInterface({ input: unzipped, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (ended) throw damaged('something follows its end')
      const line = JSON.parse(text) as Line
      if (first && !('holdfast' in line && line.v === 1)) throw damaged('it does not begin as one')
      first = false
      if ('end' in line) {
        ended = true
        if (line.sha256 !== hash.digest('hex')) throw damaged('its contents were changed')
      } else {
        hash.update(`${text}\n`)
        yield line
      }
    }
  } catch (error) {
    if (error instanceof SyntaxError) throw damaged('a line of it cannot be read')
    const { code } = error as NodeJS.ErrnoException
    if (code?.startsWith('Z_')) throw damaged('it cannot be unpacked')
    throw error
  }
  if (!ended) throw damaged('its end is missing')
}

function place(directory: string, { file, content }: FileLine): void {
  const path = normalize(join(directory, file))
  if (!path.startsWith(normalize(directory) + sep))
    throw new BackupRefused(`The backup names a file outside the data directory: ${file}.`)
  const bytes = Buffer.from(content, 'base64')
  if (existsSync(path)) {
    if (readFileSync(path).equals(bytes)) return
    throw new BackupRefused(`${path} is there already, and is not the backup's. Restore into an empty data directory.`)
  }
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeFileSync(path, bytes, { mode: 0o600, flag: 'wx', flush: true })
}
