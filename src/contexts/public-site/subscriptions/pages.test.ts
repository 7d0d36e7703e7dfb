import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { type TestContext, test } from 'node:test'
import { HtmlValidate } from 'html-validate'
import { freeNames } from '#platform/views'
import type { LanguageCode } from '#platform/words'
import { barriers, listen, newVisitor, noBrowser, overhang } from '#test/browser'
import { englishIn, readableOf } from '#test/english'
import { eventually } from '#test/processes'
import { subscribed } from '#test/subscribed'
import { manageView } from './pages/manage.view.ts'
import { noteView } from './pages/note.view.ts'
import { subscribeView } from './pages/subscribe.view.ts'
import type { UpdatesTemplates } from './pages/views.ts'

const validator = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:document', 'html-validate:a11y'],
  rules: {
    // Of govuk-frontend's macros, which are tested with people.
    'attribute-boolean-style': 'off',
    'no-trailing-whitespace': 'off',
    'no-redundant-role': 'off',
    'prefer-native-element': 'off',
    // GOV.UK's error summary stands above the heading; ticks of one question share a name.
    'heading-level': ['error', { minInitialRank: 'h2' }],
    'form-dup-name': 'off',
    'long-title': 'off',
    'require-sri': 'off',
  },
})

/** Every page about updates in every state that a person can bring it to. */
async function states(t: TestContext, world: string, language: LanguageCode = 'en-GB') {
  const place = await subscribed(t, { world, language })
  const nothing = await subscribed(t, { world, language, offered: [] })
  const emailOnly = await subscribed(t, { world, language, offered: ['email'] })
  const { ask, form, join, messages } = place
  const pages = new Map<string, string>()
  const keep = async (name: string, answer: Promise<{ text: string; headers: Record<string, unknown> }>) => {
    const { text, headers } = await answer
    assert.match(String(headers['content-security-policy']), /style-src 'self' 'sha256-/, name)
    assert.doesNotMatch(String(headers['content-security-policy']), /unsafe/)
    assert.equal(headers['cache-control'], 'no-store', name)
    pages.set(name, text)
  }
  await keep('form', ask('GET', '/westminster/subscribe'))
  await keep('form of a service', ask('GET', '/westminster/subscribe?service=bins&service=nonsense'))
  await keep('form without channels', nothing.ask('GET', '/westminster/subscribe'))
  await keep('form for e-mail alone', emailOnly.ask('GET', '/westminster/subscribe'))
  await keep('form, nothing given', form('/westminster/subscribe'))
  await keep('form, all wrong', form('/westminster/subscribe', { email: '<b>', sms: '"', service: 'bins' }))
  await keep('asked', form('/westminster/subscribe', { email: 'jo@example.org' }))
  const confirm = /\/subscriptions\/confirm\/[\w-]+/.exec((await messages())[0]!.text)![0]
  await keep('confirm', ask('GET', confirm))
  await keep('confirmed', form(confirm))
  const manage = await join('+447700900123', ['bins', 'parks'])
  await keep('manage', ask('GET', manage))
  await keep('saved', form(manage, { service: 'housing' }))
  await keep('stop', ask('GET', `${manage}/stop`))
  await keep('stopped', form(`${manage}/stop`))
  await keep('erased', form(`${await join('+447700900124')}/erase`))
  await keep('gone', ask('GET', manage))
  await keep('from elsewhere', form('/westminster/subscribe', {}, { 'sec-fetch-site': 'cross-site' }))
  await keep('unreadable', ask('POST', '/westminster/subscribe', {}, '{}'))
  await keep('no such organisation', ask('GET', '/nowhere/subscribe'))
  return { place, pages, manage }
}

test('every page in every state is valid HTML with one heading, and says EXERCISE where it is one', async (t) => {
  for (const world of ['live', 'invented-exercise']) {
    const { pages } = await states(t, world)
    for (const [name, text] of pages) {
      const { results } = await validator.validateString(text)
      const mistakes = results.flatMap(({ messages }) =>
        messages.map((one) => `${one.line} ${one.ruleId}: ${one.message}`),
      )
      assert.deepEqual(mistakes, [], name)
      assert.equal(text.match(/<h1[\s>]/g)?.length, 1, name)
      assert.doesNotMatch(text, /<[^>]*\s(?:on\w+|style)=|javascript:|undefined|\[object/i, name)
      const unowned = ['gone', 'no such organisation'].includes(name)
      assert.equal(text.includes('class="hf-exercise"'), world !== 'live' && !unowned, name)
    }
    assert.match(pages.get('form without channels')!, world === 'live' ? /cannot send messages/ : /This is an exercise/)
    assert.doesNotMatch(pages.get('form for e-mail alone')!, /mobile number|notifications/i)
  }
})

test('in another language neither pages nor messages hold a word of English, but what was typed', async (t) => {
  const { pages, place } = await states(t, 'invented-exercise', 'en-XA')
  const typed = /https?:\S+|invented (?:council|(?:bins|housing|parks)(?: system)?)|example|\S*@\S+|\{\{\w+\}\}/gi
  const unowned = ['gone', 'no such organisation']
  for (const [name, page] of pages) {
    if (unowned.includes(name)) continue
    for (const text of readableOf(page)) assert.deepEqual(englishIn(text.replace(typed, ' ')), [], `${name}: ${text}`)
    assert.match(page, /<html lang="en-XA"/, name)
  }
  for (const address of ['all@example.org', '+447700900125']) await place.join(address)
  const wording = { headline: 'Ω', known: 'Ω', notKnown: '', doing: '', advice: '', next: '' }
  place.publish({ wording, whatChanged: 'Ω' })
  place.stopService('bins')
  await place.updates.turn()
  place.pass(20)
  place.stopService('parks', 'housing')
  place.publish({ wording })
  await place.updates.turn()
  place.pass(20)
  await place.updates.turn()
  const messages = await place.messages()
  for (const { subject, text } of messages)
    assert.deepEqual(englishIn(`${subject} ${text}`.replace(typed, ' ')), [], text)
  for (const kind of ['confirmations', 'statements', 'changes'])
    assert.ok(
      messages.some(({ message }) => message.includes(`/${kind}/`)),
      kind,
    )
})

test('every name that a template reads is in its view model', () => {
  const owner = { slug: 'westminster', name: 'Invented Council', exercise: false, language: 'en-GB' } as const
  const services = ['bins', 'parks'].map((slug) => ({ slug, name: slug }))
  const models: { [Name in keyof UpdatesTemplates]: UpdatesTemplates[Name] } = {
    'subscribe.njk': subscribeView({
      owner,
      services,
      offered: ['email'],
      pushKey: null,
      site: 'https://holdfast.example.org',
    }),
    'manage.njk': manageView({ owner, services, chosen: [], token: 'x', address: 'y', saved: false }),
    'note.njk': noteView(owner, 'Heading', []),
  }
  const folders = [new URL('pages/', import.meta.url), new URL('../../../platform/views/', import.meta.url)]
  const find = (name: string) => folders.map((folder) => new URL(name, folder)).find((file) => existsSync(file))!
  const globals = ['asset']
  for (const [template, model] of Object.entries(models))
    for (const name of freeNames(find(template), find))
      assert.ok(name in model || globals.includes(name), `${template} reads ${name}`)
})

test('no page has a barrier or is too wide for a small screen, in any state', { skip: noBrowser }, async (t) => {
  const { pages } = await states(t, 'live')
  for (const options of [{ viewport: { width: 320, height: 700 } }, { forcedColors: 'active' as const }]) {
    const visitor = await newVisitor({ ...options, bypassCSP: true, javaScriptEnabled: true })
    const page = await visitor.newPage()
    for (const [name, text] of pages) {
      await page.setContent(text.replace(/<script[^>]*src[^>]*><\/script>/g, ''))
      assert.deepEqual(await barriers(page), [], name)
      const { pixels, by } = await overhang(page)
      assert.equal(pixels, 0, `${name} is too wide: ${by}`)
      const folder = process.env.HOLDFAST_PICTURES
      if (folder && options.viewport) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
    }
    await visitor.close()
  }
})

/** What the push service of a browser would answer: here there is none. */
const PUSH_SERVICE = `PushManager.prototype.subscribe = async function ({ applicationServerKey }) {
  window.applicationServerKey = applicationServerKey
  return { toJSON: () => ({ endpoint: 'https://fcm.googleapis.com/fcm/send/invented',
    keys: { p256dh: 'B' + 'a'.repeat(86), auth: 'b'.repeat(22) } }) }
}`

const SHOWN = `navigator.serviceWorker.ready.then((worker) => worker.getNotifications())
  .then((shown) => shown.map(({ title, body }) => title + ': ' + body))`

test('a browser turns notifications on under our policies, and shows what is pushed', {
  skip: noBrowser,
}, async (t) => {
  const { port } = await subscribed(t)
  const visitor = await newVisitor({ permissions: ['notifications'] })
  await visitor.addInitScript(PUSH_SERVICE)
  const page = await visitor.newPage()
  const heard = listen(page)
  const address = `http://localhost:${port}/westminster/subscribe`
  await page.goto(address)
  await page.getByText('Choose services').click()
  await page.getByLabel('Invented parks').check()
  await page.getByRole('button', { name: 'Turn on notifications' }).click()
  await page.waitForURL(/\/subscriptions\/[\w-]{43}$/)
  assert.match((await page.textContent('main'))!, /They go to one browser\..*Invented parks\./s)

  const devtools = await visitor.newCDPSession(page)
  let registrationId: string | undefined
  devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    registrationId = registrations[0]?.registrationId
  })
  await devtools.send('ServiceWorker.enable')
  await eventually('the worker is known', () => registrationId !== undefined)
  const data = JSON.stringify({ title: 'Invented news', body: 'Parks have stopped', link: `${address}?x` })
  await devtools.send('ServiceWorker.deliverPushMessage', {
    origin: new URL(address).origin,
    registrationId: registrationId!,
    data,
  })
  const shown = () => page.evaluate<string[]>(SHOWN)
  await eventually('the notification is shown', async () => (await shown()).length > 0)
  assert.deepEqual(await shown(), ['Invented news: Parks have stopped'])
  heard.quiet()
  await visitor.close()
})
