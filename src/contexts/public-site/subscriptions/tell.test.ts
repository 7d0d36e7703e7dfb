import assert from 'node:assert/strict'
import { test } from 'node:test'
import { subscribed } from '#test/subscribed'

const bins = [{ id: 'westminster/bins', level: 'stopped' }]

test('a statement goes to who follows the organisation, and to who follows a service that it names', async (t) => {
  const { join, updates, publish, messages, fresh } = await subscribed(t)
  await join('all@example.org')
  await join('bins@example.org', ['bins'])
  await join('parks@example.org', ['parks'])
  await fresh()
  publish({ services: bins })
  assert.equal(await updates.turn(), 2)
  assert.deepEqual((await fresh()).map(({ address }) => address).sort(), ['all@example.org', 'bins@example.org'])
  publish({ audience: 'staff' })
  publish({ audience: 'press' })
  assert.equal(await updates.turn(), 0, 'what is said to others')
  publish({ statement: 700 })
  publish({ statement: 700, version: 2 })
  publish({ statement: 701, wording: undefined })
  assert.equal(await updates.turn(), 1, 'of two versions at once the newest, and nothing without words')
  assert.equal((await messages()).at(-1)!.message, 'westminster/statements/700/v2')
})

test('two processes that look at once tell everybody once', async (t) => {
  const { join, beside, publish, messages, fresh, stopService, pass, updates } = await subscribed(t)
  for (const name of ['one', 'two', 'three']) await join(`${name}@example.org`)
  const quiet = { debug() {}, info() {}, warn: (line: object) => assert.fail(JSON.stringify(line)), error() {} }
  const all = [updates, ...Array.from({ length: 4 }, () => beside().updates(quiet))]
  await fresh()
  for (let round = 0; round < 4; round++) {
    publish()
    if (round === 1) stopService('bins')
    pass(20)
    await Promise.all(all.map((one) => one.turn()))
    await Promise.all(all.map((one) => one.turn()))
  }
  const keys = (await messages()).map(({ message, person }) => `${message} ${person}`)
  assert.equal(new Set(keys).size, keys.length)
  assert.equal((await fresh()).filter(({ message }) => message.includes('/statements/')).length, 12)
})

test('a change without a statement is told once it stands, to whom it concerns, and what is so by then', async (t) => {
  const { join, updates, fresh, stopService, restoreService, pass } = await subscribed(t)
  await join('all@example.org')
  await join('parks@example.org', ['parks'])
  await join('+447700900123', ['bins'])
  await fresh()
  stopService('bins')
  assert.equal(await updates.turn(), 0)
  pass(1)
  restoreService('bins')
  assert.equal(await updates.turn(), 0)
  pass(3)
  assert.equal(await updates.turn(), 0, 'it came and went')
  stopService('bins')
  await updates.turn()
  pass(2)
  assert.equal(await updates.turn(), 2)
  assert.equal(await updates.turn(), 0, 'once')
  const [mail, sms] = (await fresh()).toSorted((a, b) => a.channel.localeCompare(b.channel))
  assert.match(mail!.text, /- Invented bins: Stopped since .*, because we have disconnected .* as a precaution\./)
  assert.match(sms!.text, /^Invented Council: Invented bins has stopped\. More: https:\S+ Stop: https:\S+$/)
})

test('within the window what changes is gathered, and nothing is said of what went back', async (t) => {
  const { join, updates, fresh, stopService, restoreService, pass } = await subscribed(t)
  await join('all@example.org')
  const settled = async () => {
    await updates.turn()
    pass(2)
    return updates.turn()
  }
  await fresh()
  stopService('bins')
  assert.equal(await settled(), 1)
  stopService('parks', 'housing')
  assert.equal(await settled(), 0, 'too soon')
  restoreService('housing')
  assert.equal(await settled(), 0)
  pass(11)
  assert.equal(await updates.turn(), 1)
  const text = (await fresh()).at(-1)!.text
  assert.match(text, /Invented parks: Stopped/)
  assert.doesNotMatch(text, /Invented (housing|bins)/)
  pass(20)
  restoreService('bins', 'parks')
  assert.equal(await settled(), 1)
  assert.match(
    (await fresh()).at(-1)!.text,
    /Invented bins: Running as usual again\.\n- Invented parks: Running as usual/,
  )
})

