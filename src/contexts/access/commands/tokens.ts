import Type from 'typebox'
import { command, fields, Id, InstantText, Line, oneOf, Words } from '#command'
import { isRefusal, ROLES } from '#kernel'
import { issue, revoke, tokensDecider } from '../core/tokens.ts'

const STREAM = 'access/tokens'

export const issueToken = command({
  name: 'access.issue-token',
  summary: 'Let a program act in one role at this organisation',
  description:
    'The caller makes the bearer token `hf_<organisation>_<43 characters of base64url>` from 32 random bytes, keeps it, and ' +
    'gives only the SHA-256 of its text.',
  input: fields({
    name: Line,
    role: oneOf(ROLES),
    hash: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of the bearer token, lower-case hex' }),
    expiresAt: Type.Optional(InstantText),
  }),
  roles: ['admin'],
  answers: Type.Object({ token: Id }),
  stream: () => STREAM,
  decider: tokensDecider,
  decide(state, { input, id, now }) {
    const decided = issue(state, input, id, now)
    return isRefusal(decided) ? decided : { events: decided.events, answer: { token: decided.token } }
  },
})

export const revokeToken = command({
  name: 'access.revoke-token',
  summary: 'End a token, at once and for good',
  input: fields({ token: Id, reason: Words }),
  roles: ['admin'],
  stream: () => STREAM,
  decider: tokensDecider,
  decide: (state, { input }) => revoke(state, input),
})
