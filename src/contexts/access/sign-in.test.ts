import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generateSync } from 'otplib'
import { breakGlassNotices, people } from '#contexts/access'
import type { Role } from '#kernel'
import { authenticator } from '#test/authenticator'
import { type Browser, type Entrance, htmlOf, jsonOf, ORIGIN, openEntrance, redirectOf } from '#test/entrance'

const MINUTE = 60_000

async function withAda(entrance: Entrance): Promise<{ ada: string; path: string }> {
  const { person } = await entrance.give('westminster', 'access.add-person', {
    name: 'Ada Invented',
    roles: [{ role: 'admin' }, { role: 'tactical' }],
  })
  return { ada: person as string, path: await entrance.link('westminster', person as string) }
}

async function signIn(browser: Browser, passkey: ReturnType<typeof authenticator>, next?: string) {
  const options = jsonOf(await browser.json('/console/sign-in/options', {})) as { challenge: string }
  return browser.json('/console/sign-in/passkey', { response: passkey.get(options), next })
}

/** Enrols an authenticator app by the link and gives its key. */
async function enrolApp(entrance: Entrance, browser: Browser, path: string) {
  const page = htmlOf(await browser.get(path))
  const secret = /secret=([A-Z2-7]+)/.exec(page)![1]!
  const who = /sign-in code: <strong class="hf-code">([^<]+)</.exec(page)![1]!
  const code = () => generateSync({ secret, epoch: Math.floor(entrance.now / 1000) })
  const answer = await browser.submit(path, { code: code() })
  return { secret, who, code, answer }
}

test('a link enrols one passkey, which then signs its person in without a name', async (t) => {
  const entrance = await openEntrance(t)
  const { ada, path } = await withAda(entrance)
  const first = entrance.browser()
  assert.match(htmlOf(await first.get(path)), /Ada Invented/)
  const passkey = await entrance.enrol(first, path)
  const enrolled = await entrance.sessions.find(first.cookies.holdfast!)
  assert.equal(enrolled!.person, ada)
  assert.deepEqual(enrolled!.organisations, [{ slug: 'westminster', roles: ['admin', 'tactical'] }])

  const second = entrance.browser()
  assert.equal(jsonOf(await signIn(second, passkey, '/console/westminster')).next, '/console/westminster')
  assert.equal((await entrance.sessions.find(second.cookies.holdfast!))!.name, 'Ada Invented')
  assert.notEqual(first.cookies.holdfast, second.cookies.holdfast)
})

test('a link works once, for a day, and only the latest; all else about it is answered alike', async (t) => {
  const entrance = await openEntrance(t)
  const { ada, path } = await withAda(entrance)
  const latest = await entrance.link('westminster', ada)
  const browser = entrance.browser()
  const wrong = `/console/enrol/${'A'.repeat(43)}`
  const dead = htmlOf(await browser.get(wrong))
  assert.match(dead, /This link cannot be used/)
  assert.equal(htmlOf(await browser.get(path)), dead, 'replaced by a later one')
  await entrance.enrol(browser, latest)
  assert.equal(htmlOf(await entrance.browser().get(latest)), dead, 'used')
  assert.equal(((await entrance.browser().json(`${latest}/options`, {})) as { status: number }).status, 403)

  const next = await entrance.link('westminster', ada)
  entrance.now += 24 * 60 * MINUTE - 5000
  assert.match(htmlOf(await browser.get(next)), /Ada Invented/)
  entrance.now += 6000
  assert.equal(htmlOf(await browser.get(next)), dead, 'too old')
})

test('options that were fetched before a link was used enrol nothing after it', async (t) => {
  const entrance = await openEntrance(t)
  const { path } = await withAda(entrance)
  const thief = entrance.browser()
  const options = jsonOf(await thief.json(`${path}/options`, {})) as { challenge: string }
  await entrance.enrol(entrance.browser(), path)
  const late = await thief.json(`${path}/passkey`, { response: authenticator(ORIGIN).create(options) })
  assert.equal((late as { status: number }).status, 403)
  assert.equal(thief.cookies.holdfast, undefined)
})

