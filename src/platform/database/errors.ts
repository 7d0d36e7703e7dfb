export type UnavailableReason = 'unreachable' | 'disk-full' | 'read-only' | 'busy'

/** The database cannot serve this now; trying again later may help. Transports answer 503. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable'
  readonly reason: UnavailableReason
  constructor(reason: UnavailableReason, detail: string, cause?: unknown) {
    super(`${WORDS[reason]} (${detail})`, { cause })
    this.reason = reason
  }
}

/** The database will not be opened as things stand. The message is for a person and says what to do. */
export class DatabaseRefused extends Error {
  override readonly name = 'DatabaseRefused'
}

const WORDS: Record<UnavailableReason, string> = {
  unreachable: 'The database cannot be reached. Nothing was confirmed as saved; try again shortly',
  'disk-full': 'The disk of the database is full. Free some space, then try again',
  'read-only': 'The database accepts no changes at present: it is a standby or switched to read-only',
  busy: 'The database is too busy to answer in time. Try again shortly',
}

// SQLSTATE, PostgreSQL's documentation, appendix A. Class 08 is connection trouble.
const BY_STATE: Record<string, UnavailableReason> = {
  '57P01': 'unreachable',
  '57P02': 'unreachable',
  '57P03': 'unreachable',
  '57P05': 'unreachable',
  '53100': 'disk-full',
  '58030': 'unreachable',
  '25006': 'read-only',
  '53000': 'busy',
  '53200': 'busy',
  '53300': 'busy',
  '55P03': 'busy',
  '57014': 'busy',
}

// Data or an index is corrupted, or a file is missing.
const DAMAGED = /^(XX001|XX002|58P01)$/
const damaged = (message: string) =>
  `The database is damaged: ${message}. Nothing was repaired. Keep the data directory as it is for examination, and restore a backup into an empty one.`

const NETWORK = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOST|ENET)/
// pg reports these without a code.
const LOST =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|Cannot use a pool after calling end)/
// A connection that comes first after a crash writes a cache, and says no more where it cannot.
const NO_SPACE = /No space left on device|^could not write init file/
const SLOW = /^(timeout exceeded when trying to connect|Query read timeout)/

/** The same error, or `DatabaseUnavailable` where it means that the database, not the statement, is at fault. */
export function translated(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof DatabaseUnavailable) return error
  const { code = '', syscall, message } = error as Error & { code?: string; syscall?: string }
  if (DAMAGED.test(code)) return new DatabaseRefused(damaged(message))
  const reason =
    BY_STATE[code] ??
    (/^08...$/.test(code) || NETWORK.test(code) || syscall === 'connect' || LOST.test(message)
      ? 'unreachable'
      : code === 'ENOSPC' || NO_SPACE.test(message)
        ? 'disk-full'
        : SLOW.test(message)
          ? 'busy'
          : null)
  return reason ? new DatabaseUnavailable(reason, code ? `${code} ${message}` : message, error) : error
}
