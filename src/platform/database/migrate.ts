import { createHash } from 'node:crypto'
import type { Database, Tx } from './database.ts'
import { DatabaseRefused, DatabaseUnavailable } from './errors.ts'

export interface Schema {
  /** A room's own PostgreSQL schema; made when missing. */
  readonly schema: string
  /** `001-what-it-brings.sql`: numbered, each number once. */
  readonly files: readonly { readonly name: string; readonly sql: string }[]
}

const FILE = /^\d{3,}-[a-z0-9-]+\.sql$/
const ALONE = 7_236_501_224

/**
 * Applies what has not been applied, all or nothing, one process at a time. Refuses a file that was changed after it was
 * applied, one that has gone, and a new one numbered before the last applied: history only grows at its end.
 */
export function migrate(database: Database, schemas: readonly Schema[]): Promise<void> {
  for (const { schema, files } of schemas) checkNames(schema, files)
  return database.transaction(async (tx) => {
    await tx.query('', 'set local statement_timeout = 0')
    await tx.query('', `select pg_advisory_xact_lock(${ALONE})`)
    await tx.query(
      '',
      `set local client_min_messages = warning;
       create schema if not exists holdfast;
       create table if not exists holdfast.migrations (
         schema text not null,
         name text not null,
         checksum text not null,
         applied_at timestamptz not null default clock_timestamp(),
         primary key (schema, name)
       )`,
    )
    for (const { schema, files } of schemas) await bring(tx, schema, files)
  })
}

async function bring(tx: Tx, schema: string, files: Schema['files']): Promise<void> {
  const applied = await tx.query<{ name: string; checksum: string }>(
    '',
    'select name, checksum from holdfast.migrations where schema = $1',
    [schema],
  )
  const byNumber = (a: { name: string }, b: { name: string }) => number(a.name) - number(b.name)
  const ordered = [...files].sort(byNumber)
  for (const [place, { name, checksum }] of applied.sort(byNumber).entries()) {
    const file = ordered[place]
    if (file?.name !== name)
      throw new DatabaseRefused(
        ordered.some((other) => other.name === name)
          ? `The migration ${schema}/${file?.name} is numbered before ${name}, which has been applied. Give it a higher number.`
          : `The database has the migration ${schema}/${name}, which this version of Holdfast does not know. Start the newer version that applied it, or restore a backup made before.`,
      )
    if (checksum !== digest(file.sql))
      throw new DatabaseRefused(
        `The migration ${schema}/${name} was changed after it had been applied. Restore its text and put the change into a new file.`,
      )
  }
  await tx.query('', `create schema if not exists ${schema}`)
  for (const { name, sql } of ordered.slice(applied.length)) {
    await tx.query('', sql).catch((error) => {
      throw explained(error, `${schema}/${name}`, sql)
    })
    await tx.query('', 'insert into holdfast.migrations (schema, name, checksum) values ($1, $2, $3)', [
      schema,
      name,
      digest(sql),
    ])
  }
}

function explained(error: unknown, file: string, sql: string): unknown {
  const { position, message } = error as Error & { position?: string }
  if (error instanceof DatabaseUnavailable) return error
  const line = position ? `, line ${sql.slice(0, Number(position)).split('\n').length}` : ''
  return new Error(`The migration ${file} failed${line}: ${message}`, { cause: error })
}

function checkNames(schema: string, files: Schema['files']): void {
  if (!/^[a-z_][a-z0-9_]*$/.test(schema)) throw new Error(`${schema} is no schema name`)
  for (const { name } of files) if (!FILE.test(name)) throw new Error(`${schema}/${name} is not named 001-words.sql`)
  if (new Set(files.map(({ name }) => number(name))).size !== files.length)
    throw new Error(`Two migrations of ${schema} have the same number`)
}

const number = (name: string) => Number.parseInt(name, 10)

/** A checkout that turns line ends around must not look like a change. */
const digest = (sql: string) => createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex')
