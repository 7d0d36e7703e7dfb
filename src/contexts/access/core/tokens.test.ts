import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRefusal } from '#kernel'
import type { TokenEvent } from './events.ts'
import { issue, revoke, tokensDecider } from './tokens.ts'

const NOW = Date.UTC(2025, 10, 25, 6)
const HASH = 'ab'.repeat(32)
const issued: TokenEvent = {
  type: 'access.token-issued',
  v: 1,
  data: { token: 't1', role: 'viewer', hash: HASH, expiresAt: null, name: 'Wall display' },
}
const revoked: TokenEvent = { type: 'access.token-revoked', v: 1, data: { token: 't1', reason: 'lost' } }
const given = (...events: TokenEvent[]) => events.reduce(tokensDecider.evolve, tokensDecider.initial())
const input = { name: 'Wall display', role: 'viewer' as const, hash: HASH }

test('a token is issued with its hash, and its expiry in UTC', () => {
  const decided = issue(given(), { ...input, expiresAt: '2025-11-26T01:00:00+01:00' }, 't1', NOW)
  assert.deepEqual(decided, {
    token: 't1',
    events: [{ ...issued, data: { ...issued.data, expiresAt: '2025-11-26T00:00:00.000Z' } }],
  })
})

test('the same token again is already so, and keeps its id', () => {
  assert.deepEqual(issue(given(issued), input, 't2', NOW), { token: 't1', events: [] })
})

test('a secret serves one token only, also after it was revoked', () => {
  const other = issue(given(issued), { ...input, role: 'admin' }, 't2', NOW)
  assert.ok(isRefusal(other) && other.refused === 'secret-in-use')
  const again = issue(given(issued, revoked), input, 't2', NOW)
  assert.ok(isRefusal(again) && again.refused === 'secret-in-use')
})

test('a token that would be dead from the start is refused', () => {
  const decided = issue(given(), { ...input, expiresAt: '2025-11-25T06:00:00Z' }, 't1', NOW)
  assert.ok(isRefusal(decided) && decided.refused === 'expiry-in-the-past')
  assert.deepEqual(decided.errors, [{ pointer: '/expiresAt', detail: 'must be later than now' }])
})

test('revoking ends a token once, and only one that exists', () => {
  assert.deepEqual(revoke(given(issued), { token: 't1', reason: 'lost' }), [revoked])
  assert.deepEqual(revoke(given(issued, revoked), { token: 't1', reason: 'again' }), [])
  const unknown = revoke(given(issued), { token: 't9', reason: 'lost' })
  assert.ok(isRefusal(unknown) && unknown.refused === 'unknown-token')
})
