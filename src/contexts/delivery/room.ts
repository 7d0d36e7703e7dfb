import { room } from '#command'
import { DELIVERY_EVENTS } from './core/events.ts'
import { refuse } from './core/refusals.ts'
import { orders } from './projections/orders.ts'

export const delivery = room({
  name: 'delivery',
  events: DELIVERY_EVENTS,
  refusals: refuse.catalogue,
  models: [orders],
  commands: [],
  queries: [],
})
