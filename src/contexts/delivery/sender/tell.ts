import type { Database } from '#platform/database'
import type { Channel, DeliveryState, Outcome } from '../outbox.ts'

type Hear = (outcome: Outcome) => void | Promise<void>

interface Ended {
  readonly delivery: string
  readonly message: string
  readonly person: string
  readonly channel: Channel
  readonly organisation: string
  readonly state: DeliveryState
  readonly failure: Outcome['failure']
  readonly ended_at: Date
}

const MOST = 200

/** Tells what has ended to whoever hears it: one process takes each, and only what it dies over is told again. */
export async function tellOutcomes(
  database: Database,
  hearers: readonly Hear[],
  failed: (error: unknown) => void,
): Promise<number> {
  if (hearers.length === 0) return 0
  const ended = await database.query<Ended>(
    'delivery-tell',
    `with picked as (
       select delivery from delivery.delivery
       where ended_at is not null and told_at is null
         and (telling_until is null or telling_until < clock_timestamp())
       order by ended_at limit $1 for update skip locked
     )
     update delivery.delivery d set telling_until = clock_timestamp() + interval '5 minutes'
     from picked where d.delivery = picked.delivery
     returning d.delivery, d.message, d.person, d.channel, d.organisation, d.state, d.failure, d.ended_at`,
    [MOST],
  )
  for (const { ended_at: at, delivery: _delivery, ...rest } of ended) {
    for (const hear of hearers) {
      try {
        await hear({ ...rest, at })
      } catch (error) {
        failed(error)
      }
    }
  }
  if (ended.length > 0)
    await database.query(
      'delivery-told',
      'update delivery.delivery set told_at = clock_timestamp() where delivery = any ($1::uuid[])',
      [ended.map(({ delivery }) => delivery)],
    )
  return ended.length
}