test('no passkey signs in by another site, a used or old challenge, without a PIN or unknown', async (t) => {
  const entrance = await openEntrance(t)
  const { path } = await withAda(entrance)
  const passkey = await entrance.enrol(entrance.browser(), path)
  const browser = entrance.browser()
  const fresh = async () => jsonOf(await browser.json('/console/sign-in/options', {})) as { challenge: string }
  const refused = async (response: object, why: string) => {
    const answer = await browser.json('/console/sign-in/passkey', { response })
    assert.equal((answer as { status: number }).status, 403, why)
    assert.equal(browser.cookies.holdfast, undefined, why)
  }
  const used = await fresh()
  const other = entrance.browser()
  assert.equal(
    ((await other.json('/console/sign-in/passkey', { response: passkey.get(used) })) as { status?: number }).status,
    undefined,
  )
  await refused(passkey.get(used), 'a challenge that has served')
  await refused(passkey.get({ challenge: Buffer.from('x.y.z').toString('base64url') }), 'a challenge of its own')
  await refused(authenticator(ORIGIN).get(await fresh()), 'a passkey that nobody registered')
  const stranger = {
    ...(authenticator('http://elsewhere.example').get(await fresh()) as object),
    id: passkey.id,
    rawId: passkey.id,
  }
  await refused(stranger, 'another key and site under a known id')
  passkey.verified = false
  await refused(passkey.get(await fresh()), 'without user verification')
  passkey.verified = true
  const old = await fresh()
  entrance.now += 11 * MINUTE
  await refused(passkey.get(old), 'an old challenge')
  for (const response of [null, 3, {}, { id: passkey.id }, { id: passkey.id, response: [] }])
    await refused(response as object, JSON.stringify(response))
})

test('a counter that does not grow tells of a copied key', async (t) => {
  const entrance = await openEntrance(t)
  const { path } = await withAda(entrance)
  const passkey = authenticator(ORIGIN)
  passkey.counter = 5
  await entrance.enrol(entrance.browser(), path, passkey)
  assert.ok(jsonOf(await signIn(entrance.browser(), passkey)).next)
  passkey.counter = 3
  assert.equal(((await signIn(entrance.browser(), passkey)) as { status: number }).status, 403)
})

test('signing in ends the session before it, and never takes up a cookie that was there', async (t) => {
  const entrance = await openEntrance(t)
  const { path } = await withAda(entrance)
  const browser = entrance.browser()
  const passkey = await entrance.enrol(browser, path)
  const before = browser.cookies.holdfast!
  await signIn(browser, passkey)
  assert.notEqual(browser.cookies.holdfast, before)
  assert.equal(await entrance.sessions.find(before), null)
  const planted = entrance.browser()
  planted.cookies.holdfast = 'P'.repeat(43)
  await signIn(planted, passkey)
  assert.notEqual(planted.cookies.holdfast, 'P'.repeat(43))
  assert.equal(await entrance.sessions.find('P'.repeat(43)), null)
})

test('an app’s code signs in once, and tells nobody whether a person exists', async (t) => {
  const entrance = await openEntrance(t)
  const { path } = await withAda(entrance)
  const app = await enrolApp(entrance, entrance.browser(), path)
  assert.equal(redirectOf(app.answer), '/console/account?new')
  const browser = entrance.browser()
  entrance.now += MINUTE
  const code = app.code()
  const answer = await browser.submit('/console/sign-in', {
    who: app.who.toLowerCase(),
    code,
    next: '/console/westminster',
  })
  assert.equal(redirectOf(answer), '/console/westminster')
  const again = await entrance.browser().submit('/console/sign-in', { who: app.who, code })
  const wrong = (html: string) => html.replace(/value="[^"]*"/g, '')
  assert.equal((again as { status: number }).status, 422, 'a code that was used')
  entrance.now += MINUTE
  const nobody = await entrance.browser().submit('/console/sign-in', { who: 'ZZZZZZZZ', code: app.code() })
  assert.equal(wrong(htmlOf(nobody)), wrong(htmlOf(again)))
})

test('guessing codes is over after five tries, also with the right one, for people and for nobody', async (t) => {
  const entrance = await openEntrance(t)
  const { path } = await withAda(entrance)
  const app = await enrolApp(entrance, entrance.browser(), path)
  entrance.now += MINUTE
  const wrong = app.code() === '000000' ? '111111' : '000000'
  const tries = async (who: string) => {
    const statuses: number[] = []
    for (let i = 0; i < 5; i++)
      statuses.push(
        ((await entrance.browser().submit('/console/sign-in', { who, code: wrong })) as { status: number }).status,
      )
    statuses.push(
      ((await entrance.browser().submit('/console/sign-in', { who, code: app.code() })) as { status: number }).status,
    )
    return statuses
  }
  assert.deepEqual(await tries(app.who), [422, 422, 422, 422, 422, 429])
  assert.deepEqual(await tries('ZZZZZZZZ'), [422, 422, 422, 422, 422, 429])
  entrance.now += 16 * MINUTE
  redirectOf(await entrance.browser().submit('/console/sign-in', { who: app.who, code: app.code() }))
})

