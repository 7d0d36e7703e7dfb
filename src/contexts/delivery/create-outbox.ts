import type { Models } from '#journal'
import type { Database } from '#platform/database'
import { createSealing, deriveKey } from '#platform/sealing'
import type { Carrier } from './channels/channel.ts'
import { vapidKeys } from './channels/vapid.ts'
import type { BatchFacts } from './core/orders.ts'
import type { Outbox, Outcome } from './outbox.ts'
import { isStopped } from './projections/orders.ts'
import { type Sender, startSender } from './sender/sender.ts'
import { type Beginning, enqueue } from './store/enqueue.ts'
import { erase } from './store/erase.ts'
import { type BatchCount, batchCounts, batchFacts, type DeadLetter, deadLetters } from './store/standing.ts'

export interface OutboxOptions {
  readonly database: Database
  readonly models: Models
  /** The installation's secret. */
  readonly secret: Buffer
  readonly carriers: readonly Carrier[]
  readonly atOnce: number
  readonly attempts: number
  /** Whether messages of exercises leave. */
  readonly exercises: boolean
  isExercise(organisation: string): boolean
}

/** The outbox with what this room's own commands, pages and sender need of it. */
export interface OutboxDesk extends Outbox {
  counts(organisation: string, batch: string | null, most: number): Promise<BatchCount[]>
  deadLetters(organisation: string, batch: string | null, most: number): Promise<DeadLetter[]>
  factsOf(organisation: string, input: { batch: string; delivery?: string; unknown?: boolean }): Promise<BatchFacts>
  readonly carriers: readonly Carrier[]
  /** Begins to send what is queued, in this process too. */
  start(failed: (what: string, error: unknown) => void): Promise<Sender>
}

export function createOutbox(options: OutboxOptions): OutboxDesk {
  const { database, models, carriers, exercises, isExercise } = options
  const sealing = createSealing(deriveKey(options.secret, 'delivery seal'))
  const hearers: ((outcome: Outcome) => void | Promise<void>)[] = []

  function begins(organisation: string, batch: string): Beginning {
    const exercise = isExercise(organisation)
    if (exercise && !exercises) return { exercise, state: 'stopped', reason: 'exercise', ended: true }
    return isStopped(models, organisation, batch)
      ? { exercise, state: 'stopped', reason: 'stopped', ended: false }
      : { exercise, state: 'waiting', reason: null, ended: false }
  }

  return {
    carriers,
    enqueue: (tx, batch) => enqueue(tx, sealing, batch, begins(batch.organisation, batch.batch)),
    erase,
    onOutcome(hear) {
      hearers.push(hear)
    },
    channels: () => carriers.map(({ channel }) => channel),
    vapidPublicKey: () =>
      carriers.some(({ channel }) => channel === 'web-push') ? vapidKeys(options.secret).publicKey : null,
    counts: (organisation, batch, most) => batchCounts(database, organisation, batch, most),
    deadLetters: (organisation, batch, most) => deadLetters(database, organisation, batch, most),
    factsOf: (organisation, input) => batchFacts(database, organisation, input),
    start: (failed) => startSender({ ...options, sealing, hearers, failed }),
  }
}
