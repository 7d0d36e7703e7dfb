import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type MailServer, refusal, startMailServer } from '#test/mail-server'
import { openPostOffice } from '#test/post-office'
import { eventually } from '#test/processes'

const office = (t: TestContext, { url }: MailServer, more: Record<string, string> = {}) =>
  openPostOffice(t, {
    HOLDFAST_SMTP_URL: url,
    HOLDFAST_MAIL_FROM: 'Example Council <updates@example.org>',
    HOLDFAST_SMTP_RATE: '5000',
    ...more,
  })

test('queued mail is sent once to each, complete, and each outcome is heard once', async (t) => {
  const mail = await startMailServer(t)
  const post = await office(t, mail)
  const sending = await post.begin()
  await post.queue(
    {
      message: 'm/1',
      content: {
        subject: 'Bins for {{name}}',
        text: 'Hello {{name}}, invented words.',
        html: '<p>Hello {{name}}</p>',
        link: 'https://example.org/s/{{token}}',
        unsubscribe: 'https://example.org/u/{{token}}',
      },
    },
    [
      {
        person: 'one',
        address: 'one@example.org',
        fields: { name: '<b>Ada</b>\r\nBcc: all@example.org', token: 'a/b?c' },
      },
      { person: 'two', address: 'two@example.org', fields: { name: 'Zoë', token: 't' } },
    ],
  )
  await eventually('both are told', () => post.outcomes.length === 2)
  assert.deepEqual(mail.received.map(({ to }) => to).sort(), ['one@example.org', 'two@example.org'])
  const rows = await post.rows()
  for (const row of rows) {
    assert.equal(row.state, 'sent')
    assert.equal(row.sealed, null, 'the address is forgotten')
    assert.ok(mail.received.some(({ id }) => id === `<${row.delivery}@example.org>`))
  }
  const { text } = mail.received.find(({ to }) => to === 'one@example.org')!
  const head = text.slice(0, text.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ')
  assert.match(head, /^List-Unsubscribe: <https:\/\/example\.org\/u\/a%2Fb%3Fc>$/m)
  assert.match(head, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m)
  assert.match(head, /^Auto-Submitted: auto-generated$/m)
  assert.match(head, /^From: Example Council <updates@example\.org>$/m)
  assert.doesNotMatch(head, /^Bcc:/m)
  assert.match(text, /text\/plain[\s\S]*invented words[\s\S]*https:\/\/example\.org\/s\/a%2Fb%3Fc[\s\S]*text\/html/)
  assert.match(text, /&#60;b&#62;Ada/)
  assert.deepEqual(sending.sender.counts.sent, { email: 2 })
  assert.deepEqual(post.outcomes.map(({ person, state, failure }) => [person, state, failure]).sort(), [
    ['one', 'sent', null],
    ['two', 'sent', null],
  ])
})

test('4xx is tried again later, 5xx about the address is for good, and neither address is told anywhere', async (t) => {
  const mail = await startMailServer(t)
  mail.refuse = (to) => (to.startsWith('later') ? refusal(451) : to.startsWith('never') ? refusal(550) : null)
  const post = await office(t, mail, { HOLDFAST_DELIVERY_ATTEMPTS: '3' })
  await post.begin()
  const addresses = ['later@example.org', 'never@example.org', 'good@example.org', 'not an address', 'a@b.c, d@e.f']
  await post.queue(
    { message: 'm/1' },
    addresses.map((address) => ({ person: address.slice(0, 5), address })),
  )
  await eventually('all but one are told', () => post.outcomes.length === 4)
  const [later] = await post.rows(`state = 'waiting'`)
  assert.deepEqual([later!.person, later!.attempts, later!.answer], ['later', 1, 'smtp-451'])
  assert.ok(later!.due_at > later!.queued_at)
  for (const attempts of [2, 3]) {
    await post.database.query('', `update delivery.delivery set due_at = now() where state = 'waiting'`)
    await eventually(`attempt ${attempts} is answered`, async () => {
      return (await post.rows(`attempts = ${attempts} and state <> 'sending'`)).length === 1
    })
  }
  await eventually('the last is told', () => post.outcomes.length === 5)
  assert.deepEqual(post.outcomes.map(({ person, state, failure }) => [person, state, failure]).sort(), [
    ['a@b.c', 'failed', 'permanent'],
    ['good@', 'sent', null],
    ['later', 'failed', 'temporary'],
    ['never', 'failed', 'permanent'],
    ['not a', 'failed', 'permanent'],
  ])
  assert.doesNotMatch(post.said.join(), /@|address/)
  const told = await post.read({
    organisation: 'borchester',
    query: 'deliveries',
    input: {},
    caller: { actor: { kind: 'operator' }, roles: [] },
  })
  assert.doesNotMatch(JSON.stringify(told), /example\.org/)
})

test('an answer that is lost is unknown, never sent again by itself, and by a person only when they say so', async (t) => {
  const mail = await startMailServer(t)
  mail.swallow = () => true
  const post = await office(t, mail, { HOLDFAST_DELIVERIES_AT_ONCE: '1' })
  await post.begin()
  await post.queue({ message: 'm/1' }, 2)
  await eventually('both are told', () => post.outcomes.length === 2)
  assert.deepEqual(await post.states(), { unknown: 2 })
  assert.equal(mail.received.length, 2)
  mail.swallow = () => false
  await assert.rejects(post.order('delivery.retry', { batch: 'm/1' }), /nothing-to-retry/)
  await post.order('delivery.retry', { batch: 'm/1', unknown: true })
  await eventually('both are sent', async () => (await post.states()).sent === 2)
  assert.equal(mail.received.length, 4)
  assert.equal(new Set(mail.received.map(({ id }) => id)).size, 2, 'under the same Message-ID')
})

test('with the mail server away nothing is used up, and all is sent when it is back', async (t) => {
  const mail = await startMailServer(t)
  await mail.close()
  const post = await office(t, mail)
  await post.begin()
  await post.queue({ message: 'm/1' }, 5)
  await eventually('it was tried', async () => (await post.rows(`answer = 'smtp-ESOCKET'`)).length > 0)
  assert.deepEqual(
    [...new Set((await post.rows()).map(({ attempts, state }) => `${state} ${attempts}`))],
    ['waiting 0'],
  )
})

test('never more at once than said, over two processes', async (t) => {
  const mail = await startMailServer(t)
  mail.pause = 5
  const one = await office(t, mail, { HOLDFAST_DELIVERIES_AT_ONCE: '4' })
  const other = await one.beside()
  await one.begin()
  await other.begin()
  await one.queue({ message: 'm/1' }, 300)
  await eventually('all are sent', async () => (await one.states()).sent === 300)
  assert.ok(mail.most() <= 4, String(mail.most()))
  assert.equal(new Set(mail.received.map(({ id }) => id)).size, 300)
  assert.equal(mail.received.length, 300)
  await eventually('all are told', () => one.outcomes.length + other.outcomes.length >= 300)
  assert.equal(one.outcomes.length + other.outcomes.length, 300)
})

test('a batch stops within a second in both processes, goes on when resumed, and nobody gets anything twice', async (t) => {
  const mail = await startMailServer(t)
  mail.pause = 10
  const one = await office(t, mail, { HOLDFAST_DELIVERIES_AT_ONCE: '6' })
  const other = await one.beside()
  await one.begin()
  await other.begin()
  await one.queue({ message: 'm/1' }, 1000)
  await one.queue({ message: 'm/2' }, 20)
  await eventually('it has begun', () => mail.received.length > 50)
  await one.order('delivery.stop', { batch: 'm/1' })
  await new Promise((resolve) => setTimeout(resolve, 1000))
  const by = mail.received.length
  assert.equal(await one.queue({ message: 'm/1' }, [{ person: 'late', address: 'late@example.org' }]), 1)
  await eventually(
    'the other batch goes on',
    async () => (await one.rows(`batch = 'm/2' and state = 'sent'`)).length === 20,
  )
  const stopped = await one.rows(`batch = 'm/1' and state = 'stopped'`)
  const sent = await one.rows(`batch = 'm/1' and state = 'sent'`)
  assert.equal(stopped.length + sent.length, 1001)
  assert.ok(mail.received.length - by <= 20, 'nothing of it has left after the second')
  await assert.rejects(one.order('delivery.retry', { batch: 'm/1' }), /batch-stopped/)
  await other.order('delivery.resume', { batch: 'm/1' })
  await eventually('all are sent', async () => (await one.states()).sent === 1021, 30_000)
  assert.equal(mail.received.length, 1021)
  assert.equal(new Set(mail.received.map(({ id }) => id)).size, 1021)
})

test('told to end, it finishes what is under way and leaves the rest waiting, free for others', async (t) => {
  const mail = await startMailServer(t)
  mail.pause = 100
  const post = await office(t, mail, { HOLDFAST_DELIVERIES_AT_ONCE: '5' })
  const sending = await post.begin()
  await post.queue({ message: 'm/1' }, 50)
  await eventually('it has begun', () => mail.received.length > 3)
  await sending.stop()
  const states = await post.states()
  assert.deepEqual(Object.keys(states).sort(), ['sent', 'waiting'])
  assert.equal(states.sent, mail.received.length)
  assert.deepEqual(await post.rows('lease is not null'), [])
})

test('mail of an exercise stays here, and says so first where it may leave', async (t) => {
  const mail = await startMailServer(t)
  const content = {
    subject: 'Bins',
    text: 'Invented words',
    html: '<html><body class="x"><p>Invented</p></body></html>',
  }
  const still = await office(t, mail)
  await still.begin()
  await still.queue({ message: 'm/1', organisation: 'ambridge', content }, 1)
  await eventually('it is told', () => still.outcomes.length === 1)
  assert.deepEqual(
    (await still.rows()).map(({ state, reason }) => [state, reason]),
    [['stopped', 'exercise']],
  )
  const open = await office(t, mail, { HOLDFAST_EXERCISE_DELIVERY: 'on' })
  await open.begin()
  await open.queue({ message: 'm/1', organisation: 'ambridge', content }, 1)
  await eventually('it is sent', () => open.outcomes.length === 1)
  assert.equal(mail.received.length, 1)
  assert.match(mail.received[0]!.text, /^Subject: EXERCISE: Bins/m)
  assert.match(
    mail.received[0]!.text,
    /EXERCISE\. This is part of an exercise\.[\s\S]*<body class=3D"x"><p><strong>EXERCISE|EXERCISE\. This[\s\S]*<body class="x"><p><strong>EXERCISE/,
  )
})
