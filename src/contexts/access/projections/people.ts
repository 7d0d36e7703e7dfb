import { createHash } from 'node:crypto'
import type { Model, Models } from '#journal'
import type { Actor, Entry, Event, Instant, Role } from '#kernel'
import { PEOPLE_EVENTS, type PeopleEvent } from '../core/events.ts'
import { type PeopleState, type Person, peopleDecider } from '../core/people.ts'

export interface BreakGlass {
  readonly number: number
  readonly person: string
  readonly role: Role
  readonly at: Instant
  readonly expiresAt: Instant
  /** Null where it was erased. */
  readonly reason: string | null
  /** Admins who have acknowledged it. */
  readonly seenBy: Set<string>
}

export interface PasskeyFacts {
  readonly label: string | null
  readonly registeredAt: Instant
}

export interface People extends PeopleState {
  readonly names: Map<string, string>
  readonly passkeyFacts: Map<string, PasskeyFacts>
  readonly byCredential: Map<string, string>
  readonly byCode: Map<string, string>
  readonly breakGlass: BreakGlass[]
  readonly grantedBy: Map<string, Actor>
}

/** Who are the people of this organisation, how do they sign in, and what may whom do here? */
export const people: Model<People> = {
  name: 'access.people',
  types: PEOPLE_EVENTS.map((declared) => declared.type),
  initial: () => ({
    ...peopleDecider.initial(),
    names: new Map(),
    passkeyFacts: new Map(),
    byCredential: new Map(),
    byCode: new Map(),
    breakGlass: [],
    grantedBy: new Map(),
  }),
  apply(state, heard) {
    const entry = heard as Entry<Event & PeopleEvent> & PeopleEvent
    peopleDecider.evolve(state, entry)
    const { person } = entry.data
    switch (entry.type) {
      case 'access.person-added':
        if (entry.data.name !== undefined) state.names.set(person, entry.data.name)
        state.byCode.set(signInCode(person), person)
        break
      case 'access.role-granted':
        state.grantedBy.set(`${person} ${entry.data.role}`, entry.actor)
        break
      case 'access.passkey-registered': {
        const { credential, label = null } = entry.data
        state.byCredential.set(credential, person)
        state.passkeyFacts.set(credential, { label, registeredAt: entry.data.registeredAt ?? entry.recordedAt })
        break
      }
      case 'access.passkey-removed':
        state.byCredential.delete(entry.data.credential)
        state.passkeyFacts.delete(entry.data.credential)
        break
      case 'access.break-glass': {
        const { role, expiresAt, reason = null } = entry.data
        state.breakGlass.push({
          number: entry.number,
          person,
          role,
          at: entry.recordedAt,
          expiresAt,
          reason,
          seenBy: new Set(),
        })
        break
      }
      case 'access.break-glass-acknowledged':
        state.breakGlass.find(({ number }) => number === entry.data.entry)?.seenBy.add(person)
    }
  },
}

export interface FoundPerson {
  readonly person: Person
  readonly home: string
  readonly name: string
}

const UNNAMED = 'Name erased'

/** Null for nobody's id, and where the name has been erased. */
export function nameOfPerson(models: Models, id: string): string | null {
  const found = findPerson(models, id)
  return found && (models.of(people, found.home).names.get(id) ?? null)
}

/** The person with this id, wherever their home is. */
export function findPerson(models: Models, id: string): FoundPerson | null {
  return findIn(models, (state) => (state.people.has(id) ? id : undefined))
}

export function findByCredential(models: Models, credential: string): FoundPerson | null {
  return findIn(models, (state) => state.byCredential.get(credential))
}

/** By the code that the person types where there is no passkey; case, spaces and hyphens do not matter. */
export function findByCode(models: Models, code: string): FoundPerson | null {
  const plain = code.replace(/[\s-]/g, '').toUpperCase()
  return findIn(models, (state) => state.byCode.get(plain))
}

/** By the SHA-256 of an enrolment link's secret. Does not ask whether it has expired. */
export function findByEnrolment(models: Models, hash: string): FoundPerson | null {
  return findIn(models, (state) => [...state.people.values()].find((person) => person.enrolment?.hash === hash)?.id)
}

function findIn(models: Models, find: (state: People) => string | undefined): FoundPerson | null {
  for (const home of models.organisations()) {
    const state = models.of(people, home)
    const id = find(state)
    const person = id === undefined ? undefined : state.people.get(id)
    if (person) return { person, home, name: state.names.get(person.id) ?? UNNAMED }
  }
  return null
}

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** What a person types to say who they are: 8 characters of Crockford's base 32, from the hash of the person's id. */
export function signInCode(person: string): string {
  const hash = createHash('sha256').update(`sign-in code ${person}`).digest()
  return Array.from(hash.subarray(0, 8), (byte) => LETTERS[byte % 32]).join('')
}
