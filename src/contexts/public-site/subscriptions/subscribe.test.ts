import assert from 'node:assert/strict'
import { test } from 'node:test'
import { subscribed } from '#test/subscribed'

const ADDRESS = 'jo.invented@example.org'
const linkIn = (text: string, kind: RegExp) => kind.exec(text)![0]
const CONFIRM = /\/subscriptions\/confirm\/[\w-]{43}/

test('from the form to a message, a button, updates, and one click to stop', async (t) => {
  const { form, ask, messages, fresh, updates, publish } = await subscribed(t)
  const asked = await form('/westminster/subscribe', { email: ADDRESS })
  assert.equal(asked.status, 200)
  assert.match(asked.text, /Check your messages/)
  const [confirmation] = await fresh()
  assert.equal(confirmation!.address, ADDRESS)
  const link = linkIn(confirmation!.text, CONFIRM)
  publish()
  assert.equal(await updates.turn(), 0, 'nobody is told before they have confirmed')

  const looked = await ask('GET', link)
  assert.match(looked.text, /Yes, send me updates/)
  assert.match(looked.text, /j•••@example\.org/)
  assert.doesNotMatch(looked.text, /jo\.invented/)
  assert.equal(await updates.turn(), 0, 'that a program opened the link confirms nothing')
  const confirmed = await form(link)
  assert.match(confirmed.text, /You will get updates from Invented Council/)

  publish({
    statement: 9,
    version: 2,
    wording: { ...WORDING, headline: 'Bins {{manage}} again' },
    whatChanged: 'A time.',
  })
  assert.equal(await updates.turn(), 1, 'and not what was said before')
  const [statement] = await fresh()
  assert.equal(statement!.message, 'westminster/statements/9/v2')
  assert.match(statement!.subject, /^Bins \{ \{manage\}\} again - Invented Council$/)
  for (const part of ['What changed: A time.', 'We know this.', 'Next update due by 3pm', '/westminster/statements/9'])
    assert.ok(statement!.text.includes(part), part)
  const stop = new URL(statement!.unsubscribe!)
  assert.equal(stop.protocol, 'https:')
  assert.ok(statement!.text.includes(stop.href), 'in the words too')

  assert.match((await ask('GET', stop.pathname)).text, /Stop the updates/)
  const click = { 'List-Unsubscribe': 'One-Click' }
  const elsewhere = { 'sec-fetch-site': 'cross-site', origin: 'https://mail.example.com' }
  assert.equal((await form(stop.pathname, click, elsewhere)).status, 200)
  assert.equal((await form(stop.pathname, click)).status, 200, 'again')
  publish()
  assert.equal(await updates.turn(), 0)
  assert.deepEqual(await messages(), [], 'their messages went too')
})

const WORDING = { known: 'We know this.', notKnown: '', doing: '', advice: '', next: '' }

test('the answer is the same whether or not an address is known', async (t) => {
  const { form, join } = await subscribed(t)
  await join(ADDRESS)
  const known = await form('/westminster/subscribe', { email: ADDRESS })
  const unknown = await form('/westminster/subscribe', { email: 'somebody.else@example.org' })
  const often = [known]
  for (let more = 0; more < 5; more++) often.push(await form('/westminster/subscribe', { email: ADDRESS }))
  for (const answer of often) {
    assert.equal(answer.text, unknown.text)
    assert.equal(answer.status, unknown.status)
  }
})

test('nobody can be bombarded: few links go to one address, however many ask at once', async (t) => {
  const { form, messages, at } = await subscribed(t)
  await Promise.all(Array.from({ length: 12 }, () => form('/westminster/subscribe', { email: ADDRESS.toUpperCase() })))
  await form('/westminster/subscribe', { email: ADDRESS })
  assert.equal((await messages()).length, 3)
  at.now += 3_600_001
  await form('/westminster/subscribe', { email: ADDRESS })
  assert.equal((await messages()).length, 4)
})

test('whoever asks without end is asked to wait, and others are not', async (t) => {
  const { form } = await subscribed(t)
  const ask = (count: number, from: string) =>
    form(
      '/westminster/subscribe',
      { email: `invented${count}@example.org` },
      { 'x-forwarded-for': `203.0.113.9, ${from}` },
    )
  const statuses: number[] = []
  for (let count = 0; count < 125; count++) statuses.push((await ask(count, '198.51.100.1')).status)
  assert.equal(statuses.filter((status) => status === 200).length, 120)
  assert.equal(statuses.at(-1), 429)
  assert.equal((await ask(200, '198.51.100.2')).status, 200)
})