test('a form without the token of this browser signs nobody in', async (t) => {
  const entrance = await openEntrance(t)
  const { path } = await withAda(entrance)
  const app = await enrolApp(entrance, entrance.browser(), path)
  entrance.now += MINUTE
  const victim = entrance.browser()
  const attacker = entrance.browser()
  const csrf = /name="csrf" value="([^"]+)"/.exec(htmlOf(await attacker.get('/console/sign-in')))![1]!
  const forged = await victim.form('/console/sign-in', { who: app.who, code: app.code(), csrf })
  assert.equal((forged as { status: number }).status, 403)
  assert.equal(victim.cookies.holdfast, undefined)
})

test('a printed recovery code works once', async (t) => {
  const entrance = await openEntrance(t)
  const { path } = await withAda(entrance)
  const browser = entrance.browser()
  await entrance.enrol(browser, path)
  const page = htmlOf(await browser.submit('/console/account/recovery-codes', {}, '/console/account'))
  const codes = [...page.matchAll(/<li class="hf-code">([^<]+)</g)].map(([, code]) => code!)
  assert.equal(new Set(codes).size, 8)
  const who = /sign-in code: <strong class="hf-code">([^<]+)</.exec(page)![1]!
  const use = (code: string) => entrance.browser().submit('/console/sign-in/recovery', { who, code })
  assert.equal(redirectOf(await use(codes[0]!.toUpperCase().replaceAll('-', ' '))), '/console')
  assert.equal(((await use(codes[0]!)) as { status: number }).status, 422)
  redirectOf(await use(codes[1]!))
  assert.match(htmlOf(await browser.get('/console/account')), /6 unused codes/)
})

test('a session ends when idle, when old, when signed out here or elsewhere, and by an admin', async (t) => {
  const entrance = await openEntrance(t)
  const { ada, path } = await withAda(entrance)
  const passkey = await entrance.enrol(entrance.browser(), path)
  const fresh = async () => {
    const browser = entrance.browser()
    await signIn(browser, passkey)
    return browser
  }
  const lives = async ({ cookies }: Browser) => (await entrance.sessions.find(cookies.holdfast!)) !== null

  const idle = await fresh()
  entrance.now += 29 * MINUTE
  assert.ok(await lives(idle))
  entrance.now += 29 * MINUTE
  assert.ok(await lives(idle), 'use keeps it alive')
  entrance.now += 30 * MINUTE
  assert.ok(!(await lives(idle)))

  const old = await fresh()
  for (let i = 0; i < 12 * 3 - 1; i++) {
    entrance.now += 20 * MINUTE
    assert.ok(await lives(old))
  }
  entrance.now += 20 * MINUTE
  assert.ok(!(await lives(old)), '12 hours')

  const [here, there] = [await fresh(), await fresh()]
  const cookie = here.cookies.holdfast!
  const session = (await entrance.sessions.find(there.cookies.holdfast!))!.session
  await here.submit('/console/account/end-session', { session }, '/console/account')
  assert.ok(!(await lives(there)))
  assert.equal(redirectOf(await here.form('/console/sign-out', { csrf: 'forged' })), '/console')
  assert.ok(await entrance.sessions.find(cookie), 'a forged form signs nobody out')
  await here.submit('/console/sign-out', {}, '/console/account')
  assert.equal(await entrance.sessions.find(cookie), null)

  const [kept, lost] = [await fresh(), await fresh()]
  const rows = await entrance.sessions.list(ada)
  assert.deepEqual(
    rows.map(({ agent }) => agent),
    ['Firefox on Linux', 'Firefox on Linux'],
  )
  const { session: gone } = (await entrance.sessions.find(lost.cookies.holdfast!))!
  await entrance.give('westminster', 'access.end-session', { person: ada, session: gone })
  assert.ok(!(await lives(lost)), 'ended by an admin')
  assert.ok(await lives(kept), 'and no other')

  const third = await fresh()
  await entrance.give('westminster', 'access.end-sessions', { person: ada })
  assert.ok(!(await lives(third)))
  assert.ok(await lives(await fresh()), 'sessions begun after are not concerned')
})

