import type { Outbox, Outcome } from '#contexts/delivery'
import type { Journal } from '#journal'
import { type Clock, type Clocks, type Millis, systemClock } from '#kernel'
import type { Database } from '#platform/database'
import type { Log } from '#platform/log'
import { countSubscribers, type SubscriberCounts } from './counts.ts'
import { createSubscriberKeys } from './keys.ts'
import { hearOutcome } from './outcomes.ts'
import { createSubscribers, type Subscribers } from './subscribers.ts'
import { exportLines, type Imported, importLines } from './transfer.ts'
import { createUpdates, type Updates } from './updates.ts'

export { parseAddress } from './core/address.ts'
export { sayWrong } from './core/say-address.ts'
export { subscriberPages } from './pages/subscribers.ts'
export { type SubscriptionRoutes, subscriptionRoutes } from './routes/index.ts'

export interface SubscriptionsOptions {
  readonly database: Database
  readonly journal: Pick<Journal, 'models' | 'subscribe'>
  readonly clocks: Clocks
  readonly outbox: Outbox
  /** The installation's secret. */
  readonly secret: Buffer
  /** The address that people see in links, without a slash at its end. */
  readonly url: string
  /** For how long a change must stand before it is told. */
  readonly settling: Millis
  /** Within this, one person gets one message of changes at most. */
  readonly window: Millis
  readonly clock?: Clock
}

export interface Subscriptions {
  readonly subscribers: Subscribers
  /** Tells subscribers what there is to tell, from when it is started. */
  updates(log: Log): Updates
  /** Hears how each message ended: who cannot be reached is written to no more. */
  heard(outcome: Outcome): Promise<void>
  counts(organisation: string): Promise<SubscriberCounts>
  exportLines(organisation: string | null): AsyncGenerator<string>
  importLines(lines: readonly string[]): Promise<Imported>
}

export function createSubscriptions(options: SubscriptionsOptions): Subscriptions {
  const { database, journal, clock = systemClock } = options
  const keys = createSubscriberKeys(options.secret)
  const whole = { ...options, keys, clock, models: journal.models }
  const subscribers = createSubscribers(whole)
  return {
    subscribers,
    updates: (log) => createUpdates({ ...whole, subscribers, log }),
    heard: hearOutcome(database, subscribers),
    counts: (organisation) => countSubscribers(database, organisation),
    exportLines: (organisation) => exportLines(whole, organisation),
    importLines: (lines) => importLines(whole, lines),
  }
}
