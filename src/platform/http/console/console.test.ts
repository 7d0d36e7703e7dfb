import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Frame, PageRequest } from '#command'
import { FORM, HERE, serveConsole } from '#test/console-served'
import type { ConsolePage } from '../index.ts'

const seen: PageRequest[] = []
const handle = (request: PageRequest) => {
  seen.push(request)
  return { html: `<!DOCTYPE html><title>x</title>${JSON.stringify(request.frame satisfies Frame)}` }
}
const PAGES: readonly ConsolePage[] = [
  { method: 'GET', path: '/', roles: ['viewer', 'tactical'], navigation: { text: 'Situation', order: 1 }, handle },
  { method: 'GET', path: '/bells/:bell', roles: ['viewer', 'tactical'], handle },
  { method: 'GET', path: '/bells', roles: ['tactical'], navigation: { text: 'Bells', order: 0 }, handle },
  {
    method: 'POST',
    path: '/bells',
    roles: ['tactical'],
    async handle(request: PageRequest) {
      await request.give('village.ring-bells', { times: 3 })
      await request.give('village.ring-bells', { times: 4 })
      return { redirect: request.form!.get('to') ?? '/console/ambridge' }
    },
  },
  { method: 'POST', path: '/silence', roles: ['tactical'], stepUp: true, handle },
  { method: 'GET', path: '/silence', roles: ['tactical'], stepUp: true, handle },
  {
    method: 'GET',
    path: '/broken',
    roles: ['viewer'],
    handle() {
      throw new Error('SECRET internals')
    },
  },
  {
    method: 'GET',
    path: '/refused',
    roles: ['viewer'],
    handle: () => ({ refused: 'gone', kind: 'not-found' as const, title: 'It is <gone>', detail: 'Look elsewhere.' }),
  },
]

test('a page is given who asks, from where, and the frame around it', async (t) => {
  const { get } = await serveConsole(t, { pages: PAGES })
  const reply = await get('/console/ambridge/bells/tenor?at=1&at=2', 'vera')
  assert.equal(reply.status, 200)
  const request = seen.at(-1)!
  assert.deepEqual(request.params, { bell: 'tenor' })
  assert.deepEqual(request.query.getAll('at'), ['1', '2'])
  assert.deepEqual(request.reader.caller, { actor: { kind: 'person', id: 'p-vera' }, roles: ['viewer'] })
  assert.equal(request.form, null)
  const { commandId, ...frame } = request.frame
  assert.match(commandId, /^[0-9a-f-]{36}$/)
  assert.deepEqual(frame, {
    organisation: { slug: 'ambridge', name: 'Ambridge Council' },
    exercise: false,
    reader: 'Person vera',
    roles: ['viewer'],
    csrf: 'csrf-of-session-vera',
    // Bells are not for viewers, so that they are not offered either.
    navigation: [{ href: '/console/ambridge', text: 'Situation', current: true }],
    elsewhere: [],
    notices: [],
    madeAt: '2025-11-25T06:00:00.000Z',
    position: 41,
  })
  await get('/console/ambridge/bells/tenor', 'tess')
  assert.deepEqual(
    seen.at(-1)!.frame.navigation.map(({ text, current }) => [text, current]),
    [
      ['Bells', true],
      ['Situation', false],
    ],
  )
  await get('/console/borchester', 'both')
  assert.equal(seen.at(-1)!.frame.exercise, true)
  assert.deepEqual(seen.at(-1)!.frame.elsewhere, [{ href: '/console/ambridge', text: 'Ambridge Council' }])
})

test('every answer of the console carries its policy, and nothing of it is kept', async (t) => {
  const { get, submit, ask } = await serveConsole(t, { pages: PAGES })
  const replies = [
    await get('/console', 'both'),
    await get('/console', null),
    await get('/console/ambridge', 'vera'),
    await get('/console/ambridge/refused', 'vera'),
    await get('/console/ambridge/broken', 'vera'),
    await get('/console/ambridge/nothing/there', 'vera'),
    await get('/console/borchester', 'vera'),
    await submit('/console/ambridge/bells', 'tess', { csrf: 'wrong' }),
    await submit('/console/ambridge/bells', null, { csrf: 'wrong' }),
    await ask('DELETE', '/console/ambridge/bells'),
    await ask('POST', '/console/ambridge/bells', { 'content-type': 'text/plain' }, 'x'),
  ]
  for (const { status, headers } of replies) {
    const policy = String(headers['content-security-policy'])
    for (const part of ["default-src 'none'", "script-src 'self'", "require-trusted-types-for 'script'"])
      assert.ok(policy.includes(part), `${status}: ${policy}`)
    assert.doesNotMatch(policy, /unsafe/)
    assert.equal(headers['cache-control'], 'no-store', String(status))
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin')
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.match(String(headers['permissions-policy']), /camera=\(\).*publickey-credentials-get=\(self\)/)
    assert.match(String(headers['strict-transport-security']), /max-age/)
  }
})

