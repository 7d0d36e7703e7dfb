import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { serveConsole } from '#test/console-served'
import { refusal, startMailServer } from '#test/mail-server'
import { openPostOffice } from '#test/post-office'
import { eventually, holdfast } from '#test/processes'
import { holdBack } from '../../src/contexts/delivery/index.ts'
import { deliveryPages } from '../../src/contexts/delivery/pages/deliveries.ts'

const BATCH = 'borchester/notices/1'
const OTHER = 'borchester/notices/2'
const OF = ['--organisation', 'borchester'] as const

/** Nothing is sent before it begins, and what fails once is given up. */
async function office(t: TestContext) {
  const mail = await startMailServer(t)
  const tried: string[] = []
  const wrong = new Map([
    ['gone', 550],
    ['busy', 451],
  ])
  mail.refuse = (to) => {
    const name = to.replace(/@.*/, '')
    tried.push(name)
    const code = wrong.get(name)
    return code === undefined ? null : refusal(code)
  }
  const post = await openPostOffice(t, {
    HOLDFAST_SMTP_URL: mail.url,
    HOLDFAST_MAIL_FROM: 'Example Council <updates@example.org>',
    HOLDFAST_SMTP_RATE: '5000',
    HOLDFAST_DELIVERY_ATTEMPTS: '1',
  })
  return {
    post,
    async stand(sent: number, failed = 0) {
      const { sent: good = 0, failed: bad = 0, ...others } = await post.states()
      return good === sent && bad === failed && Object.keys(others).length === 0
    },
    times: (name: string) => tried.filter((one) => one === name).length,
    idOf: async (name: string) => (await post.rows(`person = '${name}'`))[0]!.delivery as string,
    mend: (name: string) => wrong.delete(name),
  }
}

/** A batch of three: one mailbox does not exist, one was busy, one got it. And another batch, all sent. Made up. */
async function partlyFailed(t: TestContext) {
  const place = await office(t)
  const people = (...names: string[]) => names.map((name) => ({ person: name, address: `${name}@example.org` }))
  await place.post.begin()
  await place.post.queue({ message: BATCH }, people('gone', 'busy', 'fine'))
  await place.post.queue({ message: OTHER }, people('else'))
  await eventually('two are sent and two have failed', () => place.stand(2, 2))
  return place
}

