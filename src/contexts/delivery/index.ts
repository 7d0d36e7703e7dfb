export { createOutbox, type OutboxDesk } from './create-outbox.ts'
export type { Batch, Channel, Content, DeliveryState, Outbox, Outcome, Recipient } from './outbox.ts'
export { deliverySchema } from './schema.ts'