test('what a person does not see is filled in by programs, and nothing is sent to what they name', async (t) => {
  const { form, messages } = await subscribed(t)
  const honest = await form('/westminster/subscribe', { email: 'one@example.org' })
  const bot = await form('/westminster/subscribe', { email: 'two@example.org', website: 'https://spam.example' })
  assert.equal(bot.text, honest.text)
  assert.equal((await messages()).length, 1)
})

test('mistakes are named at their fields, and a form from another site is not taken', async (t) => {
  const { form, ask, messages } = await subscribed(t)
  const wrong = await form('/westminster/subscribe', { email: 'no<b>', sms: '020 7946 0000', service: 'bins' })
  assert.equal(wrong.status, 422)
  assert.match(wrong.text, /<title>Error: /)
  assert.match(wrong.text, /href="#email">Your e-mail address must be like/)
  assert.match(wrong.text, /href="#sms">Your mobile number must be a mobile number/)
  assert.match(wrong.text, /value="no&lt;b&gt;"/)
  assert.match(wrong.text, /value="bins" checked/)
  assert.equal((await form('/westminster/subscribe')).status, 422)
  const good = { email: ADDRESS }
  for (const headers of [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
  ])
    assert.equal((await form('/westminster/subscribe', good, headers)).status, 403)
  assert.equal((await ask('POST', '/westminster/subscribe', {}, JSON.stringify(good))).status, 400)
  assert.equal((await form('/westminster/subscribe', { email: 'x'.repeat(70_000) })).status, 413)
  assert.equal((await form('/nowhere/subscribe', good)).status, 404)
  assert.deepEqual(await messages(), [])
  for (const headers of [{ 'sec-fetch-site': 'same-origin' }, { origin: 'https://holdfast.example.org' }])
    assert.equal((await form('/westminster/subscribe', good, headers)).status, 200)
})

test('a link that is not confirmed within days is worth nothing, and its address is gone', async (t) => {
  const { form, messages, at, subscriptions, database } = await subscribed(t)
  await form('/westminster/subscribe', { email: ADDRESS })
  const link = linkIn((await messages())[0]!.text, CONFIRM)
  at.now += 3 * 86_400_000
  assert.equal((await form(link)).status, 404)
  assert.equal(await subscriptions.subscribers.forgetUnconfirmed(), 0)
  at.now += 1
  assert.equal(await subscriptions.subscribers.forgetUnconfirmed(), 1)
  assert.deepEqual(await database.query('', 'select from public_site.subscription'), [])
  assert.deepEqual(await messages(), [])
})

test('whoever confirms again hears of what was asked for besides; a link cannot be guessed or used for something else', async (t) => {
  const { join, ask, form, messages } = await subscribed(t)
  const manage = await join('+447700900123', ['bins'])
  assert.match((await ask('GET', manage)).text, /You will hear about: Invented bins\./)
  assert.equal(await join('+447700900123', ['parks']), manage, 'one address, one link')
  assert.match((await ask('GET', manage)).text, /Invented bins and Invented parks\./)
  const saved = await form(manage, { service: 'housing' })
  assert.match(saved.text, /Saved\./)
  assert.match((await ask('GET', manage)).text, /You will hear about: Invented housing\./)
  const confirm = linkIn((await messages())[0]!.text, CONFIRM)
  const token = manage.split('/').at(-1)!
  for (const wrong of [
    `/subscriptions/${confirm.split('/').at(-1)}`,
    `/subscriptions/confirm/${token}`,
    `/subscriptions/${'A'.repeat(43)}`,
    '/subscriptions/x',
    `/subscriptions/${token}%00`,
  ]) {
    assert.equal((await ask('GET', wrong)).status, 404, wrong)
    assert.equal((await form(wrong, { service: 'bins' })).status, 404, wrong)
  }
  assert.equal((await form(manage, { service: 'bins' }, { 'sec-fetch-site': 'cross-site' })).status, 403)
  assert.equal((await form(`${manage}/erase`, {}, { origin: 'https://evil.example' })).status, 403)
})

