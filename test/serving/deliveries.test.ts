import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { serveConsole } from '#test/console-served'
import { startMailServer } from '#test/mail-server'
import { openPostOffice } from '#test/post-office'
import { eventually, holdfast } from '#test/processes'
import { deliveryPages } from '../../src/contexts/delivery/pages/deliveries.ts'

const BATCH = 'borchester/notices/1'

/** A batch of which one message arrived, one may have, and one waits: it was stopped. Made up. */
async function halfSent(t: TestContext) {
  const mail = await startMailServer(t)
  mail.swallow = ({ to }) => to.startsWith('perhaps')
  const post = await openPostOffice(t, {
    HOLDFAST_SMTP_URL: mail.url,
    HOLDFAST_MAIL_FROM: 'Example Council <updates@example.org>',
    HOLDFAST_SMTP_RATE: '5000',
  })
  await post.begin()
  const people = (...names: string[]) => names.map((name) => ({ person: name, address: `${name}@example.org` }))
  // One after the other: whoever swallows an answer cuts every line.
  for (const [name, state] of [
    ['arrives', 'sent'],
    ['perhaps', 'unknown'],
  ] as const) {
    await post.queue({ message: `${BATCH}/${name}`, batch: BATCH }, people(name))
    await eventually(`${name} is ${state}`, async () => (await post.states())[state] === 1)
  }
  const more = () => post.queue({ message: `${BATCH}/b`, batch: BATCH }, people('later'))
  const to = (name: string) => mail.received.filter((one) => one.to.startsWith(name)).length
  return { mail, post, more, to }
}

test('the command line says how messages stand, stops them, goes on, and sends again what may have arrived', async (t) => {
  const { mail, post, more, to } = await halfSent(t)
  const { DATABASE_URL, HOLDFAST_DATA: data } = post.place
  const of = ['--organisation', 'borchester']
  const run = (...words: string[]) => holdfast(['delivery', ...words], { data, env: { DATABASE_URL } })
  const done = async (...words: string[]) => {
    const { status, stdout, stderr } = await run(...words)
    assert.equal(status, 0, stderr)
    return stdout
  }
  const list = await done('list', ...of)
  assert.match(list, /^borchester\/notices\/1 {2}email {2}.*1 sent/m)
  assert.match(list, /^borchester\/notices\/1 {2}email {2}[0-9a-f-]{36} {2}unknown: .*answer was lost/m)
  assert.doesNotMatch(list, /@example\.org/, 'addresses are nobody’s to read')

  assert.match(await done('stop', ...of, '--batch', BATCH), /Recorded as journal entry \d/)
  assert.match(await done('stop', ...of, '--batch', BATCH), /It is so already/)
  assert.match(await done('list', ...of, '--batch', BATCH), /\(stopped\)/)
  await more()
  const refused = await run('retry', ...of, '--batch', BATCH, '--unknown')
  assert.equal(refused.status, 1)
  assert.match(refused.stderr, /These messages are stopped.*Resume them first/s)
  assert.equal(to('later'), 0)

  assert.match(await done('resume', ...of, '--batch', BATCH), /Recorded/)
  await eventually('what waited is sent', () => to('later') === 1)
  const nothing = await run('retry', ...of, '--batch', BATCH)
  assert.deepEqual([nothing.status, /There is nothing to try again/.test(nothing.stderr)], [1, true], nothing.stderr)
  mail.swallow = () => false
  assert.match(await done('retry', ...of, '--batch', BATCH, '--unknown'), /Recorded/)
  await eventually('it is sent again', () => to('perhaps') === 2)
  await eventually('and known to be sent', async () => (await post.states()).sent === 3)
  assert.deepEqual([to('arrives'), to('later')], [1, 1], 'nobody else gets anything twice')

  for (const [words, status, says] of [
    [['stop', ...of], 2, /--batch is missing/],
    [['list'], 2, /--organisation is missing/],
    [['stop', ...of, '--batch', BATCH, 'more'], 2, /more is too much/],
    [['stop', ...of, '--batch', 'no-such-batch'], 1, /There are no messages of this name/],
    [['retry', ...of, '--batch', BATCH, '--delivery', 'x'], 1, /delivery/],
    [['resume', '--organisation', 'nowhere', '--batch', BATCH], 1, /nowhere/],
  ] as const) {
    const ran = await run(...words)
    assert.equal(ran.status, status, `${words.join(' ')}: ${ran.stderr}`)
    assert.match(ran.stderr, says)
  }
})

test('the buttons of the page do the same, for those who may', async (t) => {
  const { mail, post, more, to } = await halfSent(t)
  const { get, submit } = await serveConsole(t, {
    pages: deliveryPages,
    behind: { execute: post.execute, read: post.read },
    people: {
      cora: [{ slug: 'borchester', roles: ['communications'] }],
      vera: [{ slug: 'borchester', roles: ['viewer'] }],
    },
  })
  const page = async (person = 'cora') => (await get('/console/borchester/deliveries', person)).text
  const press = (does: string, fields: Record<string, string>, person = 'cora') =>
    submit(`/console/borchester/deliveries/${does}`, person, fields)
  await more()
  await eventually('all but one is sent', async () => (await post.states()).sent === 2)
  const before = await page()
  assert.match(before, /1 may have arrived/)
  assert.doesNotMatch(before, /@example\.org/)
  const seen = await page('vera')
  assert.match(seen, new RegExp(BATCH))
  assert.doesNotMatch(seen, /<form[^>]*deliveries/, 'whoever may not has no button')
  assert.equal((await press('stop', { batch: BATCH }, 'vera')).status, 403)

  const stopped = await press('stop', { batch: BATCH })
  assert.deepEqual([stopped.status, stopped.headers.location], [303, '/console/borchester/deliveries'])
  const while_ = await page()
  assert.match(while_, /Stopped<\/strong>[\s\S]*Go on sending/)
  assert.doesNotMatch(while_, /deliveries\/retry/, 'of what is stopped nothing can be tried again')
  const refused = await press('retry-unknown', { batch: BATCH })
  assert.equal(refused.status, 422)
  assert.match(refused.text, /<title>[^<]*Error: [\s\S]*These messages are stopped/)

  assert.equal((await press('resume', { batch: BATCH })).status, 303)
  mail.swallow = () => false
  assert.equal((await press('retry-unknown', { batch: BATCH })).status, 303)
  await eventually('it is sent again', async () => (await post.states()).sent === 3)
  assert.equal(to('perhaps'), 2)
  const after = await page()
  assert.match(after, /Everything that has ended has arrived/)
  assert.doesNotMatch(after, /may have arrived/)
  for (const [does, fields, says] of [
    ['stop', {}, /batch/],
    ['stop', { batch: '<b>' }, /There are no messages of this name/],
    ['retry', { batch: BATCH, delivery: 'x' }, /delivery/],
  ] as const) {
    const answer = await press(does, fields)
    assert.equal(answer.status, 422, does)
    assert.match(answer.text, says)
    assert.doesNotMatch(answer.text, /<b>\./)
  }
  const foreign = await press('stop', { batch: BATCH, csrf: 'wrong' })
  assert.notEqual(foreign.status, 303)
})
