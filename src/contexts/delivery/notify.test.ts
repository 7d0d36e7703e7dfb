import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type Config, readConfig } from '#platform/config'
import { silentLog } from '#platform/log'
import { ask } from '#test/ask'
import { type FakeNotify, NOTIFY_KEY, notifyError, startFakeNotify } from '#test/fake-notify'
import { openPostOffice, type PostOffice } from '#test/post-office'
import { eventually } from '#test/processes'
import { startServer } from '../../main/server.ts'

const TOKEN = 'invented-callback-token'
const settings = ({ url }: FakeNotify) => ({
  HOLDFAST_NOTIFY_KEY: NOTIFY_KEY,
  HOLDFAST_NOTIFY_URL: url,
  HOLDFAST_NOTIFY_EMAIL_TEMPLATE: '0190d3c0-0000-7000-8000-000000000001',
  HOLDFAST_NOTIFY_SMS_TEMPLATE: '0190d3c0-0000-7000-8000-000000000002',
  HOLDFAST_NOTIFY_CALLBACK_TOKEN: TOKEN,
  HOLDFAST_NOTIFY_RATE: '1000',
})
const office = (t: TestContext, notify: FakeNotify) => openPostOffice(t, settings(notify))
/** As if so much time had passed for what was handed over. */
const passed = ({ database }: PostOffice, interval: string) =>
  database.query(
    '',
    `update delivery.delivery set handed_at = handed_at - interval '${interval}', look_at = look_at - interval '${interval}'
     where look_at is not null`,
  )
const caller = { actor: { kind: 'operator' }, roles: [] } as const

test('e-mail and texts leave with a reference each, and are delivered once a receipt or a question says so', async (t) => {
  const notify = await startFakeNotify(t)
  const post = await office(t, notify)
  const { sender } = await post.begin()
  const content = {
    subject: 'Bins',
    text: 'Invented',
    link: 'https://example.org/1',
    unsubscribe: 'https://example.org/u',
  }
  await post.queue({ message: 'm/1', content }, 2)
  await post.queue({ message: 'm/1', channel: 'sms', content }, [
    { person: 'one', address: '+447700900123' },
    { person: 'two', address: '07700 900123' },
  ])
  await eventually('all that can be are sent', async () => (await post.states()).sent === 3)
  assert.deepEqual(
    (await post.rows(`state = 'failed'`)).map(({ failure, answer }) => [failure, answer]),
    [['permanent', 'address-malformed']],
  )
  const mail = notify.taken.find(({ to }) => to === 'invented0@example.org')!
  assert.deepEqual(mail.body.personalisation, { subject: 'Bins', body: 'Invented\n\nhttps://example.org/1' })
  assert.equal(mail.body.one_click_unsubscribe_url, 'https://example.org/u')
  const text = notify.taken.find(({ to }) => to === '+447700900123')!
  assert.deepEqual(text.body.personalisation, { body: 'Invented\n\nhttps://example.org/1' })

  await sender.receive(mail.reference, { kind: 'delivered', answer: 'notify-delivered' })
  await sender.receive(mail.reference, { kind: 'failed', failure: 'permanent', answer: 'late and wrong' })
  await sender.receive(mail.reference, { kind: 'delivered', answer: 'notify-delivered' })
  for (const one of notify.taken) one.status = one === text ? 'permanent-failure' : 'delivered'
  await passed(post, '1 hour')
  await eventually('all have ended', () => post.outcomes.length === 4)
  assert.deepEqual(
    post.outcomes.map(({ channel, person, state, failure }) => [channel, person, state, failure].join(' ')).sort(),
    ['email person-0 delivered ', 'email person-1 delivered ', 'sms one failed permanent', 'sms two failed permanent'],
  )
})

test('429 and 403 hold the channel and use nothing up; 500 is tried again; 400 is for good', async (t) => {
  const notify = await startFakeNotify(t)
  notify.next = ({ count }) =>
    count === 1 ? notifyError(429, 'RateLimitError', 'Exceeded rate limit', { 'retry-after': '1' }) : 'take'
  const post = await office(t, notify)
  await post.begin()
  await post.queue({ message: 'm/1' }, 3)
  await eventually('all are sent after the pause', async () => (await post.states()).sent === 3, 30_000)
  assert.deepEqual(new Set((await post.rows()).map(({ attempts }) => attempts)), new Set([1]))

  notify.next = () => notifyError(500, 'Exception', 'Internal server error')
  await post.queue({ message: 'm/2' }, [
    { person: 'one', address: 'invented@example.org' },
    { person: 'two', address: 'bad@example.org' },
  ])
  await eventually(
    '500 was met',
    async () => (await post.rows(`answer = 'notify-500' and state = 'waiting'`)).length === 1,
  )
  await eventually(
    '400 was met',
    async () => (await post.rows(`answer = 'notify-400' and failure = 'permanent'`)).length === 1,
  )

  notify.ahead = 95
  await post.queue({ message: 'm/3' }, 2)
  await eventually('403 was met', async () => (await post.rows(`answer = 'notify-403'`)).length > 0)
  assert.deepEqual(
    new Set((await post.rows(`batch = 'm/3' and state = 'waiting'`)).map(({ attempts }) => attempts)),
    new Set([0]),
  )
  const told = await post.read({ organisation: 'borchester', query: 'deliveries', input: {}, caller })
  const { clockAhead } = told as { clockAhead: number }
  assert.ok(clockAhead <= -94 && clockAhead >= -97, String(clockAhead))
  assert.doesNotMatch(post.said.join() + JSON.stringify(told), /example\.org/)
})