test('a step-up renews the proof and the cookie, and only with the person’s own passkey', async (t) => {
  const entrance = await openEntrance(t)
  const { path } = await withAda(entrance)
  const browser = entrance.browser()
  const passkey = await entrance.enrol(browser, path)
  const { person: grace } = await entrance.give('westminster', 'access.add-person', {
    name: 'Grace Invented',
    roles: [],
  })
  const hers = await entrance.enrol(entrance.browser(), await entrance.link('westminster', grace as string))
  entrance.now += 10 * MINUTE
  const before = browser.cookies.holdfast!
  const { session, provenAt } = (await entrance.sessions.find(before))!
  const page = htmlOf(await browser.get('/console/step-up?next=/console/westminster/isolate'))
  const csrf = /data-csrf="([^"]+)"/.exec(page)![1]!
  const prove = async (by: typeof passkey) => {
    const options = jsonOf(await browser.json('/console/step-up/options', {})) as { challenge: string }
    return browser.json('/console/step-up/passkey', {
      response: by.get(options),
      csrf,
      next: '/console/westminster/isolate',
    })
  }
  assert.equal(((await prove(hers)) as { status: number }).status, 403)
  assert.equal(jsonOf(await prove(passkey)).next, '/console/westminster/isolate')
  assert.equal(await entrance.sessions.find(before), null, 'the cookie from before')
  const after = (await entrance.sessions.find(browser.cookies.holdfast!))!
  assert.equal(after.session, session)
  assert.equal(after.provenAt, provenAt + 10 * MINUTE)
})

test('no link leads through signing in to elsewhere', async (t) => {
  const entrance = await openEntrance(t)
  const { path } = await withAda(entrance)
  const passkey = await entrance.enrol(entrance.browser(), path)
  const elsewhere = [
    'https://elsewhere.example/console',
    '//elsewhere.example/console',
    '/\\elsewhere.example',
    '/console/../../elsewhere',
    '/console\\@elsewhere.example',
    '/console@elsewhere.example',
    '/console.elsewhere.example',
    'javascript:alert(1)',
    '/console/\r\nLocation: https://elsewhere.example',
    '/westminster',
    '',
  ]
  for (const next of elsewhere)
    assert.equal(jsonOf(await signIn(entrance.browser(), passkey, next)).next, '/console', JSON.stringify(next))
  const inside = '/console/westminster/incidents/1?filter=a%20b'
  assert.equal(jsonOf(await signIn(entrance.browser(), passkey, inside)).next, inside)
})

test('the last way in cannot be thrown away, and a new one asks for a fresh proof', async (t) => {
  const entrance = await openEntrance(t)
  const { path } = await withAda(entrance)
  const browser = entrance.browser()
  const passkey = await entrance.enrol(browser, path)
  const remove = () => browser.submit('/console/account/remove-passkey', { credential: passkey.id }, '/console/account')
  assert.match(htmlOf(await remove()), /only way to sign in/)
  const csrf = /data-csrf="([^"]+)"/.exec(htmlOf(await browser.get('/console/account')))![1]!
  const options = jsonOf(await browser.json('/console/account/passkey/options', {})) as { challenge: string }
  const second = authenticator(ORIGIN)
  const forged = await browser.json('/console/account/passkey', { response: second.create(options), csrf: 'x' })
  assert.equal((forged as { status: number }).status, 403)
  assert.equal(
    jsonOf(await browser.json('/console/account/passkey', { response: second.create(options), csrf })).next,
    '/console/account',
  )
  redirectOf(await remove())
  assert.equal(((await signIn(entrance.browser(), passkey)) as { status: number }).status, 403)
  assert.ok(jsonOf(await signIn(entrance.browser(), second)).next)
  entrance.now += 6 * MINUTE
  assert.equal(((await browser.json('/console/account/passkey/options', {})) as { status: number }).status, 403)
  assert.match(redirectOf(await remove()), /^\/console\/step-up/)
})

test('what is kept opens nothing: neither cookies nor links nor codes nor app keys can be read from it', async (t) => {
  const entrance = await openEntrance(t)
  const { path } = await withAda(entrance)
  const browser = entrance.browser()
  const { secret } = await enrolApp(entrance, browser, path)
  const kept = JSON.stringify(await entrance.dump())
  for (const word of [secret, path.split('/').at(-1)!, browser.cookies.holdfast!]) assert.ok(!kept.includes(word), word)
})

