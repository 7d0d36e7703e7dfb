import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Actor, isRefusal, type Role } from '#kernel'
import { acknowledgeBreakGlass, addPerson, breakGlass, grantRole, withdrawRole } from './decide-roles.ts'
import {
  endSession,
  issueEnrolment,
  registerPasskey,
  registerTotp,
  removePasskey,
  useRecoveryCode,
} from './decide-sign-in.ts'
import type { PeopleEvent } from './events.ts'
import { canSignIn, liveRoles, peopleDecider } from './people.ts'

const NOW = Date.UTC(2025, 10, 25, 6)
const HOUR = 3_600_000
const at = (millis: number) => new Date(millis).toISOString()
const given = (...events: PeopleEvent[]) => events.reduce(peopleDecider.evolve, peopleDecider.initial())
const added = (person: string): PeopleEvent => ({
  type: 'access.person-added',
  v: 1,
  data: { person, name: 'Invented' },
})
const granted = (person: string, role: Role, expiresAt: string | null = null): PeopleEvent => ({
  type: 'access.role-granted',
  v: 1,
  data: { person, role, expiresAt },
})
const person = (id: string): Actor => ({ kind: 'person', id })
const code = (decided: unknown) => (isRefusal(decided) ? decided.refused : decided)

test('a person is added with their roles, and each role once', () => {
  const decided = addPerson({ name: 'Ada', roles: [{ role: 'viewer' }, { role: 'viewer' }] }, 'p-1', NOW)
  assert.deepEqual(decided, [
    { type: 'access.person-added', v: 1, data: { person: 'p-1', name: 'Ada' } },
    granted('p-1', 'viewer'),
  ])
  const dead = addPerson(
    { name: 'Ada', roles: [{ role: 'viewer' }, { role: 'admin', expiresAt: at(NOW) }] },
    'p-1',
    NOW,
  )
  assert.ok(isRefusal(dead))
  assert.equal(dead.errors![0]!.pointer, '/roles/1/expiresAt')
})

test('a role counts until its end, by the clock that is asked', () => {
  const state = given(added('a'), granted('a', 'tactical', at(NOW + HOUR)), granted('a', 'viewer'))
  assert.deepEqual(liveRoles(state, 'a', NOW + HOUR - 1), ['tactical', 'viewer'])
  assert.deepEqual(liveRoles(state, 'a', NOW + HOUR), ['viewer'])
  assert.deepEqual(liveRoles(state, 'b', NOW), [])
})

test('a role is granted once, to people who are known somewhere, and again once it has ended', () => {
  const state = given(added('a'), granted('a', 'viewer'))
  assert.deepEqual(grantRole(state, { person: 'a', role: 'viewer' }, 'known', NOW), [])
  assert.equal(code(grantRole(state, { person: 'z', role: 'viewer' }, 'unknown', NOW)), 'unknown-person')
  assert.deepEqual(grantRole(state, { person: 'neighbour', role: 'viewer' }, 'known', NOW), [
    granted('neighbour', 'viewer'),
  ])
  const until = at(NOW + HOUR)
  const input = { person: 'a', role: 'viewer' as const, expiresAt: until }
  assert.deepEqual(grantRole(given(added('a'), granted('a', 'viewer', at(NOW))), input, 'known', NOW), [
    granted('a', 'viewer', until),
  ])
})

test('an organisation keeps an admin, and one without an end where it had one', () => {
  const one = given(added('a'), added('b'), granted('a', 'admin'))
  const withdraw = (state: typeof one, id: string) => withdrawRole(state, { person: id, role: 'admin' }, NOW)
  assert.equal(code(withdraw(one, 'a')), 'last-admin')
  assert.equal(
    code(grantRole(one, { person: 'a', role: 'admin', expiresAt: at(NOW + HOUR) }, 'known', NOW)),
    'last-admin',
  )
  assert.equal(
    code(withdraw(given(added('a'), granted('a', 'admin'), granted('b', 'admin', at(NOW + HOUR))), 'a')),
    'last-admin',
  )
  const two = given(added('a'), added('b'), granted('a', 'admin'), granted('b', 'admin'))
  assert.deepEqual(withdraw(two, 'a'), [{ type: 'access.role-withdrawn', v: 1, data: { person: 'a', role: 'admin' } }])
  assert.deepEqual(withdraw(one, 'b'), [], 'who is no admin')
  const over = given(added('a'), granted('a', 'admin'), granted('b', 'admin', at(NOW)))
  assert.equal((withdraw(over, 'b') as PeopleEvent[]).length, 1, 'what has ended already')
})

test('breaking glass is for people who serve here, with their reason, and ends by itself', () => {
  const state = given(added('a'), granted('a', 'viewer'), added('b'), granted('b', 'tactical'))
  const input = { reason: 'Nobody answers', hours: 4 }
  const [event] = breakGlass(state, input, person('a'), NOW) as PeopleEvent[]
  const data = { person: 'a', role: 'tactical', expiresAt: at(NOW + 4 * HOUR), reason: 'Nobody answers' }
  assert.deepEqual(event, { type: 'access.break-glass', v: 1, data })
  const broken = given(added('a'), granted('a', 'viewer'), event!)
  assert.deepEqual(liveRoles(broken, 'a', NOW), ['viewer', 'tactical'])
  assert.deepEqual(liveRoles(broken, 'a', NOW + 4 * HOUR), ['viewer'])
  assert.equal(code(breakGlass(state, input, person('b'), NOW)), 'role-held-already', 'it must not shorten a role')
  assert.equal(code(breakGlass(state, input, person('z'), NOW)), 'unknown-person')
  assert.equal(code(breakGlass(state, input, { kind: 'token', id: 't' }, NOW)), 'people-only')
})

