import assert from 'node:assert/strict'
import type { IncomingHttpHeaders } from 'node:http'
import { test } from 'node:test'
import { accessRoutes, type Desk, sessionPages } from '#contexts/access'
import { type ExerciseDesk, exercisePages } from '#contexts/exercise'
import { ROLES } from '#kernel'
import { assetPath } from '#platform/assets'
import { serveConsole } from '#test/console-served'
import { resourceOf } from '#test/served'
import { rooms } from '../src/main/rooms.ts'

const reached = { html: '<!DOCTYPE html><title>reached</title>' }
const pages = [
  ...rooms.flatMap((room) => room.pages ?? []),
  ...sessionPages({ list: async () => [] }),
  ...exercisePages({} as ExerciseDesk),
].map((page) => ({ ...page, handle: () => reached }))
const routes = accessRoutes({} as Desk).map((route) => ({ ...route, handle: async () => reached }))

/** What every answer carries, whatever it is. */
function isGuarded(headers: IncomingHttpHeaders, path: string): string {
  const policy = String(headers['content-security-policy'])
  assert.match(policy, /default-src 'none'/, path)
  assert.match(policy, /frame-ancestors 'none'/, path)
  assert.doesNotMatch(policy, /unsafe|\*|data:(?!;)(?<!img-src[^;]*data:)/, path)
  assert.match(String(headers['permissions-policy']), /camera=\(\), .*geolocation=\(\), microphone=\(\)/, path)
  assert.equal(headers['cross-origin-opener-policy'], 'same-origin', path)
  assert.equal(headers['cross-origin-resource-policy'], 'same-origin', path)
  assert.equal(headers['x-content-type-options'], 'nosniff', path)
  assert.equal(headers['referrer-policy'], 'same-origin', path)
  assert.match(String(headers['strict-transport-security']), /max-age/, path)
  return policy
}

test('every route of the console answers under its policy, scripts held to trusted types', async (t) => {
  const people = { everything: [{ slug: 'ambridge', roles: ROLES }] }
  const { get, submit } = await serveConsole(t, { pages, routes, people })
  const asked = [
    ...pages.map(({ method, path }) => ({ method, path: `/console/ambridge${path}` })),
    ...routes,
    { method: 'GET', path: '/console' },
    { method: 'GET', path: '/console/carry-on/x' },
    { method: 'GET', path: '/console/ambridge/nothing/there' },
    { method: 'GET', path: '/console/nothing there' },
  ]
  assert.ok(routes.length > 15)
  for (const { method, path: declared } of asked)
    for (const who of ['everything', null]) {
      const path = encodeURI(declared.replace(/:\w+/g, 'x'))
      const { status, headers } = method === 'GET' ? await get(path, who) : await submit(path, who, {})
      const policy = isGuarded(headers, `${method} ${path}: ${status}`)
      assert.match(policy, /require-trusted-types-for 'script'; trusted-types holdfast$/, path)
      assert.match(String(headers['permissions-policy']), /publickey-credentials-create=\(self\)/, path)
      assert.equal(headers['cache-control'], 'no-store', path)
    }
})

test('every other answer is guarded too, and the public pages hold scripts to trusted types', async (t) => {
  const { ask, resources } = await serveConsole(t, { pages })
  resources.set('/ambridge', resourceOf('<!doctype html><title>Ambridge</title>', 'text/html; charset=utf-8'))
  resources.set('/ambridge/api/v2/summary.json', resourceOf('{}', 'application/json'))
  for (const path of ['/', '/ambridge', '/nothing/there', '/ambridge/api/v2/summary.json']) {
    const { headers } = await ask('GET', path, { accept: 'text/html' })
    const policy = isGuarded(headers, path)
    if (String(headers['content-type']).startsWith('text/html'))
      assert.match(policy, /require-trusted-types-for 'script'/, path)
  }
  const others = [
    '/healthz',
    '/readyz',
    '/metrics',
    '/api/openapi.json',
    '/problems/not-found',
    '/api/v1/ambridge/bells',
  ]
  for (const path of [...others, '/api/v1/ambridge/events', '/ambridge/tile/0', assetPath('console.css')])
    isGuarded((await ask('GET', path)).headers, path)
  for (const [method, path] of [
    ['POST', '/'],
    ['DELETE', '/healthz'],
    ['PUT', '/api/v1/ambridge/village.ring-bells'],
    ['POST', '/api/v1/ambridge/village.ring-bells'],
  ] as const)
    isGuarded((await ask(method, path)).headers, `${method} ${path}`)
})
