export type { Batch, Channel, Content, DeliveryState, Outbox, Outcome, Recipient } from './outbox.ts'
