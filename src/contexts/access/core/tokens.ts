import {
  type Decider,
  type Decision,
  type Instant,
  instant,
  type Millis,
  parseInstant,
  type Refusal,
  type Role,
} from '#kernel'
import type { TokenEvent } from './events.ts'
import { refuse } from './refusals.ts'

interface Token {
  readonly id: string
  readonly role: Role
  readonly expiresAt: Instant | null
  readonly revoked: boolean
}

/** An organisation's tokens by the hash of their secret: no hash ever serves twice. */
export type TokensState = ReadonlyMap<string, Token>

export const tokensDecider: Decider<TokensState, TokenEvent> = {
  initial: () => new Map(),
  evolve(state, event) {
    switch (event.type) {
      case 'access.token-issued': {
        const { token: id, role, hash, expiresAt } = event.data
        return new Map(state).set(hash, { id, role, expiresAt, revoked: false })
      }
      case 'access.token-revoked': {
        const found = [...state].find(([, token]) => token.id === event.data.token)
        return found ? new Map(state).set(found[0], { ...found[1], revoked: true }) : state
      }
      default:
        return state
    }
  },
}

export interface Issue {
  readonly name: string
  readonly role: Role
  readonly hash: string
  readonly expiresAt?: Instant
}

/** The token's id with what is to be recorded: nothing, where this very token has been issued already. */
export function issue(
  state: TokensState,
  input: Issue,
  id: string,
  now: Millis,
): { readonly token: string; readonly events: readonly TokenEvent[] } | Refusal {
  const { name, role, hash } = input
  const expiresAt = input.expiresAt === undefined ? null : instant(parseInstant(input.expiresAt)!)
  const known = state.get(hash)
  if (known) {
    if (!known.revoked && known.role === role && known.expiresAt === expiresAt) return { token: known.id, events: [] }
    return refuse('secret-in-use', `It belongs to the token ${known.id}. Make a new secret for each token.`)
  }
  if (expiresAt !== null && parseInstant(expiresAt)! <= now)
    return refuse(
      'expiry-in-the-past',
      `/expiresAt is not later than now (${instant(now)}). Give a later time, or none.`,
      [{ pointer: '/expiresAt', detail: 'must be later than now' }],
    )
  return {
    token: id,
    events: [{ type: 'access.token-issued', v: 1, data: { token: id, role, hash, expiresAt, name } }],
  }
}

export function revoke(state: TokensState, input: { token: string; reason: string }): Decision<TokenEvent> {
  const known = [...state.values()].find((token) => token.id === input.token)
  if (!known)
    return refuse('unknown-token', `${input.token} is not a token of this organisation. The query "tokens" lists them.`)
  return known.revoked
    ? []
    : [{ type: 'access.token-revoked', v: 1, data: { token: input.token, reason: input.reason } }]
}