test('an answer that was lost is asked after: what was taken is not sent again, what was not is', async (t) => {
  const notify = await startFakeNotify(t)
  notify.next = ({ count }) => (count <= 4 ? 'swallow' : 'take')
  const post = await office(t, notify)
  await post.begin()
  await post.queue({ message: 'm/1' }, 8)
  await eventually('four are unknown', async () => (await post.states()).unknown === 4)
  // Two of the four were lost on their way there.
  const lost = notify.taken.splice(0, 2)
  await passed(post, '2 minutes')
  await eventually('two are found', async () => (await post.states()).unknown === 2)
  assert.equal(notify.taken.length, 6, 'nothing is sent again while Notify may still be working on it')
  await passed(post, '10 minutes')
  await eventually('all are sent', async () => (await post.states()).sent === 8)
  const references = notify.taken.map(({ reference }) => reference)
  assert.equal(new Set(references).size, 8)
  assert.equal(references.length, 8)
  for (const { reference } of lost) assert.ok(references.includes(reference))
})

test('receipts that never came while we were away are asked after, every one', async (t) => {
  const notify = await startFakeNotify(t)
  const post = await office(t, notify)
  const sending = await post.begin()
  await post.queue({ message: 'm/1' }, 120)
  await eventually('all are sent', async () => (await post.states()).sent === 120)
  await sending.stop()
  for (const [place, one] of notify.taken.entries())
    one.status = place % 10 === 0 ? 'permanent-failure' : place % 10 === 1 ? 'temporary-failure' : 'delivered'
  await passed(post, '24 hours')
  const again = await post.beside()
  await again.begin()
  await eventually('all are settled', async () => (await again.states()).delivered === 96)
  assert.deepEqual(await again.states(), { delivered: 96, failed: 24 })
  await eventually('all are told', () => post.outcomes.length + again.outcomes.length === 120)
})

test('a receipt is taken with the agreed token alone; any other body or reference does nothing', async (t) => {
  const notify = await startFakeNotify(t)
  const post = await office(t, notify)
  await post.queue({ message: 'm/1' }, 1)
  const config = readConfig(
    { ...settings(notify), DATABASE_URL: post.place.DATABASE_URL },
    { port: '0', data: post.place.HOLDFAST_DATA },
  )
  const server = await startServer(config as Config, silentLog)
  t.after(() => server.close())
  await eventually('it is sent', async () => (await post.states()).sent === 1)
  const { reference } = notify.taken[0]!
  const receipt = {
    id: '0190d3c0-0000-7000-8000-000000000009',
    reference,
    to: 'invented0@example.org',
    status: 'delivered',
  }
  const send = async (token: string | null, body: unknown) => {
    const headers = token === null ? {} : { authorization: `Bearer ${token}` }
    const answer = await ask(server.port, 'POST', '/api/notify/receipts', { headers, body: body as object })
    assert.doesNotMatch(answer.text, /example\.org/)
    return answer.status
  }
  for (const token of [null, '', 'wrong', `${TOKEN}x`]) assert.equal(await send(token, receipt), 401)
  for (const body of [{}, [], 1, { ...receipt, status: 'invented' }, { ...receipt, reference: 7 }])
    assert.equal(await send(TOKEN, body), 400)
  assert.equal(await send(TOKEN, { ...receipt, reference: null }), 200)
  assert.equal(await send(TOKEN, { ...receipt, reference: 'not ours' }), 200)
  assert.deepEqual(await post.states(), { sent: 1 })
  assert.equal(await send(TOKEN, receipt), 200)
  assert.equal(await send(TOKEN, receipt), 200)
  assert.deepEqual(await post.states(), { delivered: 1 })
  const metrics = await ask(server.port, 'GET', '/metrics')
  assert.match(metrics.text, /^holdfast_deliveries_sent\{channel="email"\} 1$/m)
})
