import { timingSafeEqual } from 'node:crypto'
import type { Tx } from '#platform/database'
import type { UpdatesChannel } from './core/address.ts'
import { type LinkPurpose, linkHash } from './keys.ts'

export interface SubscriptionRow {
  readonly subscription: string
  readonly organisation: string
  readonly channel: UpdatesChannel
  readonly address_hash: Buffer
  readonly sealed: string
  /** Empty: whatever the organisation says. */
  readonly services: readonly string[]
  /** Asked for and not confirmed yet. */
  readonly wanted: readonly string[] | null
  readonly asked_at: Date
  readonly confirmed_at: Date | null
}

const COLUMNS = 'subscription, organisation, channel, address_hash, sealed, services, wanted, asked_at, confirmed_at'

/** By the secret of a link that was sent to it. */
export async function findByLink(tx: Tx, purpose: LinkPurpose, token: string): Promise<SubscriptionRow | null> {
  const hash = linkHash(token)
  if (!hash) return null
  const [found] = await tx.query<SubscriptionRow & { hash: Buffer }>(
    'subscription-by-link',
    `select hash, ${COLUMNS} from public_site.subscription_link join public_site.subscription using (subscription)
     where hash = $1 and purpose = $2`,
    [hash, purpose],
  )
  if (!found || !timingSafeEqual(found.hash, hash)) return null
  const { hash: _, ...row } = found
  return row
}

export async function findByAddress(
  tx: Tx,
  key: { readonly organisation: string; readonly channel: UpdatesChannel; readonly hash: Buffer },
): Promise<SubscriptionRow | null> {
  const [row] = await tx.query<SubscriptionRow>(
    'subscription-by-address',
    `select ${COLUMNS} from public_site.subscription
     where organisation = $1 and channel = $2 and address_hash = $3 for update`,
    [key.organisation, key.channel, key.hash],
  )
  return row ?? null
}

/** False where somebody else was first with the same address. */
export async function insert(
  tx: Tx,
  row: Omit<SubscriptionRow, 'address_hash'> & { readonly hash: Buffer },
): Promise<boolean> {
  const { subscription, organisation, channel, hash, sealed, services, wanted, asked_at, confirmed_at } = row
  const made = await tx.query(
    'subscription-insert',
    `insert into public_site.subscription
       (subscription, organisation, channel, address_hash, sealed, services, wanted, asked_at, confirmed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (organisation, channel, address_hash) do nothing returning 1`,
    [subscription, organisation, channel, hash, sealed, services, wanted, asked_at, confirmed_at],
  )
  return made.length > 0
}

export async function addLinks(
  tx: Tx,
  subscription: string,
  links: readonly { readonly purpose: LinkPurpose; readonly hash: Buffer }[],
): Promise<void> {
  if (links.length === 0) return
  await tx.query(
    'subscription-links',
    `insert into public_site.subscription_link (hash, purpose, subscription)
     select hash, purpose, $3 from unnest($1::bytea[], $2::text[]) as one (hash, purpose) on conflict do nothing`,
    [links.map(({ hash }) => hash), links.map(({ purpose }) => purpose), subscription],
  )
}

/** The rows that went, with all their links. */
export async function removeByAddress(tx: Tx, hashes: readonly Buffer[]): Promise<string[]> {
  const rows = await tx.query<{ subscription: string }>(
    'subscription-remove-address',
    'delete from public_site.subscription where address_hash = any ($1) returning subscription',
    [hashes],
  )
  return rows.map(({ subscription }) => subscription)
}

/** What went; null where there was nothing. */
export async function remove(
  tx: Tx,
  subscription: string,
): Promise<Pick<SubscriptionRow, 'organisation' | 'address_hash'> | null> {
  const [gone] = await tx.query<Pick<SubscriptionRow, 'organisation' | 'address_hash'>>(
    'subscription-remove',
    'delete from public_site.subscription where subscription = $1 returning organisation, address_hash',
    [subscription],
  )
  return gone ?? null
}
