import { type Actor, type Decision, instant, type Millis, parseInstant, type Refusal } from '#kernel'
import { unknownPerson } from './decide-roles.ts'
import type { PeopleEvent } from './events.ts'
import { canSignIn, type Passkey, type PeopleState, type Person } from './people.ts'
import { refuse } from './refusals.ts'

/** A link that is not used in this time is worth nothing. */
const LINK_LASTS: Millis = 24 * 3_600_000

/** `real`: the real time, for a link must not live longer because an exercise stands still. */
export function issueEnrolment(
  state: PeopleState,
  input: { person: string; hash: string },
  link: string,
  real: Millis,
): readonly PeopleEvent[] | Refusal {
  const person = state.people.get(input.person)
  if (!person) return notAtHome(input.person)
  if (person.enrolment?.hash === input.hash) return []
  const data = { ...input, link, expiresAt: instant(real + LINK_LASTS) }
  return [{ type: 'access.enrolment-issued', v: 1, data }]
}

export interface NewPasskey extends Passkey {
  readonly person: string
  readonly label: string
  readonly link: string | null
}

export function registerPasskey(state: PeopleState, input: NewPasskey, real: Millis): Decision<PeopleEvent> {
  const person = state.people.get(input.person)
  if (!person) return unknownPerson(input.person)
  const wrong = linkRefusal(person, input.link, real)
  if (wrong) return wrong
  if ([...state.people.values()].some(({ passkeys }) => passkeys.has(input.credential)))
    return refuse('passkey-in-use', 'Sign in with it, or make another on this device.')
  const { label, link, transports, ...rest } = input
  const data = { ...rest, transports: [...transports], link, label, registeredAt: instant(real) }
  return [{ type: 'access.passkey-registered', v: 2, data }]
}

export function registerTotp(
  state: PeopleState,
  input: { person: string; secret: string; link: string | null },
  real: Millis,
): Decision<PeopleEvent> {
  const person = state.people.get(input.person)
  if (!person) return unknownPerson(input.person)
  return linkRefusal(person, input.link, real) ?? [{ type: 'access.totp-registered', v: 1, data: input }]
}

export function removePasskey(
  state: PeopleState,
  { person: id, credential }: { person: string; credential: string },
  actor: Actor,
): Decision<PeopleEvent> {
  const person = state.people.get(id)
  if (!person) return notAtHome(id)
  if (!person.passkeys.has(credential)) return []
  const passkeys = new Map(person.passkeys)
  passkeys.delete(credential)
  return (
    ownLastWayIn(actor, { ...person, passkeys }) ?? [
      { type: 'access.passkey-removed', v: 1, data: { person: id, credential } },
    ]
  )
}

export function removeTotp(
  state: PeopleState,
  { person: id }: { person: string },
  actor: Actor,
): Decision<PeopleEvent> {
  const person = state.people.get(id)
  if (!person) return notAtHome(id)
  if (person.totp === null) return []
  return ownLastWayIn(actor, { ...person, totp: null }) ?? [{ type: 'access.totp-removed', v: 1, data: { person: id } }]
}

export function issueRecoveryCodes(
  state: PeopleState,
  input: { person: string; salt: string; hashes: readonly string[] },
): Decision<PeopleEvent> {
  if (!state.people.has(input.person)) return unknownPerson(input.person)
  return [{ type: 'access.recovery-codes-issued', v: 1, data: { ...input, hashes: [...input.hashes] } }]
}

export function useRecoveryCode(state: PeopleState, input: { person: string; hash: string }): Decision<PeopleEvent> {
  if (!state.people.get(input.person)?.recovery?.hashes.includes(input.hash))
    return refuse('code-not-valid', 'Each code works once. Use the next one on your list.')
  return [{ type: 'access.recovery-code-used', v: 1, data: input }]
}

export function endSessions(state: PeopleState, { person }: { person: string }): Decision<PeopleEvent> {
  return state.people.has(person) ? [{ type: 'access.sessions-ended', v: 1, data: { person } }] : notAtHome(person)
}

export function endSession(
  state: PeopleState,
  { person: id, session }: { person: string; session: string },
): Decision<PeopleEvent> {
  const person = state.people.get(id)
  if (!person) return notAtHome(id)
  return person.ended.has(session) ? [] : [{ type: 'access.session-ended', v: 1, data: { person: id, session } }]
}

function linkRefusal(person: Person, link: string | null, real: Millis): Refusal | null {
  if (link === null) return null
  const { enrolment } = person
  if (enrolment?.link === link && parseInstant(enrolment.expiresAt)! > real) return null
  return refuse(
    'link-not-valid',
    'It was used before, has been replaced, or is older than a day. Ask an admin for a new one.',
  )
}

function ownLastWayIn(actor: Actor, after: Person): Refusal | null {
  const own = actor.kind === 'person' && actor.id === after.id
  return own && !canSignIn(after)
    ? refuse('last-way-in', 'Add another passkey or make recovery codes first. An admin can also remove it for you.')
    : null
}

function notAtHome(person: string): Refusal {
  return refuse(
    'unknown-person',
    `${person} is not one of this organisation's own people, or does not exist. Their own organisation looks after how they sign in.`,
  )
}
