import type { InputError, Refusal, RefusalKind } from '#kernel'

/** RFC 9457. `type` is a relative reference that `/problems/<code>` answers; `instance` names one 500 in the log. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: string
  readonly errors?: readonly InputError[]
  readonly instance?: string
}

export const STATUS_OF: Readonly<Record<RefusalKind, number>> = {
  input: 422,
  forbidden: 403,
  'not-found': 404,
  state: 409,
  conflict: 409,
  unavailable: 503,
}

/** What the transport itself can refuse, whatever the room. */
export const TRANSPORT_PROBLEMS = {
  'malformed-request': { status: 400, title: 'The request cannot be read' },
  'malformed-json': { status: 400, title: 'The body is not JSON' },
  'too-deeply-nested': { status: 400, title: 'The body is nested too deeply' },
  'token-needed': { status: 401, title: 'A valid token is needed' },
  'not-for-you': { status: 403, title: 'You may not read this' },
  'no-such-address': { status: 404, title: 'There is nothing at this address' },
  'unknown-organisation': { status: 404, title: 'There is no such organisation' },
  'method-not-allowed': { status: 405, title: 'This address does not take that method' },
  'request-timeout': { status: 408, title: 'The request took too long to arrive' },
  'too-large': { status: 413, title: 'The request is too large' },
  'not-json': { status: 415, title: 'Only JSON is taken here' },
  'unusable-input': { status: 422, title: 'The input holds what cannot be kept' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'headers-too-large': { status: 431, title: 'The headers of the request are too large' },
  unexpected: { status: 500, title: 'Something went wrong here' },
  'database-unavailable': { status: 503, title: 'The database cannot be used at present' },
  'too-many-streams': { status: 503, title: 'Too many event streams are open' },
} as const

export type TransportCode = keyof typeof TRANSPORT_PROBLEMS

export function problem(code: TransportCode, detail: string, errors?: readonly InputError[]): Problem {
  const { status, title } = TRANSPORT_PROBLEMS[code]
  return { type: typeOf(code), title, status, detail, code, ...(errors ? { errors } : {}) }
}

export function problemOf({ refused: code, kind, title, detail, errors }: Refusal): Problem {
  return { type: typeOf(code), title, status: STATUS_OF[kind], detail, code, ...(errors ? { errors } : {}) }
}

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'type' in value && 'code' in value && 'status' in value
}

/** Carries a problem through Fastify where only an error can be handed on. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly problem: Problem
  constructor(carried: Problem) {
    super(carried.title)
    this.problem = carried
  }
}

function typeOf(code: string): string {
  return `/problems/${code}`
}