test('whoever is not signed in is led to sign in, and back', async (t) => {
  const { get } = await serveConsole(t, { pages: PAGES })
  const reply = await get('/console/ambridge/bells/tenor?at=1', null)
  assert.equal(reply.status, 303)
  assert.equal(
    reply.headers.location,
    `/console/sign-in?next=${encodeURIComponent('/console/ambridge/bells/tenor?at=1')}`,
  )
  assert.equal((await get('/console/ambridge', 'nobody')).status, 303)
})

test('without a role nothing is shown, and an organisation that somebody does not serve is as none', async (t) => {
  const { get, submit } = await serveConsole(t, { pages: PAGES })
  const before = seen.length
  for (const { method, path } of PAGES) {
    const at = `/console/ambridge${path.replace(':bell', 'tenor')}`
    const reply = method === 'GET' ? await get(at, 'bert') : await submit(at, 'bert', {})
    assert.equal(reply.status, 404, at)
    assert.doesNotMatch(reply.text, /Ambridge/)
    const none = await get(at.replace('ambridge', 'nowhere'), 'bert')
    if (method === 'GET') assert.equal(none.text, reply.text)
  }
  const refused = await get('/console/ambridge/bells', 'vera')
  assert.equal(refused.status, 403)
  assert.match(refused.text, /the role tactical, at Ambridge Council/)
  assert.equal((await submit('/console/ambridge/silence', 'vera', {})).status, 403)
  assert.equal(seen.length, before, 'no page was reached')
})

test('a form needs the token of its session; one from another site is not even offered again', async (t) => {
  const { submit, instructions } = await serveConsole(t, { pages: PAGES })
  for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, {}] as Record<
    string,
    string
  >[]) {
    const reply = await submit('/console/ambridge/bells', 'tess', { csrf: 'csrf-of-session-vera', note: 'x' }, headers)
    assert.equal(reply.status, 403)
    assert.doesNotMatch(reply.text, /<form/)
  }
  assert.equal((await submit('/console/ambridge/bells', 'tess', { csrf: '' })).status, 403)
  assert.equal(instructions.length, 0)
})

test('nothing typed is lost when a session has ended: the form is kept, and can be sent once signed in again', async (t) => {
  const { submit, instructions } = await serveConsole(t, { pages: PAGES })
  const typed = 'Line one\r\n"<b>" & so on'
  const kept = await submit('/console/ambridge/bells', null, { csrf: 'old', commandId: 'id-1', note: typed })
  assert.equal(kept.status, 403)
  assert.match(kept.text, /You were signed out/)
  const fields = formIn(kept.text)
  assert.equal(fields.get('note'), typed)
  const again = await submit('/console/ambridge/bells', 'tess', fields)
  assert.equal(again.status, 403)
  assert.match(again.text, /Person tess/)
  const done = await submit('/console/ambridge/bells', 'tess', formIn(again.text))
  assert.equal(done.status, 303)
  assert.deepEqual(
    instructions.map(({ id }) => id),
    ['id-1', 'id-1-2'],
    'the same form sent twice gives the same commands',
  )
  assert.deepEqual(instructions[0]!.caller, { actor: { kind: 'person', id: 'p-tess' }, roles: ['tactical'] })
})

test('what cannot be undone asks for a fresh proof first, and takes the form along', async (t) => {
  const { get, submit, ended } = await serveConsole(t, { pages: PAGES })
  const before = seen.length
  const page = await get('/console/ambridge/silence?why=1', 'late')
  assert.equal(page.headers.location, `/console/step-up?next=${encodeURIComponent('/console/ambridge/silence?why=1')}`)
  const sent = await submit('/console/ambridge/silence', 'late', { commandId: 'id-2', note: 'as typed' })
  const next = new URL(sent.headers.location!, 'http://x').searchParams.get('next')!
  assert.match(next, /^\/console\/carry-on\/[0-9a-f-]{36}$/)
  assert.equal(seen.length, before)
  assert.equal((await get(next, 'tess')).status, 404, 'another session has no such form')
  const kept = await get(next, 'late')
  assert.match(kept.text, /action="\/console\/ambridge\/silence"/)
  assert.equal(formIn(kept.text).get('note'), 'as typed')
  assert.equal(formIn(kept.text).get('commandId'), 'id-2')
  assert.equal((await submit('/console/ambridge/silence', 'tess', formIn(kept.text))).status, 403)
  assert.equal((await submit('/console/ambridge/silence', 'tess', { note: 'fresh' })).status, 200)
  ended.add('late')
  assert.equal((await get(next, 'late')).status, 303)
})

test('a page leads on within the console only', async (t) => {
  const { submit } = await serveConsole(t, { pages: PAGES })
  const to = async (path: string) => (await submit('/console/ambridge/bells', 'tess', { to: path })).headers.location
  assert.equal(await to('/console/ambridge/bells?a=1#b'), '/console/ambridge/bells?a=1#b')
  for (const path of [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/console\\@evil.example',
    'console/ambridge',
    '/consoles',
    '/console/a\r\nset-cookie: a=b',
  ])
    assert.equal(await to(path), '/console', path)
})

