import {
  type Actor,
  type Decision,
  type Instant,
  instant,
  type Millis,
  parseInstant,
  type Refusal,
  type Role,
} from '#kernel'
import type { PeopleEvent } from './events.ts'
import { type Grant, isLive, liveRoles, type PeopleState } from './people.ts'
import { refuse } from './refusals.ts'

export interface GrantInput {
  readonly role: Role
  readonly expiresAt?: Instant
}

const HOUR: Millis = 3_600_000

/** A new person whose home is here, with their first roles. */
export function addPerson(
  input: { name: string; roles: readonly GrantInput[] },
  person: string,
  now: Millis,
): readonly PeopleEvent[] | Refusal {
  const granted = new Map<Role, PeopleEvent>()
  for (const [place, { role, expiresAt: text }] of input.roles.entries()) {
    const expiresAt = toUtc(text)
    const dead = deadFromStart(expiresAt, now, `/roles/${place}/expiresAt`)
    if (dead) return dead
    granted.set(role, { type: 'access.role-granted', v: 1, data: { person, role, expiresAt } })
  }
  return [{ type: 'access.person-added', v: 1, data: { person, name: input.name } }, ...granted.values()]
}

/** Whether any organisation here knows the person: others' people may serve as mutual aid. */
export type Acquaintance = 'known' | 'unknown' | 'of-another-world'

export function grantRole(
  state: PeopleState,
  input: { person: string } & GrantInput,
  acquaintance: Acquaintance,
  now: Millis,
): Decision<PeopleEvent> {
  const { person, role } = input
  if (acquaintance === 'unknown') return unknownPerson(person)
  if (acquaintance === 'of-another-world')
    return refuse(
      'other-world',
      'A person who belongs to an exercise acts only in that exercise, and a live one only in live organisations. Add the person here instead.',
    )
  const expiresAt = toUtc(input.expiresAt)
  const dead = deadFromStart(expiresAt, now, '/expiresAt')
  if (dead) return dead
  const held = state.grants.get(person)?.get(role)
  if (held && isLive(held, now) && held.expiresAt === expiresAt) return []
  if (role === 'admin' && held && !staysAdministered(state, person, { role, expiresAt }, now)) return lastAdmin()
  return [{ type: 'access.role-granted', v: 1, data: { person, role, expiresAt } }]
}

export function withdrawRole(
  state: PeopleState,
  { person, role }: { person: string; role: Role },
  now: Millis,
): Decision<PeopleEvent> {
  if (!state.grants.get(person)?.has(role))
    return state.people.has(person) || state.grants.has(person) ? [] : unknownPerson(person)
  if (role === 'admin' && !staysAdministered(state, person, null, now)) return lastAdmin()
  return [{ type: 'access.role-withdrawn', v: 1, data: { person, role } }]
}

/** In an emergency, whoever has any role here may command for some hours; the admins are told. */
export function breakGlass(
  state: PeopleState,
  input: { reason: string; hours: number },
  actor: Actor,
  now: Millis,
): Decision<PeopleEvent> {
  if (actor.kind !== 'person')
    return refuse('people-only', 'Sign in as yourself, so that the journal says who did this and why.')
  const roles = liveRoles(state, actor.id, now)
  if (roles.length === 0) return unknownPerson(actor.id)
  if (roles.includes('tactical'))
    return refuse('role-held-already', 'You may command here as tactical without this. Nothing was recorded.')
  const expiresAt = instant(now + input.hours * HOUR)
  const data = { person: actor.id, role: 'tactical' as const, expiresAt, reason: input.reason }
  return [{ type: 'access.break-glass', v: 1, data }]
}

/** `taken`: who took command by that entry; null where the entry is none of that kind. */
export function acknowledgeBreakGlass(
  entry: number,
  taken: { readonly person: string; readonly seenBy: ReadonlySet<string> } | null,
  actor: Actor,
): Decision<PeopleEvent> {
  if (actor.kind !== 'person')
    return refuse('people-only', 'Sign in as yourself, so that the journal says who has seen this.')
  if (!taken) return refuse('unknown-break-glass', 'Open the page "People": it lists whoever has taken command.')
  if (taken.person === actor.id) return refuse('own-break-glass', 'Another admin has to see that you took command.')
  if (taken.seenBy.has(actor.id)) return []
  return [{ type: 'access.break-glass-acknowledged', v: 1, data: { person: actor.id, entry } }]
}

/** An organisation that has an admin keeps one, and one without expiry keeps one without. */
function staysAdministered(state: PeopleState, person: string, becomes: Grant | null, now: Millis): boolean {
  const admins = [...state.grants].map(([id, held]) => ({ id, grant: held.get('admin') ?? null }))
  const after = admins.map(({ id, grant }) => (id === person ? becomes : grant))
  const lasting = (grant: Grant | null) => grant?.expiresAt === null
  const live = (grant: Grant | null) => grant !== null && isLive(grant, now)
  const keeps = (test: (grant: Grant | null) => boolean) => !admins.some(({ grant }) => test(grant)) || after.some(test)
  return keeps(lasting) && keeps(live)
}

export function unknownPerson(person: string): Refusal {
  return refuse('unknown-person', `${person} is not known here. The page "People" lists who is.`)
}

function lastAdmin(): Refusal {
  return refuse('last-admin', 'Make somebody else admin first, without an expiry. Then try again.')
}

function toUtc(text: string | undefined): Instant | null {
  return text === undefined ? null : instant(parseInstant(text)!)
}

function deadFromStart(expiresAt: Instant | null, now: Millis, pointer: string): Refusal | null {
  if (expiresAt === null || parseInstant(expiresAt)! > now) return null
  const detail = `${pointer} is not later than now (${instant(now)}). Give a later time, or none.`
  return refuse('expiry-in-the-past', detail, [{ pointer, detail: 'must be later than now' }])
}
