import type { EventDeclaration, EventsOf, Instant, Role } from '#kernel'

interface TokenShapes {
  /** `hash`: SHA-256 of the bearer, in lower-case hex. `name` (sealed) says what or who uses it. */
  'access.token-issued': {
    token: string
    role: Role
    hash: string
    expiresAt: Instant | null
    name: string | undefined
  }
  'access.token-revoked': { token: string; reason: string | undefined }
}

interface PeopleShapes {
  /** In the journal of the person's home organisation, which alone looks after how the person signs in. */
  'access.person-added': { person: string; name: string | undefined }
  /** In the journal of the organisation where the role counts. `expiresAt` by that organisation's clock. */
  'access.role-granted': { person: string; role: Role; expiresAt: Instant | null }
  'access.role-withdrawn': { person: string; role: Role }
  /** `hash`: SHA-256 of the link's secret, lower-case hex. `expiresAt` by the real clock, also in an exercise. */
  'access.enrolment-issued': { person: string; link: string; hash: string; expiresAt: Instant }
  /** `credential` and `publicKey` (COSE): base64url. `link`: the enrolment that it used up, if one. */
  'access.passkey-registered': {
    person: string
    /** By the real clock, also in an exercise; since version 2. */
    registeredAt?: Instant
    credential: string
    publicKey: string
    counter: number
    transports: string[]
    link: string | null
    label: string | undefined
  }
  'access.passkey-removed': { person: string; credential: string }
  /** `secret`: encrypted with the installation's key, base64url. */
  'access.totp-registered': { person: string; link: string | null; secret: string | undefined }
  'access.totp-removed': { person: string }
  /** `hashes`: scrypt of each code with the common salt, base64url. They replace all codes issued before. */
  'access.recovery-codes-issued': { person: string; salt: string; hashes: string[] }
  'access.recovery-code-used': { person: string; hash: string }
  /** Ends every session that the person has begun before. */
  'access.sessions-ended': { person: string }
  'access.session-ended': { person: string; session: string }
  'access.break-glass': { person: string; role: Role; expiresAt: Instant; reason: string | undefined }
  /** `person`: the admin who has seen it. `entry`: the journal number of the emergency access. */
  'access.break-glass-acknowledged': { person: string; entry: number }
}

export type TokenEvent = EventsOf<TokenShapes>
export type PeopleEvent = EventsOf<PeopleShapes>
export type AccessEvent = TokenEvent | PeopleEvent

export const TOKEN_EVENTS: readonly EventDeclaration[] = [
  { type: 'access.token-issued', v: 1, sealed: ['name'] },
  { type: 'access.token-revoked', v: 1, sealed: ['reason'] },
]

export const PEOPLE_EVENTS: readonly EventDeclaration[] = [
  { type: 'access.person-added', v: 1, sealed: ['name'] },
  { type: 'access.role-granted', v: 1, sealed: [] },
  { type: 'access.role-withdrawn', v: 1, sealed: [] },
  { type: 'access.enrolment-issued', v: 1, sealed: [] },
  { type: 'access.passkey-registered', v: 2, sealed: ['label'] },
  { type: 'access.passkey-removed', v: 1, sealed: [] },
  { type: 'access.totp-registered', v: 1, sealed: ['secret'] },
  { type: 'access.totp-removed', v: 1, sealed: [] },
  { type: 'access.recovery-codes-issued', v: 1, sealed: [] },
  { type: 'access.recovery-code-used', v: 1, sealed: [] },
  { type: 'access.sessions-ended', v: 1, sealed: [] },
  { type: 'access.session-ended', v: 1, sealed: [] },
  { type: 'access.break-glass', v: 1, sealed: ['reason'] },
  { type: 'access.break-glass-acknowledged', v: 1, sealed: [] },
]

export const ACCESS_EVENTS: readonly EventDeclaration[] = [...TOKEN_EVENTS, ...PEOPLE_EVENTS]
