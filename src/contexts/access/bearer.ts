import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Models } from '#journal'
import type { Actor, Millis, Role } from '#kernel'
import { standing, tokens } from './projections/tokens.ts'

const BEARER = /^hf_([a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?)_[A-Za-z0-9_-]{43}$/

/** A new bearer token from 256 random bits, and the hash that `access.issue-token` takes. Show it once; keep it nowhere. */
export function newSecret(organisation: string): { bearer: string; hash: string } {
  const bearer = `hf_${organisation}_${randomBytes(32).toString('base64url')}`
  return { bearer, hash: hashOf(bearer) }
}

/** Whose token this says it is; null where it is not shaped like one. Says nothing about whether it is valid. */
export function organisationOf(bearer: string): string | null {
  return BEARER.exec(bearer)?.[1] ?? null
}

export interface FoundToken {
  readonly id: string
  readonly organisation: string
  readonly role: Role
}

/** The token behind a bearer, if it is live at `now` (by its organisation's clock). */
export function findToken(models: Models, bearer: string, now: Millis): FoundToken | null {
  const organisation = organisationOf(bearer)
  if (organisation === null) return null
  const hash = hashOf(bearer)
  const record = models.of(tokens, organisation).byHash.get(hash)
  if (!record || !timingSafeEqual(Buffer.from(record.hash), Buffer.from(hash))) return null
  return standing(record, now) === 'live' ? { id: record.id, organisation, role: record.role } : null
}

/** What a token may do where: its one role at its own organisation, nothing elsewhere. */
export function sessionOf({ id, organisation, role }: FoundToken): {
  readonly actor: Actor
  readonly rolesAt: (organisation: string) => readonly Role[]
} {
  return { actor: { kind: 'token', id }, rolesAt: (asked) => (asked === organisation ? [role] : []) }
}

function hashOf(bearer: string): string {
  return createHash('sha256').update(bearer).digest('hex')
}