test('the command line tries again what can be mended, and a bad address only where its one message is named', async (t) => {
  const { post, stand, times, idOf, mend } = await partlyFailed(t)
  const { DATABASE_URL, HOLDFAST_DATA: data } = post.place
  const run = (...words: string[]) => holdfast(['delivery', ...words], { data, env: { DATABASE_URL } })
  const done = async (...words: string[]) => {
    const { status, stdout, stderr } = await run(...words)
    assert.equal(status, 0, stderr)
    return stdout
  }
  const list = await done('list', ...OF, '--batch', BATCH)
  const [gone, busy] = [await idOf('gone'), await idOf('busy')]
  assert.match(list, new RegExp(`${gone} {2}failed: The mail server says that there is no such mailbox`))
  assert.match(list, new RegExp(`${busy} {2}failed: The mail server asked to come back later`))
  assert.ok(!list.includes(OTHER), 'one batch alone was asked for')

  mend('busy')
  assert.match(await done('retry', ...OF, '--batch', BATCH), /^Recorded as journal entry \d/)
  await eventually('the busy mailbox has it', () => stand(3, 1))
  assert.deepEqual([times('gone'), times('busy'), times('fine')], [1, 2, 1])
  mend('gone')
  const again = await run('retry', ...OF, '--batch', BATCH)
  assert.deepEqual([again.status, /There is nothing to try again/.test(again.stderr)], [1, true], again.stderr)
  const misnamed = await run('retry', ...OF, '--batch', OTHER, '--delivery', gone)
  assert.deepEqual([misnamed.status, /nothing to try again/.test(misnamed.stderr)], [1, true], 'not by another batch')
  assert.match(await done('retry', ...OF, '--batch', BATCH, '--delivery', gone), /^Recorded/)
  await eventually('the mailbox that was made meanwhile has it', () => stand(4))
  assert.deepEqual([times('gone'), times('busy'), times('fine')], [2, 2, 1])

  for (const [words, status, says] of [
    [['retry', ...OF, '--batch', BATCH, '--delivery', crypto.randomUUID()], 1, /There is nothing to try again/],
    [['stop', '--organisation', 'ambridge', '--batch', BATCH], 1, /There are no messages of this name/],
    [['stop', ...OF, '--batch', BATCH, '--unknown'], 2, /unknown/],
    [['list', ...OF, '--batch', 'no-such-batch'], 1, /Nothing was ever queued as no-such-batch/],
    [['list', '--organisation', 'nowhere'], 1, /nowhere/],
  ] as const) {
    const ran = await run(...words)
    assert.equal(ran.status, status, `${words.join(' ')}: ${ran.stderr}${ran.stdout}`)
    assert.match(ran.stderr, says)
  }

  const caller = { actor: { kind: 'exercise', id: 'invented' }, roles: ['admin'] } as const
  const practice = { organisation: 'felpersham', caller }
  await post.execute({ ...practice, command: 'exercise.set-clock', input: { exercise: 'invented', speed: 1 } })
  const town = { slug: 'felpersham', name: 'Invented Felpersham' }
  await post.execute({ ...practice, command: 'estate.add-organisation', input: town })
  await post.queue({ message: 'felpersham/notices/1', organisation: 'felpersham' }, 1)
  const said = await done('list', '--organisation', 'felpersham')
  assert.match(said, /^(EXERCISE .*\n)+$/)
  assert.match(said, /felpersham\/notices\/1 {2}email {2}1 stopped$/m)
  const stop = await done('stop', '--organisation', 'felpersham', '--batch', 'felpersham/notices/1')
  assert.match(stop, /^EXERCISE Recorded/)
})

/** What the page offers: each form with the fields that it would send. */
function formsIn(html: string) {
  return [...html.matchAll(/<form method="post" action="([^"]+)"[^>]*>(.*?)<\/form>/gs)]
    .map(([, path, inner]) => ({
      path: path!,
      fields: Object.fromEntries(
        [...inner!.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]),
      ),
    }))
    .filter(({ path }) => path.includes('/deliveries/'))
}

