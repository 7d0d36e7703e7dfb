import { room } from '#command'
import { DELIVERY_EVENTS } from './core/events.ts'
import { refuse } from './core/refusals.ts'
import { deliveryPages } from './pages/deliveries.ts'
import { orders } from './projections/orders.ts'

/** Its commands and its query ask the outbox itself, and are declared in `commands.ts` and `queries.ts` for main. */
export const delivery = room({
  name: 'delivery',
  events: DELIVERY_EVENTS,
  refusals: refuse.catalogue,
  models: [orders],
  commands: [],
  queries: [],
  pages: deliveryPages,
})
