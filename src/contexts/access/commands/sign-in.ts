import Type from 'typebox'
import { command, fields, Id, Line } from '#command'
import { isRefusal, systemClock } from '#kernel'
import {
  endSession,
  endSessions,
  issueEnrolment,
  issueRecoveryCodes,
  registerPasskey,
  registerTotp,
  removePasskey,
  removeTotp,
  useRecoveryCode,
} from '../core/decide-sign-in.ts'
import { peopleDecider } from '../core/people.ts'
import { PEOPLE_STREAM } from './people.ts'

const stream = () => PEOPLE_STREAM
const Hash = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of the secret, lower-case hex' })
const Binary = Type.String({ minLength: 1, maxLength: 4096, pattern: '^[A-Za-z0-9_-]+$', description: 'base64url' })
const realTime = () => systemClock.now()
const common = { roles: ['admin'], stream, decider: peopleDecider } as const

export const issueEnrolmentCommand = command({
  ...common,
  name: 'access.issue-enrolment',
  summary: 'Give a person a link that works once, within a day, to set up how they sign in',
  description:
    "The caller makes the link's secret from 32 random bytes, and gives only its SHA-256. It voids the person's earlier links.",
  input: fields({ person: Id, hash: Hash }),
  answers: Type.Object({ link: Id }),
  facts: realTime,
  decide(state, { input, facts, id }) {
    const decided = issueEnrolment(state, input, id, facts)
    if (isRefusal(decided)) return decided
    const known = state.people.get(input.person)?.enrolment
    return { events: decided, answer: { link: decided.length === 0 && known ? known.link : id } }
  },
})

export const removePasskeyCommand = command({
  ...common,
  name: 'access.remove-passkey',
  summary: 'Remove a passkey of one of the organisation’s own people, such as one on a lost device',
  input: fields({ person: Id, credential: Binary }),
  decide: (state, { input, actor }) => removePasskey(state, input, actor),
})

export const removeTotpCommand = command({
  ...common,
  name: 'access.remove-authenticator-app',
  summary: 'Remove the authenticator app of one of the organisation’s own people',
  input: fields({ person: Id }),
  decide: (state, { input, actor }) => removeTotp(state, input, actor),
})

export const endSessionsCommand = command({
  ...common,
  name: 'access.end-sessions',
  summary: 'Sign one of the organisation’s own people out everywhere',
  input: fields({ person: Id }),
  decide: (state, { input }) => endSessions(state, input),
})

export const endSessionCommand = command({
  ...common,
  name: 'access.end-session',
  summary: 'End one session of one of the organisation’s own people, such as one on a lost device',
  input: fields({ person: Id, session: Id }),
  decide: (state, { input }) => endSession(state, input),
})

/** Given only by the pages of signing in, once they have seen the proof: no transport offers them. */
export const registerPasskeyCommand = command({
  ...common,
  name: 'access.register-passkey',
  summary: 'Register a passkey whose proof has been checked',
  input: fields({
    person: Id,
    credential: Binary,
    publicKey: Binary,
    counter: Type.Integer({ minimum: 0 }),
    transports: Type.Array(Type.String({ maxLength: 40 }), { maxItems: 10 }),
    label: Line,
    link: Type.Union([Id, Type.Null()]),
  }),
  facts: realTime,
  decide: (state, { input, facts }) => registerPasskey(state, input, facts),
})

export const registerTotpCommand = command({
  ...common,
  name: 'access.register-authenticator-app',
  summary: 'Register an authenticator app that has shown a right code',
  input: fields({ person: Id, secret: Binary, link: Type.Union([Id, Type.Null()]) }),
  facts: realTime,
  decide: (state, { input, facts }) => registerTotp(state, input, facts),
})

export const issueRecoveryCodesCommand = command({
  ...common,
  name: 'access.issue-recovery-codes',
  summary: 'Replace a person’s recovery codes',
  input: fields({ person: Id, salt: Binary, hashes: Type.Array(Binary, { minItems: 1, maxItems: 20 }) }),
  decide: (state, { input }) => issueRecoveryCodes(state, input),
})

export const useRecoveryCodeCommand = command({
  ...common,
  name: 'access.use-recovery-code',
  summary: 'Use up a recovery code that was right',
  input: fields({ person: Id, hash: Binary }),
  decide: (state, { input }) => useRecoveryCode(state, input),
})