async function console_(t: TestContext, post: Awaited<ReturnType<typeof openPostOffice>>) {
  const served = await serveConsole(t, {
    pages: deliveryPages,
    behind: { execute: post.execute, read: post.read },
    people: {
      cora: [{ slug: 'borchester', roles: ['communications'] }],
      vera: [{ slug: 'borchester', roles: ['viewer'] }],
    },
  })
  const offered = async () => formsIn((await served.get('/console/borchester/deliveries', 'cora')).text)
  const names = async () => (await offered()).map(({ path }) => path.replace(/.*\//, ''))
  return { ...served, offered, names }
}

test('the page offers only what can be done: one button for what can be mended, one for each bad address', async (t) => {
  const { post, stand, times, idOf, mend } = await partlyFailed(t)
  const { submit, offered, names } = await console_(t, post)
  const gone = await idOf('gone')
  const forms = await offered()
  const whole = forms.find(({ fields }) => fields.delivery === undefined)!
  assert.deepEqual(
    forms
      .filter((one) => one !== whole)
      .map(({ fields }) => fields.delivery)
      .sort(),
    [gone, await idOf('busy')].sort(),
  )
  assert.equal(whole.fields.batch, BATCH)
  mend('busy')
  const entries = () => post.journal.models.position('borchester')
  const before = entries()
  for (let time = 0; time < 2; time++) assert.equal((await submit(whole.path, 'cora', whole.fields)).status, 303)
  assert.equal(entries() - before, 1, 'a form that is sent twice is one order')
  await eventually('the busy mailbox has it', () => stand(3, 1))
  assert.equal(times('gone'), 1)

  mend('gone')
  const [only, ...none] = await offered()
  assert.deepEqual([only!.fields.delivery, none], [gone, []], 'no button that could only be refused')
  assert.equal((await submit(only!.path, 'cora', only!.fields)).status, 303)
  await eventually('that mailbox has it', () => stand(4))
  assert.deepEqual([times('gone'), times('busy'), times('fine')], [2, 2, 1])
  assert.deepEqual(await names(), [])
})

test('a failed message whose address has been erased is not offered to be sent again', async (t) => {
  const { post } = await partlyFailed(t)
  const { names } = await console_(t, post)
  assert.deepEqual(await names(), ['retry', 'retry', 'retry'])
  await post.database.transaction(async (tx) => {
    for (const person of ['gone', 'busy']) await post.outbox.erase(tx, person)
  })
  assert.deepEqual(await names(), [])
})

test('what was held back after a restore can be sent from the page, where somebody says that it may go twice', async (t) => {
  const { post, stand } = await office(t)
  await post.queue({ message: BATCH }, [{ person: 'later', address: 'later@example.org' }])
  assert.equal(await holdBack(post.database), 1)
  await post.begin()
  const { get, submit, offered } = await console_(t, post)
  const html = (await get('/console/borchester/deliveries', 'cora')).text
  assert.match(html, /1 may have arrived/)
  assert.match(html, /Held back\.<\/strong> It waited when the backup was made/)
  const [form, ...more] = await offered()
  assert.deepEqual([form!.path, more], ['/console/borchester/deliveries/retry-unknown', []])
  assert.equal((await submit(form!.path, 'cora', form!.fields)).status, 303)
  await eventually('it is sent', () => stand(1))
})

test('an order is taken only from somebody signed in, from our own page, in a role that may, of this organisation', async (t) => {
  const { post } = await partlyFailed(t)
  const { submit, offered } = await console_(t, post)
  const fields = (await offered())[0]!.fields as Record<string, string>
  const before = post.journal.models.position('borchester')
  const { csrf: _, ...own } = fields
  for (const does of ['stop', 'resume', 'retry', 'retry-unknown']) {
    const path = `/console/borchester/deliveries/${does}`
    assert.equal((await submit(path, 'vera', own)).status, 403, `${does}: a viewer`)
    assert.equal((await submit(path, 'tess', own)).status, 404, `${does}: of another council`)
    assert.equal((await submit(path, 'cora', { ...own, csrf: 'wrong' })).status, 403, `${does}: without its token`)
    const elsewhere = await submit(path, 'cora', { ...own, csrf: 'wrong' }, { 'sec-fetch-site': 'cross-site' })
    assert.equal(elsewhere.status, 403, `${does}: from another site`)
    assert.doesNotMatch(elsewhere.text, /<form/)
    const stranger = await submit(path, null, fields)
    assert.equal(stranger.status, 403, `${does}: signed out`)
    assert.match(stranger.text, /You were signed out[\s\S]*Nothing was done yet/)
  }
  assert.equal(post.journal.models.position('borchester'), before, 'nothing was recorded')
  assert.deepEqual(await post.states(), { sent: 2, failed: 2 })
})

test('an old batch is found by its name, however many came after it', async (t) => {
  const { post } = await partlyFailed(t)
  for (let one = 0; one < 55; one++) await post.queue({ message: `borchester/later/${one}` }, 1)
  const asked = { organisation: 'borchester', query: 'deliveries', input: { batch: BATCH } }
  const answer = (await post.read({ ...asked, caller: { actor: { kind: 'operator' }, roles: [] } })) as {
    batches: { batch: string }[]
  }
  assert.deepEqual(
    answer.batches.map(({ batch }) => batch),
    [BATCH],
  )
})
