import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { createModels } from '#journal'
import { openDatabase } from '#platform/database'
import { freshDatabaseUrl } from '#test/database'
import { createOutbox } from '../create-outbox.ts'
import { orders } from '../projections/orders.ts'
import { deliverySchema } from '../schema.ts'
import { claim, closeUntil } from './claim.ts'

const RATE = { perSecond: 5, burst: 5 }
const asked = { channel: 'email', provider: 'invented', rate: RATE, stopped: [] } as const

test('two processes together take no more than the rate allows, whoever asks how often', async (t) => {
  const databaseUrl = await freshDatabaseUrl(t, { schemas: [deliverySchema] })
  const both = await Promise.all([0, 1].map(() => openDatabase({ databaseUrl, dataDirectory: '', poolSize: 3 })))
  t.after(() => Promise.all(both.map((one) => one.close())))
  const [first] = both
  const models = createModels([orders], () => {})
  const outbox = createOutbox({
    database: first!,
    models,
    secret: randomBytes(32),
    carriers: [],
    atOnce: 1,
    attempts: 1,
    exercises: false,
    isExercise: () => false,
  })
  const content = { subject: 'Bins', text: 'Invented' }
  const recipients = Array.from({ length: 5000 }, (_, one) => ({ person: `p-${one}`, address: `i${one}@example.org` }))
  const batch = {
    message: 'm/1',
    batch: 'm/1',
    organisation: 'borchester',
    channel: 'email',
    content,
    recipients,
  } as const
  await first!.transaction((tx) => outbox.enqueue(tx, batch))
  let now = Date.now() + 60_000
  const step = fc.record({
    after: fc.integer({ min: 0, max: 2000 }),
    calls: fc.integer({ min: 1, max: 4 }),
    free: fc.integer({ min: 1, max: 9 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      // A rest fills the bucket: every run begins with a full one.
      now += 10_000
      const began = now
      let taken = 0
      for (const { after, calls, free } of steps) {
        now += after
        const all = Array.from({ length: calls }, (_, one) =>
          claim(both[one % 2]!, { ...asked, free, atOnce: 100_000, now: new Date(now) }),
        )
        const claimed = (await Promise.all(all)).flatMap(({ rows }) => rows)
        taken += claimed.length
        const most = RATE.burst + ((now - began) * RATE.perSecond) / 1000
        assert.ok(taken <= most, `${taken} after ${now - began} ms`)
        if (free * calls >= most) assert.ok(taken >= Math.floor(most) - 1 || claimed.length > 0 || after < 200)
      }
    }),
    { numRuns: 15 },
  )
  const rows = await first!.query<{ twice: number }>(
    '',
    'select count(*)::integer as twice from delivery.delivery where lease is not null',
  )
  assert.ok(rows[0]!.twice > 0)
  await closeUntil(first!, 'invented', { pause: 60_000, because: 'invented', now: new Date(now) })
  const shut = await claim(both[1]!, { ...asked, free: 5, atOnce: 100_000, now: new Date(now + 59_000) })
  assert.deepEqual([shut.rows.length, shut.wait], [0, 1000])
})

test('what is leased counts as under way until its lease has run out, then it is claimed again', async (t) => {
  const databaseUrl = await freshDatabaseUrl(t, { schemas: [deliverySchema] })
  const database = await openDatabase({ databaseUrl, dataDirectory: '', poolSize: 3 })
  t.after(() => database.close())
  await database.query(
    '',
    `insert into delivery.delivery (delivery, organisation, message, person, channel, batch, content, state, queued_at, due_at)
     select gen_random_uuid(), 'borchester', 'm/1', n::text, 'email', 'm/1', gen_random_uuid(), 'waiting', now(), now()
     from generate_series(1, 10) n`,
  )
  const rate = { perSecond: 1000, burst: 1000 }
  const now = Date.now() + 1000
  const at = (millis: number) => claim(database, { ...asked, rate, free: 10, atOnce: 4, now: new Date(now + millis) })
  assert.equal((await at(0)).rows.length, 4)
  assert.equal((await at(10)).rows.length, 0)
  assert.equal((await at(76_000)).rows.length, 4)
  const stopped = await claim(database, {
    ...asked,
    rate,
    free: 10,
    atOnce: 100,
    stopped: [['borchester', 'm/1']],
    now: new Date(now),
  })
  assert.equal(stopped.rows.length, 0)
})