test('nothing that is kept can be read or looked up by whoever has the database alone', async (t) => {
  const { join, database } = await subscribed(t)
  const manage = await join(ADDRESS, ['bins'])
  const tables = ['subscription', 'subscription_link', 'subscription_attempt']
  for (const table of tables) {
    const rows = await database.query<{ all: string }>('', `select t::text as all from public_site.${table} t`)
    const seen = rows.map((row) => row.all).join()
    assert.doesNotMatch(seen, /invented@|example\.org/i)
    assert.ok(!seen.includes(manage.split('/').at(-1)!))
  }
})

test('whoever asks to be erased is gone from every table, at every organisation of the site', async (t) => {
  const { join, form, database, subscriptions, publish, updates } = await subscribed(t)
  const before = await everything(database)
  const manage = await join(ADDRESS)
  publish()
  await updates.turn()
  const [row] = await database.query<{ subscription: string }>('', 'select subscription from public_site.subscription')
  assert.match((await form(`${manage}/erase`)).text, /The address has been erased/)
  const after = await everything(database)
  assert.equal(after.get('public_site.subscription'), before.get('public_site.subscription'))
  assert.equal(after.get('public_site.subscription_link'), before.get('public_site.subscription_link'))
  const left = await database.query('', 'select from delivery.delivery where sealed is not null')
  assert.deepEqual(left, [])
  const [tries] = await database.query<{ count: number }>('', 'select count(*) from public_site.subscription_attempt')
  assert.equal(tries!.count, 1, 'only that somebody asked, not for whom')
  const whole = [...after.entries()].filter(([table]) => table.startsWith('public_site')).map(([, text]) => text)
  assert.ok(!whole.join().includes(row!.subscription))
  await join('+447700900123')
  assert.equal(
    await subscriptions.subscribers.eraseAddress('sms', '+447700900123'),
    1,
    'also for who asks by telephone',
  )
  assert.equal(await subscriptions.subscribers.eraseAddress('sms', '+447700900123'), 0)
})

async function everything(database: Tables) {
  const tables = await database.query<{ name: string }>(
    '',
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname in ('public_site', 'delivery')`,
  )
  const rows = new Map<string, string>()
  for (const { name } of tables) {
    const [row] = await database.query<{ all: string | null }>(
      '',
      `select string_agg(t::text, ',') as all from ${name} t`,
    )
    rows.set(name, row!.all ?? '')
  }
  return rows
}

interface Tables {
  query<Row>(name: string, text: string): Promise<Row[]>
}

test('a browser subscribes by itself, and finds its own link again', async (t) => {
  const { ask, updates, publish, fresh } = await subscribed(t)
  const subscription = {
    endpoint: 'https://fcm.googleapis.com/fcm/send/invented',
    keys: { p256dh: `B${'a'.repeat(86)}`, auth: 'b'.repeat(22) },
  }
  const send = (body: unknown, headers = {}) =>
    ask('POST', '/westminster/subscribe/push', { 'content-type': 'application/json', ...headers }, JSON.stringify(body))
  const first = await send({ subscription, services: ['bins', 'nonsense', 7] })
  assert.equal(first.status, 200)
  const again = await send({ subscription, services: ['parks'] })
  assert.deepEqual(again.json(), first.json())
  assert.match((await ask('GET', String(first.json().manage))).text, /They go to one browser\./)
  publish({ services: [{ id: 'westminster/parks', level: 'stopped' }] })
  assert.equal(await updates.turn(), 1)
  const [message] = await fresh()
  assert.match(message!.link!, /^https:\/\/holdfast\.example\.org\/westminster\/statements\/\d+$/)
  for (const wrong of [{ ...subscription, endpoint: 'https://10.0.0.1/x' }, null, 'x', [], { endpoint: 7 }])
    assert.equal((await send({ subscription: wrong })).status, 422)
  assert.equal((await send(null)).status, 422)
  assert.equal((await send({ subscription }, { 'sec-fetch-site': 'cross-site' })).status, 403)
})

test('an exercise has subscribers of its own, and says so on every page', async (t) => {
  const practice = await subscribed(t, { world: 'invented-exercise' })
  const manage = await practice.join(ADDRESS)
  for (const path of ['/westminster/subscribe', manage, `${manage}/stop`])
    assert.match((await practice.ask('GET', path)).text, /<title>EXERCISE: [\s\S]*class="hf-exercise"/, path)
})
