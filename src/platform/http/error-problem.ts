import { type Problem, ProblemError, problem } from './problem.ts'

const BY_CODE: Readonly<Record<string, (limits: { body: number }) => Problem>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ({ body }) =>
    problem('too-large', `A body may have up to ${body} bytes. Split what you send.`),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => problem('not-json', 'Send the header Content-Type: application/json.'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () =>
    problem('malformed-request', 'The body is shorter or longer than its Content-Length says.'),
  FST_ERR_BAD_URL: () =>
    problem('malformed-request', 'The address holds % signs that encode nothing. Write %25 for a % sign.'),
  FST_ERR_MAX_PARAM_LENGTH: () => problem('no-such-address', 'No name here is as long as this one.'),
}

const UNAVAILABLE = 'Nothing was confirmed as saved. Try again shortly.'
/** What its callers can have somebody do about it. */
const WHY_UNAVAILABLE: Readonly<Record<string, string>> = {
  'disk-full':
    'The disk of the database is full. Nothing was confirmed as saved. Have some space freed, then try again.',
  'read-only':
    'The database accepts no changes at present: it is a standby or switched to read-only. Nothing was saved. Tell its administrator.',
}

interface Thrown {
  readonly code: string
  readonly name: string
  readonly statusCode: number
  /** Of a DatabaseUnavailable. */
  readonly reason: string
}

/** The problem for an error that something threw, and whether it is a fault of ours to be logged. */
export function problemFromError(
  error: unknown,
  id: string,
  limits: { body: number },
): { problem: Problem; ours: boolean } {
  if (error instanceof ProblemError) return { problem: error.problem, ours: false }
  const { code = '', name, statusCode, reason } = (error ?? {}) as Partial<Thrown>
  const known = BY_CODE[code]
  if (known) return { problem: known(limits), ours: false }
  if (name === 'DatabaseUnavailable')
    return {
      problem: problem('database-unavailable', WHY_UNAVAILABLE[reason ?? ''] ?? UNAVAILABLE),
      ours: true,
    }
  if (code.startsWith('FST_ERR_') && statusCode !== undefined && statusCode < 500)
    return {
      problem: problem('malformed-request', 'The request cannot be read. Check its headers and body.'),
      ours: false,
    }
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE')
    return { problem: problem('malformed-request', 'The request ended before it was complete.'), ours: false }
  const detail =
    'Nothing is known to have been done. Try again; if it happens again, give the administrator the number in "instance".'
  return { problem: { ...problem('unexpected', detail), instance: `urn:uuid:${id}` }, ours: true }
}
