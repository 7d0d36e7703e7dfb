import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { eventually } from '#test/processes'
import { subscribed } from '#test/subscribed'

type Place = Awaited<ReturnType<typeof subscribed>>

async function exported({ subscriptions }: Pick<Place, 'subscriptions'>, organisation: string | null = null) {
  const lines: string[] = []
  for await (const line of subscriptions.exportLines(organisation)) lines.push(line)
  return lines
}

const empty = ({ database }: Place) =>
  database.query('', 'truncate public_site.subscription cascade; truncate public_site.subscription_attempt')

test('what is exported and imported again is the same, whoever subscribed to what', async (t) => {
  const place = await subscribed(t)
  const person = fc.record({
    address: fc.oneof(
      fc.nat(40).map((one) => `invented${one}@example.org`),
      fc.nat(40).map((one) => `+4477009000${String(one).padStart(2, '0')}`),
    ),
    services: fc.subarray(['bins', 'housing', 'parks']),
    confirms: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(person, { maxLength: 6 }), async (people) => {
      await empty(place)
      for (const { address, services, confirms } of people)
        if (confirms) await place.join(address, services)
        else {
          const fields = new URLSearchParams({ [address.includes('@') ? 'email' : 'sms']: address })
          for (const service of services) fields.append('service', service)
          await place.form('/westminster/subscribe', fields)
        }
      const before = await exported(place)
      await empty(place)
      const done = await place.subscriptions.importLines(before)
      assert.deepEqual(done, { added: before.length, known: 0, stopped: 0 })
      assert.deepEqual(await exported(place), before)
      assert.deepEqual(await place.subscriptions.importLines([...before, '']), {
        added: 0,
        known: before.length,
        stopped: 0,
      })
      assert.deepEqual(await exported(place), before, 'twice is once')
    }),
    { numRuns: 12 },
  )
})

test('under another key, the links in old messages still work', async (t) => {
  const old = await subscribed(t)
  const manage = await old.join('jo@example.org', ['bins'])
  const elsewhere = await subscribed(t, { secret: randomBytes(32) })
  await elsewhere.subscriptions.importLines(await exported(old))
  assert.match((await elsewhere.ask('GET', manage)).text, /Invented bins/)
  assert.notEqual(await elsewhere.join('jo@example.org'), manage, 'new messages have their own')
  await elsewhere.form(`${manage}/stop`)
  assert.deepEqual(await exported(elsewhere), [])
})

test('an old export brings nobody back who has stopped, was erased or could not be reached; who came back stays', async (t) => {
  const place = await subscribed(t)
  const stops = await place.join('stops@example.org')
  const erased = await place.join('erased@example.org')
  await place.join('asked@example.org')
  await place.join('bounces@example.org')
  await place.join('stays@example.org')
  const returns = await place.join('returns@example.org', ['bins'])
  const lines = await exported(place)
  const again = () => place.subscriptions.importLines(lines)
  const addresses = async () => (await exported(place)).map((line) => JSON.parse(line).address).sort()
  place.pass(1)
  await place.form(`${stops}/stop`)
  await place.form(`${erased}/erase`)
  await place.subscriptions.subscribers.eraseAddress('email', 'ASKED@example.org'.toLowerCase())
  const [bounced] = lines.map((line) => JSON.parse(line)).filter(({ address }) => address === 'bounces@example.org')
  await place.subscriptions.heard({
    person: bounced.subscription,
    state: 'failed',
    failure: 'permanent',
    at: new Date(place.at.now),
  } as Parameters<typeof place.subscriptions.heard>[0])
  await place.form(`${returns}/stop`)
  assert.deepEqual(await addresses(), ['stays@example.org'])
  assert.deepEqual(await again(), { added: 0, known: 1, stopped: 5 })
  assert.deepEqual(await addresses(), ['stays@example.org'])
  place.pass(1)
  await place.form('/westminster/subscribe', { email: 'returns@example.org' })
  assert.deepEqual(await again(), { added: 0, known: 1, stopped: 5 })
  const waiting = (await exported(place))
    .map((line) => JSON.parse(line))
    .find(({ address }) => address.startsWith('returns'))
  assert.equal(waiting.confirmedAt, null, 'an old confirmation does not count for a new request')
  await place.join('returns@example.org')
  const fresh = await exported(place)
  await empty(place)
  assert.deepEqual(await place.subscriptions.importLines(fresh), { added: 2, known: 0, stopped: 0 })
  const rows = await place.database.query('', 'select * from public_site.subscription_stopped')
  assert.ok(rows.length === 5 && !JSON.stringify(rows).includes('example'))
})

