import type { Decider, Decision } from '#kernel'
import type { DeliveryEvent } from './events.ts'
import { refuse } from './refusals.ts'

/** The batches that are stopped. */
export type Orders = ReadonlySet<string>

export const ordersDecider: Decider<Orders, DeliveryEvent> = {
  initial: () => new Set(),
  evolve(state, event) {
    const next = new Set(state)
    if (event.type === 'delivery.stopped') next.add(event.data.batch)
    if (event.type === 'delivery.resumed') next.delete(event.data.batch)
    return next
  },
}

/** What the outbox says of a batch: null where it holds none of that name. `retriable`: what another attempt could take. */
export interface BatchFacts {
  readonly known: boolean
  readonly retriable: number
}

export function stop(state: Orders, batch: string, { known }: BatchFacts): Decision<DeliveryEvent> {
  if (!known) return unknownBatch(batch)
  return state.has(batch) ? [] : [{ type: 'delivery.stopped', v: 1, data: { batch } }]
}

export function resume(state: Orders, batch: string, { known }: BatchFacts): Decision<DeliveryEvent> {
  if (!known) return unknownBatch(batch)
  return state.has(batch) ? [{ type: 'delivery.resumed', v: 1, data: { batch } }] : []
}

export function retry(
  state: Orders,
  input: { batch: string; delivery?: string; unknown?: boolean },
  { known, retriable }: BatchFacts,
): Decision<DeliveryEvent> {
  const { batch, delivery = null, unknown = false } = input
  if (!known) return unknownBatch(batch)
  if (state.has(batch))
    return refuse('batch-stopped', 'Resume them first: whatever failed before can be tried again then.')
  if (retriable === 0)
    return refuse(
      'nothing-to-retry',
      'Nothing of it has failed in a way that another attempt could mend. Addresses that do not work are tried again one by one only, and what may have arrived only when you say so.',
    )
  return [{ type: 'delivery.retried', v: 1, data: { batch, delivery, unknown } }]
}

function unknownBatch(batch: string) {
  return refuse('unknown-batch', `Nothing was ever queued as ${batch}. The page "Messages" lists what was.`)
}