test('an authenticator app is added from the account, by its own code and after a fresh proof only', async (t) => {
  const entrance = await openEntrance(t)
  const { path } = await withAda(entrance)
  const browser = entrance.browser()
  await entrance.enrol(browser, path)
  const page = htmlOf(await browser.get('/console/account/app'))
  const secret = /secret=([A-Z2-7]+)/.exec(page)![1]!
  const offer = /name="offer" value="([^"]+)"/.exec(page)![1]!
  const csrf = /name="csrf" value="([^"]+)"/.exec(page)![1]!
  const code = () => generateSync({ secret, epoch: Math.floor(entrance.now / 1000) })
  const status = (answer: object) => (answer as { status?: number }).status
  const send = (fields: Record<string, string>) =>
    browser.form('/console/account/app', { csrf, offer, code: code(), ...fields })
  assert.equal(status(await send({ csrf: 'forged' })), 403)
  assert.equal(status(await send({ offer: 'A'.repeat(22) })), 422, 'a key that was not offered')
  const another = htmlOf(await browser.get('/console/account/app'))
  assert.notEqual(/secret=([A-Z2-7]+)/.exec(another)![1], secret, 'each page offers a key of its own')
  assert.equal(redirectOf(await send({})), '/console/account')
  const account = htmlOf(await browser.get('/console/account'))
  const who = /sign-in code, [^:]*: <strong class="hf-code">([^<]+)</.exec(account)![1]!
  entrance.now += MINUTE
  assert.equal(redirectOf(await entrance.browser().submit('/console/sign-in', { who, code: code() })), '/console')
  entrance.now += 6 * MINUTE
  assert.match(redirectOf(await browser.get('/console/account/app')), /^\/console\/step-up/)
  assert.match(redirectOf(await send({})), /^\/console\/step-up/)
})

test('an exercise and the live world lend each other nobody', async (t) => {
  const entrance = await openEntrance(t)
  const { ada } = await withAda(entrance)
  const story = { exercise: 'story', speed: 1 }
  for (const slug of ['stage', 'wings']) await entrance.give(slug, 'exercise.set-clock', story)
  const { person: actor } = await entrance.give('stage', 'access.add-person', { name: 'Actor', roles: [] })
  const grant = (organisation: string, person: unknown) =>
    entrance.ask(organisation, 'access.grant-role', { person, role: 'viewer' })
  for (const outcome of [await grant('stage', ada), await grant('westminster', actor)])
    assert.equal('refused' in outcome && outcome.refused, 'other-world')
  assert.ok('entries' in (await grant('wings', actor)), 'within one exercise')
  assert.ok('entries' in (await grant('hackney', ada)), 'among the live')
})

test('command taken in an emergency is told to every other admin until they say that they have seen it', async (t) => {
  const entrance = await openEntrance(t)
  const { ada } = await withAda(entrance)
  const add = async (name: string, role: string) =>
    (await entrance.give('westminster', 'access.add-person', { name, roles: [{ role }] })).person as string
  const [grace, viv] = [await add('Grace Invented', 'admin'), await add('Viv Invented', 'viewer')]
  const as = (id: string, roles: Role[]) => ({ actor: { kind: 'person', id } as const, roles })
  const { entries } = await entrance.give(
    'westminster',
    'access.break-glass',
    { reason: 'Nobody answers' },
    as(viv, ['viewer']),
  )
  const told = (person: string) =>
    breakGlassNotices(entrance.models, { organisation: 'westminster', person, now: entrance.now })
  assert.match(told(ada)[0]!.text, /^Viv Invented took command in an emergency at /)
  assert.equal(told(ada)[0]!.detail, 'Nobody answers')
  assert.equal(told(grace).length, 1)
  assert.equal(told(viv).length, 0, 'who is no admin')
  await entrance.give('westminster', 'access.acknowledge-break-glass', { entry: entries[0] }, as(ada, ['admin']))
  assert.equal(told(ada).length, 0)
  assert.equal(told(grace).length, 1, 'each admin for themselves')
})

test('a passkey says when it was registered by the real clock, also in an exercise of another time', async (t) => {
  const entrance = await openEntrance(t)
  const { path } = await withAda(entrance)
  const browser = entrance.browser()
  entrance.now += 600 * MINUTE
  await entrance.enrol(browser, path)
  const [facts] = entrance.models.of(people, 'westminster').passkeyFacts.values()
  assert.ok(Math.abs(Date.parse(facts!.registeredAt) - Date.now()) < 60_000)
})
