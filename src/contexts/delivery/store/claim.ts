import { randomUUID } from 'node:crypto'
import type { Millis } from '#kernel'
import type { Database, Tx } from '#platform/database'
import { type Bucket, filled, nextToken, type Rate } from '../core/bucket.ts'
import { leaseEnd } from '../core/life.ts'
import type { Channel } from '../outbox.ts'
import { COLUMNS, type DeliveryRow } from './rows.ts'

export interface Asked {
  readonly channel: Channel
  readonly provider: string
  readonly rate: Rate
  /** Under way at once at most, over all processes. */
  readonly atOnce: number
  /** As many as this process can take. */
  readonly free: number
  /** Batches that are stopped, as `organisation batch` pairs. */
  readonly stopped: readonly (readonly [organisation: string, batch: string])[]
  readonly now?: Date | null
}

export interface Claimed {
  readonly rows: readonly (DeliveryRow & { lease: string })[]
  /** How long nothing more can be had, as far as the rate says. */
  readonly wait: Millis
}

interface Standing extends Bucket {
  readonly now: Millis
  readonly closedUntil: Millis
}

/**
 * Takes what is due and as much of it as rate and room allow. The bucket's row is locked meanwhile, so that all processes
 * together keep to one rate and one number at once, whoever of them comes or goes.
 */
export function claim(database: Database, asked: Asked): Promise<Claimed> {
  const { provider, rate } = asked
  return database.transaction(async (tx) => {
    const standing = await bucketOf(tx, provider, rate, asked.now ?? null)
    const { now, closedUntil } = standing
    if (closedUntil > now) return { rows: [], wait: closedUntil - now }
    const full = filled(standing, rate, now)
    const under = await underWay(tx, asked.channel, now)
    const most = Math.min(Math.floor(full.tokens), asked.free, asked.atOnce - under)
    const rows = most > 0 ? await take(tx, asked, most, now) : []
    const left = { ...full, tokens: full.tokens - rows.length }
    if (rows.length > 0) await keep(tx, provider, left)
    return { rows, wait: nextToken(left, rate) }
  })
}

/** Takes tokens alone, for questions to the provider. */
export function takeTokens(
  database: Database,
  { provider, rate, most, now = null }: { provider: string; rate: Rate; most: number; now?: Date | null },
): Promise<number> {
  return database.transaction(async (tx) => {
    const standing = await bucketOf(tx, provider, rate, now)
    if (standing.closedUntil > standing.now) return 0
    const full = filled(standing, rate, standing.now)
    const taken = Math.max(0, Math.min(most, Math.floor(full.tokens)))
    await keep(tx, provider, { ...full, tokens: full.tokens - taken })
    return taken
  })
}

/** For all processes: this provider takes nothing until then. */
export async function closeUntil(
  database: Database,
  provider: string,
  { pause, because, now = null }: { pause: Millis; because: string; now?: Date | null },
): Promise<void> {
  await database.query(
    'delivery-close',
    `update delivery.bucket set closed_because = $3,
       closed_until = greatest(closed_until, coalesce($4, clock_timestamp()) + $2 * interval '1 millisecond')
     where provider = $1`,
    [provider, pause, because, now],
  )
}

async function bucketOf(tx: Tx, provider: string, rate: Rate, now: Date | null): Promise<Standing> {
  const select = async () =>
    (
      await tx.query<{ tokens: number; filled_at: Date; closed_until: Date | null; now: Date }>(
        'delivery-bucket',
        `select tokens, filled_at, closed_until, coalesce($2, clock_timestamp()) as now
         from delivery.bucket where provider = $1 for update`,
        [provider, now],
      )
    )[0]
  let row = await select()
  if (!row) {
    await tx.query(
      'delivery-new-bucket',
      `insert into delivery.bucket (provider, tokens, filled_at) values ($1, $2, coalesce($3, clock_timestamp()))
       on conflict do nothing`,
      [provider, rate.burst, now],
    )
    row = await select()
  }
  return {
    tokens: row!.tokens,
    filledAt: row!.filled_at.getTime(),
    closedUntil: row!.closed_until?.getTime() ?? 0,
    now: row!.now.getTime(),
  }
}

async function keep(tx: Tx, provider: string, { tokens, filledAt }: Bucket): Promise<void> {
  await tx.query('delivery-keep', 'update delivery.bucket set tokens = $2, filled_at = $3 where provider = $1', [
    provider,
    tokens,
    new Date(filledAt),
  ])
}

async function underWay(tx: Tx, channel: Channel, now: Millis): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    'delivery-under-way',
    'select count(*)::integer as count from delivery.delivery where lease is not null and channel = $1 and lease_until > $2',
    [channel, new Date(now)],
  )
  return row!.count
}

async function take(tx: Tx, { channel, stopped }: Asked, most: number, now: Millis): Promise<Claimed['rows']> {
  return tx.query(
    'delivery-claim',
    `with picked as (
       select delivery from delivery.delivery
       where channel = $1 and state = 'waiting' and due_at <= $2 and (lease is null or lease_until <= $2)
         and (organisation, batch) not in (select * from unnest($3::text[], $4::text[]))
       order by due_at limit $5 for update skip locked
     )
     update delivery.delivery d set lease = $6, lease_until = $7 from picked where d.delivery = picked.delivery
     returning ${COLUMNS}`,
    [
      channel,
      new Date(now),
      stopped.map(([organisation]) => organisation),
      stopped.map(([, batch]) => batch),
      most,
      randomUUID(),
      new Date(leaseEnd(now)),
    ],
  )
}