const passkey = { credential: 'c1', publicKey: 'k', counter: 0, transports: [], label: 'Phone' }
const issued = (link: string): PeopleEvent => ({
  type: 'access.enrolment-issued',
  v: 1,
  data: { person: 'a', link, hash: `h${link}`, expiresAt: at(NOW + HOUR) },
})

test('only a person’s home issues links for them', () => {
  const state = given(granted('lent', 'tactical'))
  assert.equal(code(issueEnrolment(state, { person: 'lent', hash: 'h' }, 'l1', NOW)), 'unknown-person')
  assert.equal(code(removePasskey(state, { person: 'lent', credential: 'c' }, person('admin'))), 'unknown-person')
})

test('a link serves once, in time, and only the latest', () => {
  const register = (link: string, now: number, ...events: PeopleEvent[]) =>
    registerPasskey(given(added('a'), ...events), { ...passkey, person: 'a', link }, now)
  const done = register('l1', NOW, issued('l1'))
  assert.equal((done as PeopleEvent[]).length, 1)
  assert.equal(code(register('l1', NOW + HOUR, issued('l1'))), 'link-not-valid')
  assert.equal(code(register('l1', NOW, issued('l1'), issued('l2'))), 'link-not-valid')
  assert.equal(code(register('l1', NOW)), 'link-not-valid')
  const used = given(added('a'), issued('l1'), ...(done as PeopleEvent[]))
  assert.equal(code(registerTotp(used, { person: 'a', secret: 's', link: 'l1' }, NOW)), 'link-not-valid')
  assert.equal(code(registerPasskey(used, { ...passkey, person: 'a', link: null }, NOW)), 'passkey-in-use')
})

test('people cannot lock themselves out; an admin can take a lost passkey away', () => {
  const registered: PeopleEvent = {
    type: 'access.passkey-registered',
    v: 1,
    data: { ...passkey, person: 'a', link: null },
  }
  const state = given(added('a'), registered)
  assert.equal(code(removePasskey(state, { person: 'a', credential: 'c1' }, person('a'))), 'last-way-in')
  const removed = removePasskey(state, { person: 'a', credential: 'c1' }, person('admin')) as PeopleEvent[]
  assert.ok(!canSignIn(given(added('a'), registered, ...removed).people.get('a')!))
})

test('a recovery code serves once, and new codes replace the old', () => {
  const codes = (...hashes: string[]): PeopleEvent => ({
    type: 'access.recovery-codes-issued',
    v: 1,
    data: { person: 'a', salt: 's', hashes },
  })
  const used: PeopleEvent = { type: 'access.recovery-code-used', v: 1, data: { person: 'a', hash: 'x' } }
  const use = (...events: PeopleEvent[]) =>
    code(useRecoveryCode(given(added('a'), ...events), { person: 'a', hash: 'x' }))
  assert.deepEqual(use(codes('x', 'y')), [used])
  assert.equal(use(codes('x', 'y'), used), 'code-not-valid')
  assert.equal(use(codes('x'), codes('y')), 'code-not-valid')
})

test('erased words leave a state that still folds', () => {
  const erased = (event: PeopleEvent): PeopleEvent =>
    ({
      ...event,
      data: { person: event.data.person, ...(event.type === 'access.totp-registered' ? { link: null } : {}) },
    }) as PeopleEvent
  const totp: PeopleEvent = { type: 'access.totp-registered', v: 1, data: { person: 'a', secret: 's', link: null } }
  assert.equal(given(erased(added('a')), erased(totp)).people.get('a')!.totp, null)
})

test('whoever belongs to another world is given no role', () => {
  const decided = grantRole(given(), { person: 'actor', role: 'viewer' }, 'of-another-world', NOW)
  assert.equal(code(decided), 'other-world')
})

test('that somebody took command is acknowledged by each other admin once, and not by themselves', () => {
  const taken = (...seenBy: string[]) => ({ person: 'a', seenBy: new Set(seenBy) })
  const acknowledged = [{ type: 'access.break-glass-acknowledged', v: 1, data: { person: 'b', entry: 7 } }]
  assert.deepEqual(acknowledgeBreakGlass(7, taken(), person('b')), acknowledged)
  assert.deepEqual(acknowledgeBreakGlass(7, taken('c'), person('b')), acknowledged)
  assert.deepEqual(acknowledgeBreakGlass(7, taken('b'), person('b')), [])
  assert.equal(code(acknowledgeBreakGlass(7, taken(), person('a'))), 'own-break-glass')
  assert.equal(code(acknowledgeBreakGlass(7, null, person('b'))), 'unknown-break-glass')
  assert.equal(code(acknowledgeBreakGlass(7, taken(), { kind: 'token', id: 't' })), 'people-only')
})

test('one session of one’s own people is ended, once', () => {
  const ended: PeopleEvent = { type: 'access.session-ended', v: 1, data: { person: 'a', session: 's' } }
  assert.deepEqual(endSession(given(added('a')), { person: 'a', session: 's' }), [ended])
  assert.deepEqual(endSession(given(added('a'), ended), { person: 'a', session: 's' }), [])
  assert.equal(code(endSession(given(), { person: 'a', session: 's' })), 'unknown-person')
})
