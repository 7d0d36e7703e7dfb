import { type Carrier, isAnswer } from '../channels/channel.ts'
import { type Answer, answered, intend, type Policy, release } from '../core/life.ts'
import type { Changes } from '../store/changes.ts'
import type { Claimed } from '../store/claim.ts'
import type { DeliveryRow } from '../store/rows.ts'
import type { Opened } from './open.ts'

export interface Delivering {
  readonly carrier: Carrier
  readonly changes: Changes
  /** What is to be sent to whom; an answer where it cannot be. */
  open(row: DeliveryRow): Promise<Opened | Answer>
  policyOf(row: DeliveryRow): Policy
  /** Whether nothing more is to be begun here. */
  ending(): boolean
}

/**
 * One claimed delivery to its answer. The intent is committed before the hand-over: whatever happens in between, nobody
 * sends it a second time without knowing. Null where it was given back or taken by somebody else.
 */
export async function deliver(row: Claimed['rows'][number], context: Delivering): Promise<Answer | null> {
  const { carrier, changes, open, policyOf, ending } = context
  const { delivery, lease } = row
  const stopped = () => policyOf(row).stopped
  const record = async (answer: Answer) => {
    await changes.one(delivery, (life, now) => answered(life, lease, answer, policyOf(row), now))
    return answer
  }
  const giveBack = async () => {
    await changes.one(delivery, (life) => release(life, lease))
    return null
  }

  if (stopped()) return record({ kind: 'held' })
  const opened = await open(row)
  if ('kind' in opened) return record(opened)
  const ready = await carrier.prepare(opened).catch((): Answer => ({ kind: 'temporary', answer: 'not-prepared' }))
  if (isAnswer(ready)) return record(ready)
  if (ending() || stopped()) {
    ready.drop()
    return ending() ? giveBack() : record({ kind: 'held' })
  }
  const mine = await changes
    .one(delivery, (life, now) => (policyOf(row).stopped ? null : intend(life, lease, carrier.provider, now)))
    .catch((error: unknown) => {
      ready.drop()
      throw error
    })
  if (!mine) {
    ready.drop()
    return stopped() ? record({ kind: 'held' }) : null
  }
  if (stopped()) {
    ready.drop()
    return record({ kind: 'held' })
  }
  return record(await ready.handOver())
}
