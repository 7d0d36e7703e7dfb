import type { UnavailableReason } from './errors.ts'

export interface Tx {
  /**
   * Runs one statement, prepared once per connection under its name (1 to 63 characters; one name, one text).
   * The empty name runs `text` as it is, and without values `text` may hold several statements.
   * int8 arrives as a number (safe integers only), numeric, date and timestamp as text, timestamptz as a Date.
   */
  query<Row>(name: string, text: string, values?: unknown[]): Promise<Row[]>
}

export interface Database extends Tx {
  /** Commits what `work` did, or rolls all of it back when it throws. `work` may use nothing but its `tx`. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /**
   * Hears `NOTIFY channel`. Listens again by itself after a loss, and then calls `onLost`: notices may have been missed,
   * so read again. Resolves, once listening, to a function that stops.
   */
  listen(channel: string, heard: (payload: string) => void, onLost?: () => void): Promise<() => Promise<void>>
  reachable(): Promise<boolean>
  readonly info: DatabaseInfo
  close(): Promise<void>
}

export interface DatabaseInfo {
  readonly source: 'DATABASE_URL' | 'system' | 'npm'
  /** As the server says: `18.4`. */
  readonly version: string
  /** Of a private cluster. */
  readonly directory: string | null
  /** Where other processes of this machine reach a private cluster that is open here; null for DATABASE_URL, a secret. */
  readonly address: string | null
}

/** One line for the log: an object with a level, a message and no personal data. */
export type Log = (line: {
  level: 'debug' | 'info' | 'warn' | 'error'
  msg: string
  reason?: UnavailableReason
  [field: string]: unknown
}) => void
