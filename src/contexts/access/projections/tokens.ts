import type { Model } from '#journal'
import type { Actor, Entry, Event, Instant, Role } from '#kernel'
import { TOKEN_EVENTS, type TokenEvent } from '../core/events.ts'

export interface TokenRecord {
  readonly id: string
  readonly role: Role
  readonly hash: string
  /** Null where it was erased. */
  readonly name: string | null
  readonly issuedAt: Instant
  readonly issuedBy: Actor
  readonly expiresAt: Instant | null
  revokedAt: Instant | null
}

export interface Tokens {
  readonly byId: Map<string, TokenRecord>
  readonly byHash: Map<string, TokenRecord>
}

/** Which tokens has this organisation issued, and how does each stand? */
export const tokens: Model<Tokens> = {
  name: 'access.tokens',
  types: TOKEN_EVENTS.map((declared) => declared.type),
  initial: () => ({ byId: new Map(), byHash: new Map() }),
  apply({ byId, byHash }, heard) {
    const entry = heard as Entry<Event & TokenEvent> & TokenEvent
    if (entry.type === 'access.token-issued') {
      const { token: id, role, hash, expiresAt, name = null } = entry.data
      const { recordedAt: issuedAt, actor: issuedBy } = entry
      const record = { id, role, hash, name, issuedAt, issuedBy, expiresAt, revokedAt: null }
      byId.set(id, record)
      byHash.set(hash, record)
    } else {
      const record = byId.get(entry.data.token)
      if (record) record.revokedAt ??= entry.recordedAt
    }
  },
}

export function standing(record: TokenRecord, now: number): 'live' | 'expired' | 'revoked' {
  if (record.revokedAt !== null) return 'revoked'
  return record.expiresAt !== null && Date.parse(record.expiresAt) <= now ? 'expired' : 'live'
}
