import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startCluster } from '../src/platform/database/cluster.ts'

type Rows = Record<string, unknown>[]

/** The PostgreSQL that tests make their databases on. */
export interface TestServer {
  /** Distinguishes this run's templates from another's on the same server. */
  readonly run: string
  readonly url: string
  at(database: string): string
  administer(statement: string): Promise<Rows>
  /** Holds a lock across all processes of the run. */
  alone<T>(work: (query: (statement: string) => Promise<Rows>) => Promise<T>): Promise<T>
  stop(): Promise<void>
}

/** HOLDFAST_TEST_SERVER (this run's, with HOLDFAST_TEST_RUN), else DATABASE_URL, else a private cluster in a temporary directory. */
export async function startTestServer(): Promise<TestServer> {
  const { HOLDFAST_TEST_SERVER, HOLDFAST_TEST_RUN, DATABASE_URL } = process.env
  if (HOLDFAST_TEST_SERVER) return onServer(HOLDFAST_TEST_SERVER, HOLDFAST_TEST_RUN ?? 'shared', async () => {})
  const run = randomUUID().slice(0, 8)
  if (DATABASE_URL) return onServer(DATABASE_URL, run, (server) => dropLeftovers(server))
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-test-'))
  const prefer = process.env.HOLDFAST_POSTGRES as 'npm' | 'system' | undefined
  const cluster = await startCluster({ dataDirectory: directory, prefer, log: () => {} })
  const { host, user } = cluster.connection
  return onServer(`postgresql://${user}@${encodeURIComponent(host)}/postgres`, run, async () => {
    await cluster.stop()
    rmSync(directory, { recursive: true, force: true })
  })
}

function onServer(url: string, run: string, afterwards: (server: TestServer) => Promise<void>): TestServer {
  const pool = new pg.Pool({ connectionString: url, max: 2, idleTimeoutMillis: 500, allowExitOnIdle: true })
  pool.on('error', () => {})
  const server: TestServer = {
    run,
    url,
    at: (database) => withDatabase(url, database),
    administer: async (statement) => (await pool.query(statement)).rows,
    async alone(work) {
      const client = await pool.connect()
      try {
        await client.query(`select pg_advisory_lock(hashtext('holdfast-test-templates'))`)
        return await work(async (statement) => (await client.query(statement)).rows)
      } finally {
        await client.query('select pg_advisory_unlock_all()').catch(() => {})
        client.release()
      }
    },
    async stop() {
      await afterwards(server)
      await pool.end()
    },
  }
  return server
}

/** On a server that outlives us. */
async function dropLeftovers({ administer, run }: TestServer): Promise<void> {
  const left = await administer(`select datname from pg_database where datname like 'holdfast\\_template\\_${run}\\_%'`)
  for (const { datname } of left) await administer(`drop database if exists ${datname} with (force)`)
}

/** Works for URLs whose host is a percent-encoded socket directory too, which the URL class will not edit. */
function withDatabase(url: string, database: string): string {
  const parts = /^([a-z]+:\/\/[^/?]*)(?:\/[^?]*)?(\?.*)?$/.exec(url)
  if (!parts) throw new Error('DATABASE_URL is not like postgresql://user:password@host/database')
  return `${parts[1]}/${database}${parts[2] ?? ''}`
}
