import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PageRequest } from '#command'
import { sessionPages } from '#contexts/access'
import { type ExerciseDesk, exercisePages } from '#contexts/exercise'
import { ROLES } from '#kernel'
import { HERE, serveConsole } from '#test/console-served'
import { rooms } from '../src/main/rooms.ts'

/** What main lends these pages is not reached: their own work is left out below. */
const lent = [...sessionPages({ list: async () => [] }), ...exercisePages({} as ExerciseDesk)]
const declared = [...rooms.flatMap((room) => room.pages ?? []), ...lent]
const reached: string[] = []
/** The pages as they are declared; what is tested here is what stands before them. */
const pages = declared.map((page) => ({
  ...page,
  handle({ organisation }: PageRequest) {
    reached.push(`${page.method} ${organisation}${page.path}`)
    return { html: '<!DOCTYPE html><title>reached</title>' }
  },
}))
const at = (organisation: string, path: string) => `/console/${organisation}${path.replace(/:\w+/g, 'x')}`
const name = (page: { method: string; path: string }) => `${page.method} ${page.path}`

test('there are pages, and each is read or sent by somebody', () => {
  assert.ok(declared.length > 10)
  for (const page of declared) assert.ok(page.roles.length > 0, name(page))
  const navigation = declared.filter((page) => page.navigation)
  for (const page of navigation) assert.equal(page.method, 'GET', name(page))
  assert.equal(new Set(navigation.map((page) => page.navigation!.text)).size, navigation.length)
})

test('no page of an organisation is seen by people of another, with whatever role there', async (t) => {
  const people = { everything: [{ slug: 'borchester', roles: ROLES }] }
  const { get, submit } = await serveConsole(t, { pages, people })
  reached.length = 0
  for (const page of declared) {
    const path = at('ambridge', page.path)
    const reply = page.method === 'GET' ? await get(path, 'everything') : await submit(path, 'everything', {})
    assert.equal(reply.status, 404, name(page))
    assert.doesNotMatch(reply.text, /Ambridge/)
  }
  assert.deepEqual(reached, [])
})

test('each page is open to the roles that it names, and to no other', async (t) => {
  const people = Object.fromEntries(ROLES.map((role) => [role, [{ slug: 'ambridge', roles: [role] }]]))
  const { get, submit } = await serveConsole(t, { pages, people })
  for (const page of declared)
    for (const role of ROLES) {
      const path = at('ambridge', page.path)
      const reply = page.method === 'GET' ? await get(path, role) : await submit(path, role, {})
      assert.equal(reply.status, page.roles.includes(role) ? 200 : 403, `${name(page)} as ${role}`)
    }
})

test('nobody reaches a page without a session, nor with the form of another', async (t) => {
  const people = { everything: [{ slug: 'ambridge', roles: ROLES }] }
  const { get, submit } = await serveConsole(t, { pages, people })
  reached.length = 0
  for (const page of declared) {
    const path = at('ambridge', page.path)
    if (page.method === 'GET') {
      const reply = await get(path, null)
      assert.equal(reply.status, 303, name(page))
      assert.equal(reply.headers.location, `/console/sign-in?next=${encodeURIComponent(path)}`)
      continue
    }
    for (const headers of [HERE, { 'sec-fetch-site': 'cross-site' }])
      for (const csrf of ['', 'csrf-of-session-vera']) {
        const reply = await submit(path, 'everything', { csrf, typed: 'kept' }, headers)
        assert.equal(reply.status, 403, name(page))
      }
    const kept = await submit(path, null, { typed: 'kept' })
    assert.equal(kept.status, 403)
    assert.match(kept.text, /name="typed" value="kept"/, name(page))
  }
  assert.deepEqual(reached, [])
})

test('every route of every room answers under the policy of the console', async (t) => {
  const people = { everything: [{ slug: 'ambridge', roles: ROLES }] }
  const { get, submit } = await serveConsole(t, { pages, people })
  for (const page of declared) {
    const path = at('ambridge', page.path)
    const { headers } = page.method === 'GET' ? await get(path, 'everything') : await submit(path, 'everything', {})
    assert.match(String(headers['content-security-policy']), /require-trusted-types-for 'script'/, name(page))
    assert.doesNotMatch(String(headers['content-security-policy']), /unsafe/)
    assert.equal(headers['cache-control'], 'no-store')
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin')
  }
})

test('what cannot be undone asks for a fresh proof', async (t) => {
  const people = { late: [{ slug: 'ambridge', roles: ROLES }] }
  const { get, submit } = await serveConsole(t, { pages, people })
  reached.length = 0
  const guarded = declared.filter((page) => page.stepUp)
  assert.ok(guarded.length > 0)
  for (const page of guarded) {
    const path = at('ambridge', page.path)
    const reply = page.method === 'GET' ? await get(path, 'late') : await submit(path, 'late', {})
    assert.match(String(reply.headers.location), /^\/console\/step-up\?next=/, name(page))
  }
  assert.deepEqual(reached, [])
})
