import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { freshDatabase, freshDatabaseUrl } from '#test/database'
import { type Database, DatabaseRefused, DatabaseUnavailable, openDatabase, type Tx } from './index.ts'

const cutAll = (database: Database) =>
  database.query(
    '',
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  )

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  for (let waited = 0; waited < 5000; waited += 10) {
    if (await what()) return
    await sleep(10)
  }
  assert.fail('it did not come about within 5 s')
}

test('a transaction is all or nothing, and its handle ends with it', async (t) => {
  const database = await freshDatabase(t)
  await database.query('', 'create table kept (number int primary key)')
  let stale: Tx | undefined
  await assert.rejects(
    database.transaction(async (tx) => {
      stale = tx
      await tx.query('', 'insert into kept values (1)')
      throw new Error('changed my mind')
    }),
    /changed my mind/,
  )
  await assert.rejects(stale!.query('', 'select 1'), /after its transaction ended/)
  await database.transaction((tx) =>
    Promise.all([2, 3].map((number) => tx.query('keep', 'insert into kept values ($1)', [number]))),
  )
  assert.deepEqual(await database.query('', 'select number from kept order by number'), [{ number: 2 }, { number: 3 }])
})

test('a failure that the work swallows still saves nothing, and says so', async (t) => {
  const database = await freshDatabase(t)
  await database.query('', 'create table kept (number int primary key)')
  const swallowing = database.transaction(async (tx) => {
    await tx.query('', 'insert into kept values (1)')
    await tx.query('', 'insert into kept values (1)').catch(() => {})
  })
  await assert.rejects(swallowing, /nothing was saved/)
  assert.deepEqual(await database.query('', 'select from kept'), [])
})

test('inside a transaction the database itself is closed to the work, and open to everybody else', async (t) => {
  const database = await freshDatabase(t, { poolSize: 2 })
  await database.transaction(async () => {
    await assert.rejects(database.query('', 'select 1'), /transaction's own handle/)
    await assert.rejects(
      database.transaction(async () => {}),
      /transaction's own handle/,
    )
  })
  const [, row] = await Promise.all([database.transaction(() => sleep(20)), database.query('', 'select 1 as one')])
  assert.deepEqual(row, [{ one: 1 }])
})

test('values arrive as they can be used', async (t) => {
  const database = await freshDatabase(t)
  const text = `select 9007199254740991::int8 as whole, 1.10::numeric as exact, date '2025-11-24' as day,
    timestamptz '2025-11-24 13:10:00+00' as at, '{"a": 1}'::jsonb as json`
  const row = {
    whole: 9007199254740991,
    exact: '1.10',
    day: '2025-11-24',
    at: new Date('2025-11-24T13:10:00Z'),
    json: { a: 1 },
  }
  assert.deepEqual(await database.query('values', text), [row])
  await assert.rejects(database.query('', 'select 9007199254740992::int8'), /select it as text/)
})

test('the loss of connections is survived: what ran is unavailable, what follows works', async (t) => {
  const url = await freshDatabaseUrl(t)
  const database = await openDatabase({ databaseUrl: url, dataDirectory: '', poolSize: 3 })
  const other = await openDatabase({ databaseUrl: url, dataDirectory: '', poolSize: 1 })
  const running = database.query('', 'select pg_sleep(10)')
  const holding = database.transaction(async (tx) => {
    await tx.query('', 'select 1')
    await sleep(300)
    await tx.query('', 'select 2')
  })
  const lost = Promise.allSettled([running, holding])
  await until(
    async () => (await other.query('', `select from pg_stat_activity where query ~ 'pg_sleep.10'`)).length > 1,
  )
  await cutAll(other)
  for (const outcome of await lost)
    assert.ok(outcome.status === 'rejected' && outcome.reason instanceof DatabaseUnavailable)
  assert.deepEqual(await database.query('', 'select 3 as three'), [{ three: 3 }])
  await database.close()
  await other.close()
  await assert.rejects(database.query('', 'select 1'), DatabaseUnavailable)
})

test('listening goes on after the connection was cut, and says that something may have been missed', async (t) => {
  const database = await freshDatabase(t)
  const heard: string[] = []
  let lost = 0
  const stop = await database.listen(
    'news',
    (payload) => heard.push(payload),
    () => lost++,
  )
  await database.query('', `notify news, 'one'`)
  await until(() => heard.length === 1)
  await cutAll(database)
  await until(() => lost === 1)
  await database.query('', `notify news, 'two'`)
  await until(() => heard.length === 2)
  await stop()
  await database.query('', `notify news, 'three'`)
  await sleep(50)
  assert.deepEqual(heard, ['one', 'two'])
})

test('a statement that takes too long, a read-only server and a full disk are told apart', async (t) => {
  const database = await freshDatabase(t, { statementTimeout: 100 })
  const reason = (text: string) =>
    database.query('', text).then(
      () => 'none',
      (error) => (error instanceof DatabaseUnavailable ? error.reason : String(error)),
    )
  assert.equal(await reason('select pg_sleep(5)'), 'busy')
  assert.equal(await reason('begin read only; create table x ()'), 'read-only')
  assert.equal(await reason(`do $$ begin raise exception 'no space' using errcode = '53100'; end $$`), 'disk-full')
  assert.match(await reason('select 1/0'), /division by zero/)
})

test('an address that leads nowhere is unavailable at once; one that is wrong is refused with a reason', async (t) => {
  const began = Date.now()
  await assert.rejects(
    openDatabase({ databaseUrl: 'postgresql://nobody@127.0.0.1:1/none', dataDirectory: '' }),
    DatabaseUnavailable,
  )
  assert.ok(Date.now() - began < 60_000, 'against trying without end')
  const url = await freshDatabaseUrl(t)
  await assert.rejects(
    openDatabase({ databaseUrl: url.replace(/holdfast_test_\w+/, 'no_such_database'), dataDirectory: '' }),
    (error: Error) => error instanceof DatabaseRefused && /no_such_database/.test(error.message),
  )
})
