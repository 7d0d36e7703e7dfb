import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createModels } from '#journal'
import type { Entry, Event } from '#kernel'
import type { AccessEvent } from './core/events.ts'
import { findToken, newSecret, organisationOf, sessionOf } from './index.ts'
import { tokens } from './projections/tokens.ts'
import { tokensQuery } from './queries.ts'

const NOW = Date.UTC(2025, 10, 25, 6)
const at = (millis: number) => new Date(millis).toISOString()

function world() {
  const models = createModels([tokens], (_model, error) => assert.fail(error))
  let number = 0
  return {
    models,
    record(organisation: string, event: AccessEvent) {
      number++
      const entry: Entry<Event> = {
        ...event,
        organisation,
        number,
        stream: 'access/tokens',
        version: number,
        occurredAt: at(NOW),
        reportedAt: null,
        recordedAt: at(NOW),
        actor: { kind: 'operator' },
        command: null,
        erased: [],
      }
      models.apply([entry])
    },
  }
}

function issuing(hash: string, expiresAt: string | null = null, token = 't1'): AccessEvent {
  return { type: 'access.token-issued', v: 1, data: { token, role: 'tactical', hash, expiresAt, name: 'Robot' } }
}

test('a bearer opens its own organisation in its one role, and nothing elsewhere', () => {
  const { models, record } = world()
  const { bearer, hash } = newSecret('westminster')
  assert.match(bearer, /^hf_westminster_[A-Za-z0-9_-]{43}$/)
  assert.equal(organisationOf(bearer), 'westminster')
  assert.equal(findToken(models, bearer, NOW), null, 'before it was issued')
  record('westminster', issuing(hash))
  record('hackney', issuing(newSecret('hackney').hash, null, 't2'))

  const found = findToken(models, bearer, NOW)
  assert.deepEqual(found, { id: 't1', organisation: 'westminster', role: 'tactical' })
  const session = sessionOf(found!)
  assert.deepEqual(session.actor, { kind: 'token', id: 't1' })
  assert.deepEqual(session.rolesAt('westminster'), ['tactical'])
  assert.deepEqual(session.rolesAt('hackney'), [])
  assert.equal(findToken(models, bearer.replace('westminster', 'hackney'), NOW), null)
})

test('a token whose hash was copied into another organisation opens nothing there', () => {
  const { models, record } = world()
  const { bearer, hash } = newSecret('westminster')
  record('hackney', issuing(hash))
  assert.equal(findToken(models, bearer, NOW), null)
  assert.equal(findToken(models, bearer.replace('westminster', 'hackney'), NOW), null)
})

test('an expired or revoked token opens nothing', () => {
  const { models, record } = world()
  const { bearer, hash } = newSecret('westminster')
  record('westminster', issuing(hash, at(NOW + 1000)))
  assert.ok(findToken(models, bearer, NOW + 999))
  assert.equal(findToken(models, bearer, NOW + 1000), null)
  record('westminster', { type: 'access.token-revoked', v: 1, data: { token: 't1', reason: 'lost' } })
  assert.equal(findToken(models, bearer, NOW), null)
})

test('what is not shaped like a bearer is never looked up', () => {
  const { models } = world()
  for (const text of ['', 'hf_', 'hf_westminster_', `hf_West_${'a'.repeat(43)}`, `hf_w_${'a'.repeat(44)}`, '\u0000'])
    assert.equal(findToken(models, text, NOW), null, text)
})

test('the list says how each token stands, without its hash', () => {
  const { models, record } = world()
  const { hash } = newSecret('westminster')
  record('westminster', issuing(hash, at(NOW + 1000)))
  const read = tokensQuery.read as (input: object, context: object) => object
  const list = (now: number) => read({}, { models, organisation: 'westminster', now }) as { tokens: object[] }
  assert.deepEqual(list(NOW).tokens, [
    {
      token: 't1',
      name: 'Robot',
      role: 'tactical',
      standing: 'live',
      issuedAt: at(NOW),
      issuedBy: { kind: 'operator' },
      expiresAt: at(NOW + 1000),
      revokedAt: null,
    },
  ])
  assert.match(JSON.stringify(list(NOW + 2000)), /"expired"/)
  record('westminster', { type: 'access.token-revoked', v: 1, data: { token: 't1', reason: 'lost' } })
  assert.match(JSON.stringify(list(NOW)), /"revoked"/)
  assert.doesNotMatch(JSON.stringify(list(NOW)), new RegExp(hash))
})