test('refusals and faults are pages that say what to do and tell nothing internal', async (t) => {
  const { get } = await serveConsole(t, { pages: PAGES })
  const refused = await get('/console/ambridge/refused', 'vera')
  assert.equal(refused.status, 404)
  assert.match(refused.text, /It is &lt;gone&gt;[\s\S]*Look elsewhere\./)
  const broken = await get('/console/ambridge/broken', 'vera')
  assert.equal(broken.status, 500)
  assert.match(broken.text, /this number: [0-9a-f-]{36}/)
  assert.doesNotMatch(broken.text, /SECRET/)
})

test('forms have limits, and each address says what it takes', async (t) => {
  const { ask, submit, get } = await serveConsole(t, { pages: PAGES })
  assert.equal((await submit('/console/ambridge/bells', 'tess', { note: 'x'.repeat(1_050_000) })).status, 413)
  const many = new URLSearchParams(Array.from({ length: 5001 }, (_, i): [string, string] => ['a', String(i)]))
  assert.equal((await submit('/console/ambridge/bells', 'tess', many)).status, 413)
  const headers = { cookie: '__Host-holdfast=tess', ...HERE }
  const json = { ...headers, 'content-type': 'application/json' }
  assert.equal((await ask('POST', '/console/ambridge/bells', json, '{"csrf":"csrf-of-session-tess"}')).status, 403)
  const text = { ...headers, 'content-type': 'text/plain' }
  assert.equal((await ask('POST', '/console/ambridge/bells', text, 'csrf=csrf-of-session-tess')).status, 415)
  assert.equal((await ask('POST', '/console/ambridge/bells', { ...headers, 'content-length': 0 })).status, 403)
  const post = await submit('/console/ambridge', 'tess', {})
  assert.equal(post.status, 405)
  assert.equal(post.headers.allow, 'GET, HEAD')
  const head = await ask('HEAD', '/console/ambridge', headers)
  assert.equal(head.status, 200)
  assert.equal(head.text, '')
  assert.equal((await get('/console/ambridge/', 'tess')).status, 200)
  assert.equal((await get('/console/ambridge/nothing', 'tess')).status, 404)
})

test('whoever serves one organisation goes there; others choose', async (t) => {
  const { get } = await serveConsole(t, { pages: PAGES })
  assert.equal((await get('/console', 'vera')).headers.location, '/console/ambridge')
  const choice = await get('/console', 'both')
  assert.match(choice.text, /\/console\/ambridge"[\s\S]*\/console\/borchester"/)
  assert.match((await get('/console', 'none')).text, /You hold no role/)
})

test('routes of signing in get what they need, set cookies, and lead nowhere else', async (t) => {
  const asked: object[] = []
  const { submit, ask } = await serveConsole(t, {
    routes: [
      {
        method: 'POST',
        path: '/console/enrol/:link',
        async handle({ params, form, json, signedIn }) {
          asked.push({ params: { ...params }, form: form && [...form], json, person: signedIn?.person })
          return { redirect: 'https://evil.example', setCookies: ['a=b; Path=/', 'c=d; Path=/'] }
        },
      },
    ],
  })
  const reply = await submit('/console/enrol/abc', 'tess', { csrf: 'own', x: '1' })
  assert.equal(reply.headers.location, '/console')
  assert.deepEqual(reply.headers['set-cookie'], ['a=b; Path=/', 'c=d; Path=/'])
  await ask('POST', '/console/enrol/abc', { 'content-type': 'application/json' }, '{"x":[1]}')
  const params = { link: 'abc' }
  assert.deepEqual(asked[0], {
    params,
    form: [
      ['csrf', 'own'],
      ['x', '1'],
    ],
    json: undefined,
    person: 'p-tess',
  })
  assert.deepEqual({ ...asked[1] }, { params, form: null, json: { x: [1] }, person: undefined })
  const elsewhere = { ...FORM, 'sec-fetch-site': 'cross-site' }
  assert.equal((await ask('POST', '/console/enrol/abc', elsewhere, 'x=1')).status, 403)
  assert.equal(asked.length, 2)
})

test('on plain http the cookie has its plain name', async (t) => {
  const { get } = await serveConsole(t, { pages: PAGES }, 'http://localhost:8080')
  assert.equal((await get('/console/ambridge', 'vera')).status, 200)
})

/** The hidden fields of the kept form, as a browser would send them. */
function formIn(html: string): URLSearchParams {
  const form = html.slice(html.indexOf('id="carried"'), html.indexOf('</form>', html.indexOf('id="carried"')))
  const decode = (text: string) =>
    text
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&')
  return new URLSearchParams(
    [...form.matchAll(/name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]): [string, string] => [
      decode(name!),
      decode(value!),
    ]),
  )
}
