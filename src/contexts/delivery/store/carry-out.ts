import type { Database, Tx } from '#platform/database'
import type { Order } from '../projections/orders.ts'
import { QUEUED } from './enqueue.ts'

/** What another attempt could mend. */
export const MENDABLE = `(d.sealed is not null and d.state = 'failed' and d.failure is distinct from 'permanent')`

/** What may have arrived, and is sent again only where somebody says so. */
export const UNSURE = `(d.sealed is not null
  and (d.state = 'unknown' and d.ended_at is not null or d.state = 'stopped' and d.reason = 'restored'))`

/** What can be tried again where it alone is named. */
export const RETRIABLE_ALONE = `(d.sealed is not null and d.state = 'failed')`

/** Which deliveries of a batch can be tried again; `$3` one delivery or null, `$4` whether also those that may have arrived. */
export const RETRIABLE = `d.organisation = $1 and d.batch = $2
  and ($3::uuid is null or d.delivery = $3)
  and (${MENDABLE} or $3::uuid is not null and ${RETRIABLE_ALONE} or $4 and ${UNSURE})`

/** Carries out what has been ordered of an organisation's batches: each order once, in order, by whichever process is first. */
export async function carryOut(database: Database, organisation: string, given: readonly Order[]): Promise<void> {
  const last = given.at(-1)
  if (!last) return
  const [known] = await database.query<{ number: number }>(
    'delivery-carried-out',
    'select number from delivery.carried_out where organisation = $1',
    [organisation],
  )
  if (known && known.number >= last.number) return
  await database.transaction(async (tx) => {
    await tx.query(
      'delivery-begin-orders',
      'insert into delivery.carried_out (organisation, number) values ($1, 0) on conflict do nothing',
      [organisation],
    )
    const [row] = await tx.query<{ number: number }>(
      'delivery-lock-orders',
      'select number from delivery.carried_out where organisation = $1 for update',
      [organisation],
    )
    const open = given.filter((order) => order.number > row!.number)
    for (const order of open) await WORK[order.does](tx, organisation, order)
    if (open.length > 0)
      await tx.query('delivery-end-orders', 'update delivery.carried_out set number = $2 where organisation = $1', [
        organisation,
        last.number,
      ])
  })
}

const WORK: Record<Order['does'], (tx: Tx, organisation: string, order: Order) => Promise<unknown>> = {
  /** Also what a process has claimed: its intent finds it stopped. */
  stop: (tx, organisation, { batch }) =>
    tx.query(
      'delivery-stop',
      `with waiting as (
         select delivery from delivery.delivery
         where organisation = $1 and batch = $2 and state = 'waiting' order by delivery for update
       )
       update delivery.delivery d set state = 'stopped', reason = 'stopped', lease = null, lease_until = null
       from waiting where d.delivery = waiting.delivery`,
      [organisation, batch],
    ),
  async resume(tx, organisation, { batch }) {
    await tx.query(
      'delivery-resume',
      `with held as (
         select delivery from delivery.delivery
         where organisation = $1 and batch = $2 and state = 'stopped' and reason = 'stopped' order by delivery for update
       )
       update delivery.delivery d set state = 'waiting', reason = null, due_at = clock_timestamp()
       from held where d.delivery = held.delivery`,
      [organisation, batch],
    )
    await rouse(tx)
  },
  async retry(tx, organisation, { batch, delivery, unknown }) {
    await tx.query(
      'delivery-retry',
      `with again as (select delivery from delivery.delivery d where ${RETRIABLE} order by delivery for update)
       update delivery.delivery d set state = 'waiting', reason = null, failure = null, attempts = 0,
         due_at = clock_timestamp(), queued_at = clock_timestamp(), lease = null, lease_until = null, answer = null,
         look_at = null, looks = 0, ended_at = null, telling_until = null, told_at = null
       from again where d.delivery = again.delivery`,
      [organisation, batch, delivery, unknown],
    )
    await rouse(tx)
  },
}

function rouse(tx: Tx): Promise<unknown> {
  return tx.query('delivery-notify', 'select pg_notify($1, $2)', [QUEUED, ''])
}
