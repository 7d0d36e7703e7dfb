import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { createModels } from '#journal'
import type { Database } from '#platform/database'
import { freshDatabase } from '#test/database'
import { createOutbox } from './create-outbox.ts'
import type { Batch } from './outbox.ts'
import { orders } from './projections/orders.ts'
import { deliverySchema } from './schema.ts'

const secret = randomBytes(32)
const isExercise = (organisation: string) => organisation === 'ambridge'
const at = (database: Database, exercises = false) =>
  createOutbox({
    database,
    models: createModels([orders], () => {}),
    secret,
    isExercise,
    carriers: [],
    exercises,
    atOnce: 1,
    attempts: 1,
  })
const people = (count: number) =>
  Array.from({ length: count }, (_, one) => ({
    person: `person-${one}`,
    address: `invented${one}@example.org`,
    fields: { token: `token-${one}` },
  }))
const batch = (message: string, count: number, more: Partial<Batch> = {}): Batch => ({
  message,
  batch: message,
  organisation: 'borchester',
  channel: 'email',
  content: { subject: 'Bins', text: 'Invented words. Stop: https://example.org/{{token}}' },
  recipients: people(count),
  ...more,
})
const open = (t: TestContext) => freshDatabase(t, { schemas: [deliverySchema] })

test('10,000 recipients are queued once, however often they are queued', async (t) => {
  const database = await open(t)
  const outbox = at(database)
  const queue = (one: Batch) => database.transaction((tx) => outbox.enqueue(tx, one))
  assert.equal(await queue(batch('m/1', 9_990)), 9_990)
  assert.equal(await queue(batch('m/1', 10_000)), 10)
  assert.equal(await queue(batch('m/1', 10_000)), 0)
  assert.equal(await queue(batch('m/1', 5, { channel: 'sms' })), 5, 'another channel')
  assert.equal(await queue(batch('m/1', 5, { organisation: 'felpersham' })), 5, 'another organisation')
  assert.equal(await queue(batch('m/2', 2, { recipients: [...people(1), ...people(1)] })), 1, 'named twice')
  const [counts] = await database.query<{ rows: number; contents: number }>(
    '',
    'select (select count(*) from delivery.delivery) as rows, (select count(*) from delivery.content) as contents',
  )
  assert.deepEqual(counts, { rows: 10_011, contents: 5 })
})

test('what is queued in a transaction that fails was never queued', async (t) => {
  const database = await open(t)
  const failing = database.transaction(async (tx) => {
    await at(database).enqueue(tx, batch('m/1', 3))
    throw new Error('the statement was not published')
  })
  await assert.rejects(failing)
  assert.deepEqual(await database.query('', 'select from delivery.delivery'), [])
})

test('neither address nor words nor fields can be read in the database', async (t) => {
  const database = await open(t)
  await database.transaction((tx) => at(database).enqueue(tx, batch('m/1', 3)))
  for (const table of ['content', 'delivery']) {
    const rows = await database.query<{ all: string }>('', `select t::text as all from delivery.${table} t`)
    const bytes = await database.query<{ sealed: Buffer }>('', `select sealed from delivery.${table}`)
    const seen = rows.map((row) => row.all).join() + bytes.map(({ sealed }) => sealed.toString('latin1')).join()
    assert.doesNotMatch(seen, /example\.org|Invented|Bins|token-/)
  }
})

test('whoever is erased is sent nothing more, and no address of theirs is left', async (t) => {
  const database = await open(t)
  await database.transaction((tx) => at(database).enqueue(tx, batch('m/1', 3)))
  await database.transaction((tx) => at(database).enqueue(tx, batch('m/2', 1)))
  await database.transaction((tx) => at(database).erase(tx, 'person-0'))
  const rows = await database.query(
    '',
    'select message, person, state, reason, sealed is null as gone from delivery.delivery order by message, person',
  )
  assert.deepEqual(rows, [
    { message: 'm/1', person: 'person-0', state: 'stopped', reason: 'erased', gone: true },
    { message: 'm/1', person: 'person-1', state: 'waiting', reason: null, gone: false },
    { message: 'm/1', person: 'person-2', state: 'waiting', reason: null, gone: false },
    { message: 'm/2', person: 'person-0', state: 'stopped', reason: 'erased', gone: true },
  ])
  const words = await database.query(
    '',
    'select message, sealed is null as gone from delivery.content order by message',
  )
  assert.deepEqual(words, [
    { message: 'm/1', gone: false },
    { message: 'm/2', gone: true },
  ])
})

test('what an exercise queues is kept as stopped, unless the installation sends exercises', async (t) => {
  const database = await open(t)
  const play = { organisation: 'ambridge' }
  await database.transaction((tx) => at(database).enqueue(tx, batch('m/1', 1, play)))
  await database.transaction((tx) => at(database, true).enqueue(tx, batch('m/2', 1, play)))
  const rows = await database.query(
    '',
    'select state, reason, ended_at is null as going from delivery.delivery order by message',
  )
  assert.deepEqual(rows, [
    { state: 'stopped', reason: 'exercise', going: false },
    { state: 'waiting', reason: null, going: true },
  ])
})

test('a field that a recipient lacks is found before anything is queued', async (t) => {
  const database = await open(t)
  const recipients = [{ person: 'one', address: 'invented@example.org' }]
  await assert.rejects(
    database.transaction((tx) => at(database).enqueue(tx, batch('m/1', 0, { recipients }))),
    /asks for the field token/,
  )
})