test('a statement is never held back: it takes along what waits, and what it names is not told twice', async (t) => {
  const { join, updates, fresh, stopService, pass, publish } = await subscribed(t)
  await join('all@example.org')
  await fresh()
  stopService('parks')
  await updates.turn()
  pass(2)
  assert.equal(await updates.turn(), 1)
  stopService('housing')
  await updates.turn()
  pass(2)
  assert.equal(await updates.turn(), 0, 'housing waits for the window')
  stopService('bins')
  publish({ services: bins })
  assert.equal(await updates.turn(), 1)
  const statement = (await fresh()).at(-1)!
  assert.match(statement.message, /statements/)
  assert.match(statement.text, /Also, at .*:\n\n- Invented housing: Stopped/)
  assert.doesNotMatch(statement.text, /Invented (bins|parks)/)
  pass(30)
  assert.equal(await updates.turn(), 0)
})

test('an address that will never work ends its subscription, and one that does not for days', async (t) => {
  const { join, subscriptions, database } = await subscribed(t)
  await join('one@example.org')
  await join('two@example.org')
  const rows = await database.query<{ subscription: string }>(
    '',
    'select subscription from public_site.subscription order by asked_at, subscription',
  )
  const people = rows.map(({ subscription }) => subscription)
  const hear = (
    person: string,
    state: 'failed' | 'delivered' | 'unknown',
    failure: 'permanent' | 'temporary' | null,
    day = 0,
  ) =>
    subscriptions.heard({
      message: 'm',
      person,
      channel: 'email',
      organisation: 'westminster',
      state,
      failure,
      at: new Date(Date.parse('2030-01-01T00:00:00Z') + day * 86_400_000),
    })
  const left = async () => (await database.query('', 'select from public_site.subscription')).length
  await hear('somebody-of-another-room', 'failed', 'permanent')
  await hear(people[0]!, 'unknown', null)
  assert.equal(await left(), 2)
  await hear(people[0]!, 'failed', 'permanent')
  assert.equal(await left(), 1)
  for (const day of [0, 1, 2, 3]) await hear(people[1]!, 'failed', 'temporary', day)
  await hear(people[1]!, 'delivered', null, 4)
  for (const day of [5, 5, 5, 5, 5, 7]) await hear(people[1]!, 'failed', 'temporary', day)
  assert.equal(await left(), 1)
  await hear(people[1]!, 'failed', 'temporary', 8)
  assert.equal(await left(), 0)
})

test('thousands are told in one go, and whoever stops meanwhile is not written to', async (t) => {
  const { join, form, updates, publish, database, subscriptions, beside } = await subscribed(t)
  const manage = await join('leaver@example.org')
  const lines: string[] = []
  for await (const line of subscriptions.exportLines(null)) lines.push(line)
  const many = Array.from({ length: 2100 }, (_, one) => {
    const hex = one.toString(16).padStart(12, '0')
    const copy = {
      ...JSON.parse(lines[0]!),
      subscription: `00000000-0000-4000-8000-${hex}`,
      address: `invented${one}@example.org`,
      links: [],
    }
    return JSON.stringify(copy)
  })
  assert.deepEqual(await subscriptions.importLines(many), { added: 2100, known: 0, stopped: 0 })
  publish()
  const [queued] = await Promise.all([updates.turn(), form(`${manage}/stop`), beside().subscribers.stop('x')])
  assert.ok(queued === 2100 || queued === 2101)
  const left = await database.query(
    '',
    "select from delivery.delivery where message like '%statements%' and sealed is not null",
  )
  assert.equal(left.length, 2100)
})
