import type { Channel, Outbox, Outcome } from './outbox.ts'
import { createSealing } from './sealing.ts'
import { type Beginning, enqueue } from './store/enqueue.ts'
import { erase } from './store/erase.ts'

export interface OutboxOptions {
  /** The installation's secret. */
  readonly secret: Buffer
  /** What exercise an organisation belongs to; null for a live one. */
  exerciseOf(organisation: string): unknown
  readonly channels: readonly Channel[]
  /** Whether messages of exercises leave. */
  readonly exercises: boolean
  readonly vapidPublicKey?: string | null
}

/** The outbox with what only this room's own sender needs of it. */
export interface OutboxDesk extends Outbox {
  readonly hearers: readonly ((outcome: Outcome) => void | Promise<void>)[]
}

export function createOutbox(options: OutboxOptions): OutboxDesk {
  const { secret, exerciseOf, channels, exercises, vapidPublicKey = null } = options
  const sealing = createSealing(secret)
  const hearers: ((outcome: Outcome) => void | Promise<void>)[] = []
  const begins = (organisation: string): Beginning => {
    const exercise = exerciseOf(organisation) !== null
    return exercise && !exercises
      ? { exercise, state: 'stopped', reason: 'exercise', ended: true }
      : { exercise, state: 'waiting', reason: null, ended: false }
  }
  return {
    hearers,
    enqueue: (tx, batch) => enqueue(tx, sealing, batch, begins(batch.organisation)),
    erase,
    onOutcome(hear) {
      hearers.push(hear)
    },
    channels: () => channels,
    vapidPublicKey: () => vapidPublicKey,
  }
}
