import type { Tx } from '#platform/database'

export const CHANNELS = ['email', 'sms', 'web-push', 'x'] as const
export type Channel = (typeof CHANNELS)[number]

/** What is sent. `{{name}}` in a text stands for the recipient's field of that name. */
export interface Content {
  readonly subject: string
  readonly text: string
  /** HTML mail beside the text. */
  readonly html?: string
  /** Where a tap on the notification leads, an absolute address. */
  readonly link?: string
  /** RFC 8058 one-click address, `https`. */
  readonly unsubscribe?: string
}

export interface Recipient {
  /** The same person under the same name for ever, such as a subscription's id: never an address. */
  readonly person: string
  /** E-mail address, telephone number (E.164), or the JSON of a push subscription. */
  readonly address: string
  readonly fields?: Readonly<Record<string, string>>
}

export interface Batch {
  /** The same message under the same name for ever: (message, person, channel) is sent once, however often it is queued. */
  readonly message: string
  /** What can be stopped together, such as `westminster/statements/3`; its name is shown to staff. */
  readonly batch: string
  readonly organisation: string
  readonly channel: Channel
  readonly content: Content
  readonly recipients: readonly Recipient[]
}

/** How one message to one person stands. unknown: it was handed over and the answer was lost. */
export type DeliveryState = 'waiting' | 'sending' | 'sent' | 'delivered' | 'failed' | 'unknown' | 'stopped'

/** The last word on one delivery, for whoever keeps the addresses: bounces end a subscription. */
export interface Outcome {
  readonly message: string
  readonly person: string
  readonly channel: Channel
  readonly organisation: string
  readonly state: DeliveryState
  /** permanent: this address will never work. */
  readonly failure: 'permanent' | 'temporary' | null
  readonly at: Date
}

export interface Outbox {
  /** In the caller's transaction: queued if and only if that commits. Answers how many were new. */
  enqueue(tx: Tx, batch: Batch): Promise<number>
  /** Forgets addresses and words of everything that this person was sent or is to be sent. */
  erase(tx: Tx, person: string): Promise<void>
  /** Heard once for each delivery that has ended, after commit; by one process. */
  onOutcome(hear: (outcome: Outcome) => void | Promise<void>): void
  /** Which channels are set up here. */
  channels(): readonly Channel[]
  /** What a browser must be given to subscribe to our notifications (RFC 8292), base64url; null where they are not set up. */
  vapidPublicKey(): string | null
}
