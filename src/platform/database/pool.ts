import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'
import type { Database, DatabaseInfo, Log, Tx } from './database.ts'
import { translated } from './errors.ts'
import { listener } from './listen.ts'
import { types } from './types.ts'

export interface PoolOptions {
  readonly connection: pg.ClientConfig
  readonly size: number
  /** Milliseconds that one statement may take. */
  readonly statementTimeout: number
  readonly log: Log
}

const CONNECT_MILLIS = 3000
/** Migrations may rewrite large tables. */
const SCRIPT_MILLIS = 3_600_000

/** A database on a pool of connections: `info` and what to do last are the caller's. */
export function pooled(options: PoolOptions, info: DatabaseInfo, afterwards: () => Promise<void>): Database {
  const { log, statementTimeout } = options
  const connection: pg.ClientConfig = {
    application_name: 'holdfast',
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: CONNECT_MILLIS,
    types,
    ...options.connection,
  }
  const pool = new pg.Pool({
    ...connection,
    max: options.size,
    idleTimeoutMillis: 60_000,
    statement_timeout: statementTimeout,
    // Covers a network that swallows packets, where the server's own limit cannot be heard.
    query_timeout: statementTimeout + 2000,
  })
  pool.on('error', (error) =>
    log({ level: 'warn', msg: 'An idle database connection was lost', detail: error.message }),
  )
  // Without a listener, the loss of a connection that is checked out but idle would end the process.
  pool.on('connect', (client) => client.on('error', () => {}))
  const ears = listener(connection, log)
  const inside = new AsyncLocalStorage<{ open: boolean }>()

  const outsideOnly = (what: string) => {
    if (inside.getStore()?.open)
      throw new Error(`database.${what} was called inside a transaction: use the transaction's own handle`)
  }
  const query = async <Row>(name: string, text: string, values?: unknown[]): Promise<Row[]> => {
    outsideOnly('query')
    return run<Row>(pool, name, text, values)
  }
  const transaction = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    outsideOnly('transaction')
    const client = await pool.connect().catch((error) => {
      throw translated(error)
    })
    const state = { open: true }
    let broken = false
    try {
      await client.query('begin').catch((error) => {
        throw translated(error)
      })
      const result = await inside.run(state, () => work(handle(client, state)))
      state.open = false
      await commit(client)
      return result
    } catch (error) {
      state.open = false
      await client.query('rollback').catch(() => {
        broken = true
      })
      throw error
    } finally {
      client.release(broken)
    }
  }

  let closing: Promise<void> | undefined
  const close = async () => {
    await ears.close()
    const ended = pool.end().catch(() => {})
    await Promise.race([ended, new Promise((done) => setTimeout(done, CONNECT_MILLIS).unref())])
    await afterwards()
  }
  return {
    info,
    query,
    transaction,
    listen: (channel, heard, onLost) => ears.listen(channel, heard, onLost),
    reachable: () =>
      run(pool, 'reachable', 'select 1').then(
        () => true,
        () => false,
      ),
    close: () => {
      closing ??= close()
      return closing
    },
  }
}

/** Statements of one transaction run one after another, also when `work` starts several at once. */
function handle(client: pg.PoolClient, state: { open: boolean }): Tx {
  let last: Promise<unknown> = Promise.resolve()
  return {
    query: <Row>(name: string, text: string, values?: unknown[]) => {
      const next = last.then(() => {
        if (!state.open) throw new Error('A transaction handle was used after its transaction ended')
        return run<Row>(client, name, text, values)
      })
      last = next.catch(() => {})
      return next
    },
  }
}

async function run<Row>(on: pg.Pool | pg.PoolClient, name: string, text: string, values?: unknown[]): Promise<Row[]> {
  if (name.length > 63) throw new Error(`The statement name ${name} is longer than 63 characters`)
  try {
    const script = !name && !values
    const result = await on.query<Row & pg.QueryResultRow>({
      text,
      ...(name && { name }),
      ...(values && { values }),
      ...(script && { query_timeout: SCRIPT_MILLIS }),
    })
    return result.rows ?? []
  } catch (error) {
    throw translated(error)
  }
}

async function commit(client: pg.PoolClient): Promise<void> {
  const { command } = await client.query('commit').catch((error) => {
    throw translated(error)
  })
  // PostgreSQL answers ROLLBACK, without an error, when a statement had failed and the failure was swallowed.
  if (command !== 'COMMIT') throw new Error('A statement of this transaction failed earlier: nothing was saved')
}
