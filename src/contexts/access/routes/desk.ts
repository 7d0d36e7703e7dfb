import type { Execute } from '#command'
import type { Models } from '#journal'
import type { Clock } from '#kernel'
import type { Database } from '#platform/database'
import type { Keys } from '../proofs/keys.ts'
import type { SessionDesk } from '../sessions/sessions.ts'

/** Everything that signing in works with. */
export interface Desk {
  readonly sessions: SessionDesk
  readonly database: Pick<Database, 'query'>
  readonly execute: Execute
  readonly models: Models
  /** The real time. */
  readonly clock: Clock
  readonly keys: Keys
  /** `HOLDFAST_URL`: passkeys are bound to its host. */
  readonly url: string
}
