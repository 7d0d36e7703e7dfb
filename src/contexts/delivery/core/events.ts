import type { EventDeclaration, EventsOf } from '#kernel'

interface DeliveryShapes {
  'delivery.stopped': { batch: string }
  'delivery.resumed': { batch: string }
  /** `delivery`: this one alone. `unknown`: also what may have arrived. */
  'delivery.retried': { batch: string; delivery: string | null; unknown: boolean }
}

export type DeliveryEvent = EventsOf<DeliveryShapes>

export const DELIVERY_EVENTS: readonly EventDeclaration[] = [
  { type: 'delivery.stopped', v: 1, sealed: [] },
  { type: 'delivery.resumed', v: 1, sealed: [] },
  { type: 'delivery.retried', v: 1, sealed: [] },
]
