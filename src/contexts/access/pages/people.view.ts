import type { Frame } from '#command'
import { type Instant, type Millis, ROLES, type Role } from '#kernel'
import type { SelectOptions } from '#platform/views'
import { canSignIn, isLive, type Person } from '../core/people.ts'
import type { BreakGlass, PasskeyFacts, People } from '../projections/people.ts'
import { lastingField } from './lasting.ts'
import { ROLE_WORDS } from './role-words.ts'

interface RoleShown {
  readonly role: Role
  readonly text: string
  readonly until: Instant | null
}

interface BreakGlassShown extends Pick<BreakGlass, 'number' | 'at' | 'expiresAt'> {
  readonly name: string
  readonly reason: string
  readonly live: boolean
}

export interface PeoplePage {
  readonly frame: Frame
  readonly title: string
  readonly base: string
  readonly people: readonly {
    readonly href: string
    readonly name: string
    readonly roles: readonly RoleShown[]
    readonly note: string | null
  }[]
  readonly breakGlass: readonly BreakGlassShown[]
}

export type NameOf = (person: string) => { readonly name: string; readonly home: string } | null

const NOBODY = 'Somebody who is not known any more'

export function peoplePage(frame: Frame, state: People, nameOf: NameOf, now: Millis): PeoplePage {
  const base = `/console/${frame.organisation.slug}/people`
  const ids = new Set([...state.people.keys(), ...state.grants.keys()])
  const people = [...ids].flatMap((id) => {
    const person = state.people.get(id)
    const roles = rolesShown(state, id, now)
    if (!person && roles.length === 0) return []
    const known = nameOf(id)
    const note = person
      ? canSignIn(person)
        ? null
        : 'Has no way to sign in yet'
      : `From ${known?.home ?? 'elsewhere'}`
    return [{ href: `${base}/${id}`, name: known?.name ?? NOBODY, roles, note }]
  })
  people.sort((a, b) => a.name.localeCompare(b.name, 'en-GB'))
  const breakGlass = state.breakGlass
    .map(({ number, person, at, expiresAt, reason }) => ({
      number,
      at,
      expiresAt,
      name: nameOf(person)?.name ?? NOBODY,
      reason: reason ?? 'The reason has been erased.',
      live: Date.parse(expiresAt) > now,
    }))
    .reverse()
  return { frame, title: 'People and roles', base, people, breakGlass }
}

export interface PersonPage {
  readonly frame: Frame
  readonly title: string
  readonly base: string
  readonly path: string
  readonly name: string
  readonly error: string | null
  readonly roles: readonly RoleShown[]
  readonly roleField: SelectOptions
  readonly lasting: SelectOptions
  /** Null for people whose home is another organisation, which looks after how they sign in. */
  readonly own: {
    readonly passkeys: readonly {
      readonly credential: string
      readonly label: string
      readonly since: Instant | null
    }[]
    readonly hasApp: boolean
    readonly codesLeft: number
    readonly linkUntil: Instant | null
  } | null
  readonly home: string
}

export function personPage(
  frame: Frame,
  id: string,
  facts: { state: People; known: { name: string; home: string }; now: Millis; error: string | null },
): PersonPage {
  const { state, known, now, error } = facts
  const base = `/console/${frame.organisation.slug}/people`
  const person = state.people.get(id)
  return {
    frame,
    title: error === null ? known.name : `Error: ${known.name}`,
    base,
    path: `${base}/${id}`,
    name: known.name,
    error,
    roles: rolesShown(state, id, now),
    roleField: {
      id: 'role',
      name: 'role',
      label: { text: 'Role' },
      items: ROLES.map((value) => ({ value, text: `${ROLE_WORDS[value].text}: ${ROLE_WORDS[value].hint}` })),
    },
    lasting: lastingField(),
    own: person ? ownShown(person, state.passkeyFacts) : null,
    home: known.home,
  }
}

function ownShown(person: Person, facts: ReadonlyMap<string, PasskeyFacts>) {
  return {
    passkeys: [...person.passkeys.keys()].map((credential) => {
      const { label = null, registeredAt = null } = facts.get(credential) ?? {}
      return { credential, label: label ?? 'Passkey', since: registeredAt }
    }),
    hasApp: person.totp !== null,
    codesLeft: person.recovery?.hashes.length ?? 0,
    linkUntil: person.enrolment?.expiresAt ?? null,
  }
}

function rolesShown({ grants }: People, person: string, now: Millis): RoleShown[] {
  return [...(grants.get(person)?.values() ?? [])]
    .filter((grant) => isLive(grant, now))
    .map(({ role, expiresAt }) => ({ role, text: ROLE_WORDS[role].text, until: expiresAt }))
}