test('whoever stops while an old export is taken in stays out', async (t) => {
  const place = await subscribed(t)
  const manage = await place.join('jo@example.org')
  const lines = await exported(place)
  place.pass(1)
  const [held, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  // A stop ends with what was queued: it can be held there.
  const holding = place.database.transaction(async (tx) => {
    await tx.query('', 'select from delivery.delivery for update')
    held.resolve()
    await release.promise
  })
  await held.promise
  const stop = place.form(`${manage}/stop`)
  await eventually('the stop waits', async () => (await waiting(place)) === 1)
  const taken = place.beside().importLines(lines)
  await eventually('the import waits for it', async () => (await waiting(place)) === 2)
  release.resolve()
  await Promise.all([holding, stop])
  assert.deepEqual(await taken, { added: 0, known: 0, stopped: 1 })
  assert.deepEqual(await exported(place), [])
})

async function waiting({ database }: Place): Promise<number> {
  const rows = await database.query(
    '',
    `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  )
  return rows.length
}

test('a bad line is named, and then nothing at all is taken in', async (t) => {
  const place = await subscribed(t)
  await place.join('jo@example.org')
  const [line] = await exported(place)
  await empty(place)
  const good = JSON.parse(line!)
  const bad = [
    '{',
    '7',
    { ...good, subscription: 'x' },
    { ...good, organisation: 'nowhere' },
    { ...good, exercise: 'EXERCISE' },
    { ...good, channel: 'x' },
    { ...good, address: 'not an address' },
    { ...good, services: ['../bins'] },
    { ...good, wanted: 'bins' },
    { ...good, askedAt: 'yesterday' },
    { ...good, confirmedAt: 7 },
    { ...good, links: [{ purpose: 'manage', hash: 'x' }] },
    { ...good, links: [null] },
  ].map((one) => (typeof one === 'string' ? one : JSON.stringify(one)))
  const done = await place.subscriptions.importLines([line!, ...bad])
  assert.ok('mistakes' in done)
  assert.deepEqual(
    done.mistakes.map((text) => text.split(':')[0]),
    bad.map((_, place) => `line ${place + 2}`),
  )
  assert.deepEqual(await exported(place), [])
})

test('what an exercise wrote out says so, and is not taken in by a live organisation', async (t) => {
  const practice = await subscribed(t, { world: 'invented-exercise' })
  await practice.join('jo@example.org')
  const lines = await exported(practice)
  assert.match(lines[0]!, /^\{"exercise":"EXERCISE",/)
  const live = await subscribed(t, { secret: practice.secret })
  assert.match(JSON.stringify(await live.subscriptions.importLines(lines)), /line 1: westminster is live here/)
})

test('staff see how many, never who', async (t) => {
  const place = await subscribed(t)
  await place.join('one@example.org')
  await place.join('two@example.org', ['bins', 'parks'])
  await place.join('+447700900123', ['bins'])
  await place.form('/westminster/subscribe', { email: 'three@example.org' })
  assert.deepEqual(await place.subscriptions.counts('westminster'), {
    channels: [
      { channel: 'email', confirmed: 2, waiting: 1 },
      { channel: 'sms', confirmed: 1, waiting: 0 },
    ],
    everything: 1,
    services: [
      { service: 'bins', followers: 2 },
      { service: 'parks', followers: 1 },
    ],
  })
})
