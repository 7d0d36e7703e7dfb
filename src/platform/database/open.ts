import pg from 'pg'
import { OLDEST_MAJOR } from './binaries.ts'
import { type Cluster, startCluster } from './cluster.ts'
import type { Database, DatabaseInfo, Log } from './database.ts'
import { DatabaseRefused, translated } from './errors.ts'
import { pooled } from './pool.ts'

export interface OpenOptions {
  /** A server to use; null for a private cluster in `dataDirectory`. */
  readonly databaseUrl: string | null
  readonly dataDirectory: string
  readonly log?: Log
  /** Whose PostgreSQL makes a new private cluster; the system's unless said. */
  readonly prefer?: 'npm' | 'system' | undefined
  /** Connections at most; 10 unless said. */
  readonly poolSize?: number
  /** Milliseconds that a statement may take; 30,000 unless said. */
  readonly statementTimeout?: number
}

const NAME = 'holdfast'

/**
 * Opens the server of `databaseUrl`, or else starts the private cluster of `dataDirectory`.
 * Throws `DatabaseRefused` (a person must act) or `DatabaseUnavailable` (trying later may help).
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const log: Log = options.log ?? (() => {})
  const settings = { size: options.poolSize ?? 10, statementTimeout: options.statementTimeout ?? 30_000, log }
  if (options.databaseUrl !== null) {
    const connection = { connectionString: options.databaseUrl, options: '-c timezone=UTC' }
    return pooled({ ...settings, connection }, await lookAt(connection), async () => {})
  }
  const { dataDirectory, prefer } = options
  const cluster = await startCluster({ dataDirectory, prefer, log }).catch((error) => {
    throw translated(error)
  })
  try {
    await ensureDatabase(cluster)
    await checkFiles(cluster)
  } catch (error) {
    await cluster.stop()
    throw error
  }
  const connection = { ...cluster.connection, database: NAME }
  return pooled({ ...settings, connection }, { ...cluster.info, address: addressOf(cluster) }, cluster.stop)
}

async function lookAt(connection: pg.ClientConfig): Promise<DatabaseInfo> {
  const [row] = await once<{ version: string; encoding: string }>(
    connection,
    `select current_setting('server_version') as version, current_setting('server_encoding') as encoding`,
  )
  const { version, encoding } = row!
  if (Number.parseInt(version, 10) < OLDEST_MAJOR)
    throw new DatabaseRefused(
      `The server of DATABASE_URL is PostgreSQL ${version}. Holdfast needs ${OLDEST_MAJOR} or later.`,
    )
  if (encoding !== 'UTF8')
    throw new DatabaseRefused(
      `The database of DATABASE_URL is encoded in ${encoding}. Create it with: create database holdfast encoding 'UTF8' template template0`,
    )
  return { source: 'DATABASE_URL', version: version.split(' ')[0]!, directory: null, address: null }
}

function addressOf({ connection: { host, port, user } }: Cluster): string {
  return `postgresql:///${NAME}?host=${encodeURIComponent(host)}&port=${port}&user=${encodeURIComponent(user)}`
}

async function ensureDatabase({ connection }: Cluster): Promise<void> {
  const admin = { ...connection, database: 'postgres' }
  const found = await once(admin, `select from pg_database where datname = '${NAME}'`)
  if (found.length === 0) await once(admin, `create database ${NAME} template template0 strategy wal_log`)
}

/** PostgreSQL takes an empty or missing file for an empty table or finds out late; an index always has a first page. */
async function checkFiles({ connection, info }: Cluster): Promise<void> {
  const lost = await once<{ name: string }>(
    { ...connection, database: NAME },
    `select n.nspname || '.' || c.relname as name
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     cross join lateral pg_stat_file(pg_relation_filepath(c.oid), true) f
     where c.relkind in ('r', 't', 'm', 'i', 'S') and c.relpersistence = 'p'
       and (f.size is null or f.size = 0 and c.relkind = 'i')`,
  )
  if (lost.length > 0)
    throw new DatabaseRefused(
      `The database in ${info.directory} is damaged: the files of ${lost.map(({ name }) => name).join(', ')} are missing or empty. Nothing was repaired. Keep the directory as it is for examination, and restore a backup into an empty one.`,
    )
}

async function once<Row>(connection: pg.ClientConfig, text: string): Promise<Row[]> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 3000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.query(text)).rows
  } catch (error) {
    throw refusedLogin(error) ?? translated(error)
  } finally {
    await client.end().catch(() => {})
  }
}

/** 28: authentication; 3D000: no such database. Trying again would not help. */
function refusedLogin(error: unknown): DatabaseRefused | null {
  const { code = '', message } = error as { code?: string; message: string }
  if (!/^28|^3D000$|^42501$/.test(code)) return null
  return new DatabaseRefused(
    `The server of DATABASE_URL refuses us: ${message}. Check its user, password and database.`,
  )
}
