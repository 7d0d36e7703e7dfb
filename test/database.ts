import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext } from 'node:test'
import { type Database, migrate, openDatabase, type Schema } from '#platform/database'
import { startTestServer, type TestServer } from './server.ts'

export interface FreshDatabase {
  readonly schemas?: readonly Schema[]
  readonly poolSize?: number
  readonly statementTimeout?: number
}

/** A new, empty and migrated database on a real PostgreSQL, dropped when the test ends. */
export async function freshDatabase(t: TestContext, options: FreshDatabase = {}): Promise<Database> {
  const { url, drop } = await create(options)
  const database = await openDatabase({ ...options, databaseUrl: url, dataDirectory: '' })
  t.after(async () => {
    await database.close()
    drop()
  })
  return database
}

/** The address of such a database, for tests with processes of their own. */
export async function freshDatabaseUrl(t: TestContext, options: FreshDatabase = {}): Promise<string> {
  const { url, drop } = await create(options)
  t.after(drop)
  return url
}

async function create({ schemas = [] }: FreshDatabase): Promise<{ url: string; drop: () => void }> {
  const { administer, at } = await server()
  templates[key(schemas)] ??= template(schemas)
  const from = await templates[key(schemas)]
  const name = `holdfast_test_${randomUUID().replaceAll('-', '')}`
  await administer(`create database ${name} template ${from} strategy wal_log`)
  // Dropping waits for a checkpoint: the next test need not.
  return { url: at(name), drop: () => drops.push(administer(`drop database if exists ${name} with (force)`)) }
}

const drops: Promise<unknown>[] = []

/** A private directory, removed when the test ends. */
export function temporaryDirectory(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'holdfast-test-'))
  t.after(() => rmSync(path, { recursive: true, force: true }))
  return path
}

const templates: Record<string, Promise<string>> = {}
let running: Promise<TestServer> | undefined

function server(): Promise<TestServer> {
  running ??= startTestServer()
  return running
}

after(async () => {
  await Promise.all(drops)
  await (await running)?.stop()
})

/** Migrated once for all the processes of a run; whoever comes second waits for the first. */
async function template(schemas: readonly Schema[]): Promise<string> {
  if (schemas.length === 0) return 'template0'
  const { run, alone, administer, at } = await server()
  const name = `holdfast_template_${run}_${key(schemas)}`
  await alone(async (query) => {
    if ((await query(`select from pg_database where datname = '${name}'`)).length > 0) return
    await administer(`drop database if exists ${name}_new with (force)`)
    await administer(`create database ${name}_new template template0 strategy wal_log`)
    const database = await openDatabase({ databaseUrl: at(`${name}_new`), dataDirectory: '', poolSize: 1 })
    await migrate(database, schemas).finally(() => database.close())
    await administer(`alter database ${name}_new rename to ${name}`)
  })
  return name
}

const key = (schemas: readonly Schema[]) =>
  createHash('sha256').update(JSON.stringify(schemas)).digest('hex').slice(0, 12)
