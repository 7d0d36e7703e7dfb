import type { Model, Models } from '#journal'
import type { Entry, Event } from '#kernel'
import { DELIVERY_EVENTS, type DeliveryEvent } from '../core/events.ts'

/** An order as it is carried out in the outbox. */
export interface Order {
  readonly number: number
  readonly does: 'stop' | 'resume' | 'retry'
  readonly batch: string
  readonly delivery: string | null
  readonly unknown: boolean
}

interface OrdersGiven {
  readonly stopped: Set<string>
  readonly given: Order[]
}

/** Which batches are stopped, and what has been ordered of them since the beginning? */
export const orders: Model<OrdersGiven> = {
  name: 'delivery.orders',
  types: DELIVERY_EVENTS.map((declared) => declared.type),
  initial: () => ({ stopped: new Set(), given: [] }),
  apply({ stopped, given }, heard) {
    const entry = heard as Entry<Event & DeliveryEvent> & DeliveryEvent
    const { number } = heard
    const { batch } = entry.data
    if (entry.type === 'delivery.stopped') {
      stopped.add(batch)
      given.push({ number, does: 'stop', batch, delivery: null, unknown: false })
    } else if (entry.type === 'delivery.resumed') {
      stopped.delete(batch)
      given.push({ number, does: 'resume', batch, delivery: null, unknown: false })
    } else {
      const { delivery, unknown } = entry.data
      given.push({ number, does: 'retry', batch, delivery, unknown })
    }
  },
}

export function isStopped(models: Models, organisation: string, batch: string): boolean {
  return models.of(orders, organisation).stopped.has(batch)
}

export function stoppedBatches(models: Models): [organisation: string, batch: string][] {
  return models
    .organisations()
    .flatMap((organisation) =>
      [...models.of(orders, organisation).stopped].map((batch): [string, string] => [organisation, batch]),
    )
}
