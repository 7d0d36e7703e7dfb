import type { EventDeclaration, EventsOf, Instant, Role } from '#kernel'

interface Shapes {
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

export type AccessEvent = EventsOf<Shapes>

export const ACCESS_EVENTS: readonly EventDeclaration[] = [
  { type: 'access.token-issued', v: 1, sealed: ['name'] },
  { type: 'access.token-revoked', v: 1, sealed: ['reason'] },
]
