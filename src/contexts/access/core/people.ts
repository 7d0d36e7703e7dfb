import type { Decider, Instant, Millis, Role } from '#kernel'
import { parseInstant } from '#kernel'
import type { PeopleEvent } from './events.ts'

export interface Passkey {
  readonly credential: string
  readonly publicKey: string
  readonly counter: number
  readonly transports: readonly string[]
}

export interface Enrolment {
  readonly link: string
  readonly hash: string
  readonly expiresAt: Instant
}

export interface RecoveryCodes {
  readonly salt: string
  readonly hashes: readonly string[]
}

/** How somebody whose home this is signs in. Names are kept elsewhere: this state outlives their erasure. */
export interface Person {
  readonly id: string
  readonly passkeys: Map<string, Passkey>
  /** Encrypted; null where there is none, or it was erased. */
  totp: string | null
  recovery: RecoveryCodes | null
  /** The latest link, until it is used: it voids those before it. */
  enrolment: Enrolment | null
  /** Grows whenever all sessions are ended: a session of an earlier generation is over. */
  generation: number
  /** Sessions that an admin has ended one by one. */
  readonly ended: Set<string>
}

export interface Grant {
  readonly role: Role
  readonly expiresAt: Instant | null
}

export interface PeopleState {
  readonly people: Map<string, Person>
  /** Roles at this organisation, also of people whose home is another: by person, then by role. */
  readonly grants: Map<string, Map<Role, Grant>>
}

export const peopleDecider: Decider<PeopleState, PeopleEvent> = {
  initial: () => ({ people: new Map(), grants: new Map() }),
  evolve(state, event) {
    const { data } = event
    const person = state.people.get(data.person)
    switch (event.type) {
      case 'access.person-added':
        state.people.set(data.person, newcomer(data.person))
        break
      case 'access.role-granted':
      case 'access.break-glass':
        grantsOf(state, data.person).set(event.data.role, { role: event.data.role, expiresAt: event.data.expiresAt })
        break
      case 'access.role-withdrawn':
        grantsOf(state, data.person).delete(event.data.role)
        break
      default:
        if (person) evolvePerson(person, event)
    }
    return state
  },
}

function evolvePerson(person: Person, event: PeopleEvent): void {
  switch (event.type) {
    case 'access.enrolment-issued': {
      const { link, hash, expiresAt } = event.data
      person.enrolment = { link, hash, expiresAt }
      break
    }
    case 'access.passkey-registered': {
      const { credential, publicKey, counter, transports, link } = event.data
      person.passkeys.set(credential, { credential, publicKey, counter, transports })
      useUp(person, link)
      break
    }
    case 'access.passkey-removed':
      person.passkeys.delete(event.data.credential)
      break
    case 'access.totp-registered':
      person.totp = event.data.secret ?? null
      useUp(person, event.data.link)
      break
    case 'access.totp-removed':
      person.totp = null
      break
    case 'access.recovery-codes-issued':
      person.recovery = { salt: event.data.salt, hashes: event.data.hashes }
      break
    case 'access.recovery-code-used': {
      const { hash } = event.data
      if (person.recovery)
        person.recovery = { ...person.recovery, hashes: person.recovery.hashes.filter((one) => one !== hash) }
      break
    }
    case 'access.sessions-ended':
      person.generation += 1
      break
    case 'access.session-ended':
      person.ended.add(event.data.session)
  }
}

function newcomer(id: string): Person {
  return { id, passkeys: new Map(), totp: null, recovery: null, enrolment: null, generation: 0, ended: new Set() }
}

function grantsOf({ grants }: PeopleState, person: string): Map<Role, Grant> {
  const known = grants.get(person)
  if (known) return known
  const made = new Map<Role, Grant>()
  grants.set(person, made)
  return made
}

function useUp(person: Person, link: string | null): void {
  if (person.enrolment?.link === link) person.enrolment = null
}

/** Whether a role still counts at `now`. */
export function isLive({ expiresAt }: Grant, now: Millis): boolean {
  return expiresAt === null || parseInstant(expiresAt)! > now
}

/** The roles that count at this organisation at `now`, by its own clock. */
export function liveRoles({ grants }: PeopleState, person: string, now: Millis): Role[] {
  return [...(grants.get(person)?.values() ?? [])].filter((grant) => isLive(grant, now)).map(({ role }) => role)
}

/** Whether the person has any way to sign in. */
export function canSignIn(person: Person): boolean {
  return person.passkeys.size > 0 || person.totp !== null || (person.recovery?.hashes.length ?? 0) > 0
}
