import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase, freshDatabaseUrl } from '#test/database'
import { migrate, openDatabase } from './index.ts'

const first = { name: '001-first.sql', sql: 'create table room.first (id int);\ninsert into room.first values (1);' }
const second = { name: '002-second.sql', sql: 'create table room.second (id int)' }
const room = (...files: { name: string; sql: string }[]) => [{ schema: 'room', files }]

test('files are applied once, in the order of their numbers', async (t) => {
  const database = await freshDatabase(t)
  await migrate(database, room(first))
  await migrate(database, room(second, first))
  await migrate(database, room(first, { ...second, sql: second.sql.replaceAll('\n', '\r\n') }))
  assert.deepEqual(await database.query('', 'select id from room.first'), [{ id: 1 }])
  assert.deepEqual(await database.query('', 'select schema, name from holdfast.migrations order by name'), [
    { schema: 'room', name: '001-first.sql' },
    { schema: 'room', name: '002-second.sql' },
  ])
})

test('history only grows at its end', async (t) => {
  const database = await freshDatabase(t)
  await migrate(database, room(first, second))
  const refused = (files: Parameters<typeof room>, message: RegExp) =>
    assert.rejects(migrate(database, room(...files)), { name: 'DatabaseRefused', message })
  await refused([{ ...first, sql: 'select 1' }, second], /001-first\.sql was changed/)
  await refused([first], /002-second\.sql, which this version of Holdfast does not know/)
  await refused([{ name: '000-before.sql', sql: 'select 1' }, first, second], /000-before\.sql is numbered before/)
  await assert.rejects(async () => migrate(database, room({ name: 'x.sql', sql: '' })), /not named/)
  await assert.rejects(async () => migrate(database, room(first, { name: '1-x.sql', sql: '' })), /not named/)
})

test('a file that fails takes everything of this run back, and is named with its line', async (t) => {
  const database = await freshDatabase(t)
  const broken = { name: '003-broken.sql', sql: 'select 1;\ncreate tabel room.third ()' }
  await assert.rejects(migrate(database, room(first, second, broken)), /room\/003-broken\.sql failed, line 2: syntax/)
  assert.deepEqual(await database.query('', `select to_regnamespace('room') as room`), [{ room: null }])
  await migrate(database, room(first, second))
})

test('several processes migrate at once, and each file is applied once', async (t) => {
  const url = await freshDatabaseUrl(t)
  const databases = await Promise.all(
    Array.from({ length: 4 }, () => openDatabase({ databaseUrl: url, dataDirectory: '', poolSize: 2 })),
  )
  await Promise.all(databases.map((database) => migrate(database, room(first, second))))
  assert.deepEqual(await databases[0]!.query('', 'select count(*) as n from room.first'), [{ n: 1 }])
  await Promise.all(databases.map((database) => database.close()))
})
