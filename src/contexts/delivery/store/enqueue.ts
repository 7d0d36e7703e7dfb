import { setImmediate as nextTurn } from 'node:timers/promises'
import { uuidv7 } from '#kernel'
import { binaryArray, type Tx } from '#platform/database'
import type { Sealing } from '#platform/sealing'
import { fieldsOf } from '../core/fill-in.ts'
import type { Batch, DeliveryState, Recipient } from '../outbox.ts'

/** Rows of one statement: sealing them holds the event loop for a few milliseconds. */
const CHUNK = 250
export const QUEUED = 'delivery_queued'

/** How new deliveries of a batch begin: stopped at once, where nothing of it is to leave. */
export interface Beginning {
  readonly exercise: boolean
  readonly state: Extract<DeliveryState, 'waiting' | 'stopped'>
  readonly reason: string | null
  /** That it is stopped is the last word. */
  readonly ended: boolean
}

/** Queues in the caller's transaction; whoever has been queued before for this message and channel is left as is. */
export async function enqueue(tx: Tx, sealing: Sealing, batch: Batch, begins: Beginning): Promise<number> {
  const { message, organisation, channel, content, recipients } = batch
  const needed = fieldsOf(content)
  for (const { fields = {} } of recipients)
    for (const name of needed)
      if (!Object.hasOwn(fields, name))
        throw new Error(`${message} asks for the field ${name}, which a recipient lacks`)
  const id = uuidv7()
  await tx.query(
    'delivery-content',
    `insert into delivery.content (content, organisation, batch, message, channel, exercise, queued_at, sealed)
     values ($1, $2, $3, $4, $5, $6, clock_timestamp(), $7)`,
    [id, organisation, batch.batch, message, channel, begins.exercise, sealing.seal(JSON.stringify(content), id)],
  )
  let fresh = 0
  for (let from = 0; from < recipients.length; from += CHUNK) {
    fresh += await enqueueSome(tx, sealing, batch, id, begins, recipients.slice(from, from + CHUNK))
    await nextTurn()
  }
  if (fresh === 0) await tx.query('delivery-no-content', 'delete from delivery.content where content = $1', [id])
  else await tx.query('delivery-notify', 'select pg_notify($1, $2)', [QUEUED, channel])
  return fresh
}

async function enqueueSome(
  tx: Tx,
  sealing: Sealing,
  batch: Batch,
  content: string,
  { state, reason, ended }: Beginning,
  recipients: readonly Recipient[],
): Promise<number> {
  const ids = recipients.map(() => uuidv7())
  const sealed = recipients.map(({ address, fields = {} }, place) =>
    sealing.seal(JSON.stringify([address, fields]), ids[place]!),
  )
  const [row] = await tx.query<{ fresh: number }>(
    'delivery-enqueue',
    `with fresh as (
       insert into delivery.delivery
         (delivery, person, sealed, organisation, message, channel, batch, content, state, reason, queued_at, due_at, ended_at)
       select one.delivery, one.person, one.sealed, $4, $5, $6, $7, $8, $9, $10, clock.now, clock.now,
         case when $11 then clock.now end
       from unnest($1::text[]::uuid[], $2::text[], $3::bytea[]) as one (delivery, person, sealed),
         (select clock_timestamp() as now) as clock
       on conflict do nothing
       returning 1
     )
     select count(*)::integer as fresh from fresh`,
    [
      binaryArray.text(ids),
      binaryArray.text(recipients.map(({ person }) => person)),
      binaryArray.bytea(sealed),
      batch.organisation,
      batch.message,
      batch.channel,
      batch.batch,
      content,
      state,
      reason,
      ended,
    ],
  )
  return row!.fresh
}
