import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Browser, type Entrance, htmlOf, openEntrance, redirectOf } from '#test/entrance'

const MINUTE = 60_000
const ELSEWHERE = [
  'https://elsewhere.example/',
  '//elsewhere.example',
  '/\\elsewhere.example',
  '/console/..//elsewhere.example',
]
const status = (answer: object) => (answer as { status?: number }).status ?? 200

/** Somebody with a passkey and eight printed codes, in a browser that is signed in. */
async function signedIn(entrance: Entrance) {
  const { person } = await entrance.give('westminster', 'access.add-person', {
    name: 'Ada',
    roles: [{ role: 'admin' }],
  })
  const link = await entrance.link('westminster', person as string)
  const browser = entrance.browser()
  const passkey = await entrance.enrol(browser, link)
  const page = htmlOf(await browser.submit('/console/account/recovery-codes', {}, '/console/account'))
  const codes = [...page.matchAll(/<li class="hf-code">([^<]+)</g)].map(([, code]) => code!)
  const who = /sign-in code: <strong class="hf-code">([^<]+)</.exec(page)![1]!
  return { person: person as string, browser, passkey, codes, who }
}

const recover = (entrance: Entrance, who: string, code: string) =>
  entrance.browser().submit('/console/sign-in/recovery', { who, code })

test('no form that a signed-in person can send does anything without the token of the session', async (t) => {
  const entrance = await openEntrance(t)
  const { browser, passkey, person } = await signedIn(entrance)
  const other = entrance.browser()
  const next = { response: passkey.get(await challenge(other)) }
  await other.json('/console/sign-in/passkey', next)
  const { session } = (await entrance.sessions.find(other.cookies.holdfast!))!
  const before = JSON.stringify(await entrance.dump())
  const forms = entrance.routes.filter(
    ({ method, path }) => method === 'POST' && !/:|options|\/passkey$|sign-in/.test(path),
  )
  assert.ok(forms.length >= 7, forms.map(({ path }) => path).join())
  for (const { path } of forms)
    for (const csrf of ['', 'forged', entrance.sessions.csrfOf(session)]) {
      const answer = await browser.form(path, {
        csrf,
        credential: passkey.id,
        session,
        offer: 'A'.repeat(22),
        code: '123456',
      })
      assert.ok(!('json' in answer), path)
    }
  assert.equal(JSON.stringify(await entrance.dump()), before, 'nothing was recorded, and nobody signed out')
  assert.equal((await entrance.sessions.find(browser.cookies.holdfast!))?.person, person)
})

async function challenge(browser: Browser): Promise<{ challenge: string }> {
  const answer = await browser.json('/console/sign-in/options', {})
  return ('json' in answer ? answer.json : assert.fail()) as { challenge: string }
}

test('no page of signing in has a link or form that leads to where an address asks', async (t) => {
  const entrance = await openEntrance(t)
  const { browser } = await signedIn(entrance)
  const pages = entrance.routes.filter(({ method, path }) => method === 'GET' && !path.includes(':'))
  for (const { path } of pages)
    for (const next of ELSEWHERE)
      for (const who of [browser, entrance.browser()]) {
        const answer = await who.get(`${path}?next=${encodeURIComponent(next)}`)
        const said = 'redirect' in answer ? answer.redirect : htmlOf(answer)
        assert.doesNotMatch(said, /elsewhere/, `${path} to ${next}`)
      }
})

test('printed codes are guessed five times at most, also with the right one, for people and for nobody', async (t) => {
  const entrance = await openEntrance(t)
  const { who, codes } = await signedIn(entrance)
  for (const name of [who, 'ZZZZZZZZ']) {
    const tries: number[] = []
    for (let i = 0; i < 5; i++) tries.push(status(await recover(entrance, name, 'wrong')))
    tries.push(status(await recover(entrance, name, codes[0]!)))
    assert.deepEqual(tries, [422, 422, 422, 422, 422, 429], name)
  }
  entrance.now += 16 * MINUTE
  assert.equal(redirectOf(await recover(entrance, who, codes[0]!)), '/console')
})

test('many people guessed from one address are counted together', async (t) => {
  const entrance = await openEntrance(t)
  const { who, codes } = await signedIn(entrance)
  const tries: number[] = []
  for (let i = 0; i < 61; i++) {
    const guess = { who: `NOBODY${String(i).padStart(2, '0')}`, code: '000000' }
    tries.push(status(await entrance.browser().submit('/console/sign-in', guess)))
  }
  assert.equal(tries.indexOf(429), 60)
  assert.equal(status(await recover(entrance, who, codes[0]!)), 429)
})

test('the same is asked of the database whether or not a person exists, has an app, or has codes', async (t) => {
  const entrance = await openEntrance(t)
  const { who } = await signedIn(entrance)
  const { person } = await entrance.give('westminster', 'access.add-person', { name: 'Bare', roles: [] })
  assert.ok(person)
  const asked = async (path: string, name: string) => {
    const browser = entrance.browser()
    await browser.get(path)
    entrance.asked.length = 0
    assert.equal(status(await browser.submit(path, { who: name, code: '123456' })), 422)
    return entrance.asked.join()
  }
  for (const path of ['/console/sign-in', '/console/sign-in/recovery'])
    assert.equal(await asked(path, who), await asked(path, 'ZZZZZZZZ'), path)
})

test('a printed code costs the same work for somebody and for nobody', async (t) => {
  const entrance = await openEntrance(t)
  const { who } = await signedIn(entrance)
  /** Time of the processor, which other programs do not share in; the middle of several. */
  const work = async (name: string) => {
    const spent: number[] = []
    for (let i = 0; i < 4; i++) {
      const { user, system } = process.cpuUsage()
      await recover(entrance, name, 'wrong')
      const after = process.cpuUsage()
      spent.push(after.user + after.system - user - system)
    }
    return spent.sort((a, b) => a - b)[1]!
  }
  const [somebody, nobody] = [await work(who), await work('ZZZZZZZZ')]
  assert.ok(nobody > somebody / 2 && somebody > nobody / 2, `${somebody} and ${nobody} microseconds`)
})
