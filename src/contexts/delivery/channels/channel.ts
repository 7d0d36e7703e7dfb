import type { Millis } from '#kernel'
import type { Rate } from '../core/bucket.ts'
import type { Words } from '../core/fill-in.ts'
import type { Answer, Seen, WhenLost } from '../core/life.ts'
import type { Channel } from '../outbox.ts'

/** One message to one person, ready to be handed to whoever carries it. */
export interface Outgoing {
  /** The delivery's own id: the same at every attempt. */
  readonly reference: string
  readonly organisation: string
  readonly message: string
  readonly address: string
  readonly words: Words
}

/** Everything that can fail or wait without anything leaving has been done. */
export interface Ready {
  /** Never rejects, and ends well before the lease does. */
  handOver(): Promise<Answer>
  /** It shall not leave after all. */
  drop(): void
}

/** A way for messages to leave. */
export interface Carrier {
  readonly channel: Channel
  /** Who carries: what shares its rate. */
  readonly provider: string
  readonly rate: Rate
  readonly whenLost: WhenLost
  /** Ready, or the answer that it could not be. */
  prepare(outgoing: Outgoing): Promise<Ready | Answer>
  /** What the provider knows of a reference; null where it could not be asked. */
  lookUp?(reference: string): Promise<Seen | null>
  /** How far this machine's clock is ahead of the provider's, where that matters and is known. */
  clockAhead?(): Millis | null
  close(): void
}

export function isAnswer(value: Ready | Answer): value is Answer {
  return 'kind' in value
}
