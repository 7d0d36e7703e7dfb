import { randomUUID } from 'node:crypto'
import type { Outbox } from '#contexts/delivery'
import { mainLanguage, type Organisation, organisationOf, type World } from '#contexts/estate'
import type { Models } from '#journal'
import { type Clock, type Clocks, type Millis, uuidv7 } from '#kernel'
import type { Database, Tx } from '#platform/database'
import { sameAddress, type UpdatesChannel } from './core/address.ts'
import { confirmContent } from './core/messages.ts'
import { linkHash, type SubscriberKeys } from './keys.ts'
import { FROM_ONE_ADDRESS, forgetOldTries, mayTry, TO_ONE_RECIPIENT } from './limits.ts'
import { holdMark } from './mark.ts'
import { markStopped } from './stopped.ts'
import { addLinks, findByAddress, findByLink, insert, remove, removeByAddress, type SubscriptionRow } from './store.ts'

/** How long a link to confirm works: then what was not confirmed is deleted. */
const CONFIRM_WITHIN: Millis = 3 * 86_400_000

export interface SubscribersOptions {
  readonly database: Database
  readonly models: Models
  readonly clocks: Clocks
  readonly outbox: Outbox
  readonly keys: SubscriberKeys
  /** The address that people see in links, without a slash at its end. */
  readonly url: string
  /** The real time: somebody's patience is as short in an exercise as it is elsewhere. */
  readonly clock: Clock
}

export interface Asked {
  readonly organisation: string
  readonly channel: UpdatesChannel
  /** In its one form. */
  readonly address: string
  readonly services: readonly string[]
  /** Who asks, for limits on attempts. */
  readonly from: string
}

export interface Subscription extends SubscriptionRow {
  readonly address: string
}

export interface Subscribers {
  /** Sends a link to confirm, unless this address was sent too many. False: too many ask from there. */
  ask(asked: Asked): Promise<boolean>
  /** Of a browser, which has asked its owner already. The secret of its link; null: too many ask from there. */
  subscribeBrowser(asked: Asked): Promise<string | null>
  /** What a link to confirm is about, as long as it works. */
  toConfirm(token: string): Promise<Subscription | null>
  /** The subscription as it is from now on, with the secret of the link that manages it. */
  confirm(token: string): Promise<{ readonly subscription: Subscription; readonly manage: string } | null>
  find(manage: string): Promise<Subscription | null>
  change(manage: string, services: readonly string[]): Promise<boolean>
  /** The same whether or not there was anything to stop. */
  stop(manage: string): Promise<void>
  /** Every subscription of the same address in the same world. False where the link leads to nothing. */
  eraseAll(manage: string): Promise<boolean>
  /** For who asks by letter or telephone: in every world. How many subscriptions went. */
  eraseAddress(channel: UpdatesChannel, address: string): Promise<number>
  /** By its id, as outcomes name it. */
  end(subscription: string): Promise<void>
  /** Deletes what nobody confirmed. */
  forgetUnconfirmed(): Promise<number>
}

export function createSubscribers(options: SubscribersOptions): Subscribers {
  const { database, models, outbox, keys, url, clock } = options

  const hashOf = (world: World, channel: UpdatesChannel, address: string) =>
    keys.hash('address', `${world}\0${channel}\0${sameAddress(channel, address)}`)
  const worldOf = (organisation: string) => whole(organisationOf(models, organisation), organisation)

  function opened(row: SubscriptionRow | null): Subscription | null {
    const address = row && keys.open(row.sealed, row.subscription)
    return row && address !== null ? { ...row, address } : null
  }

  const mayAskFrom = (tx: Tx, from: string, now: Millis) => mayTry(tx, keys.hash('from', from), FROM_ONE_ADDRESS, now)

  /** The row of this address, made where there is none. */
  async function rowFor(tx: Tx, asked: Asked, hash: Buffer, now: Millis): Promise<SubscriptionRow> {
    const { organisation, channel, address, services } = asked
    for (;;) {
      const known = await findByAddress(tx, { organisation, channel, hash })
      if (known) {
        await tx.query(
          'subscription-ask-again',
          'update public_site.subscription set wanted = $2, asked_at = $3, sealed = $4 where subscription = $1',
          [known.subscription, services, new Date(now), keys.seal(address, known.subscription)],
        )
        return known
      }
      const subscription = randomUUID()
      const sealed = keys.seal(address, subscription)
      const row = { subscription, organisation, channel, sealed, services: [], wanted: services }
      const made = { ...row, asked_at: new Date(now), confirmed_at: null }
      if (!(await insert(tx, { ...made, hash }))) continue
      await addLinks(
        tx,
        subscription,
        (['confirm', 'manage'] as const).map((purpose) => ({
          purpose,
          hash: linkHash(keys.link(purpose, subscription))!,
        })),
      )
      return { ...made, address_hash: hash }
    }
  }

  /** From now on, what was wanted is what is sent: beside what was confirmed before. */
  async function makeSo(tx: Tx, row: SubscriptionRow, now: Millis): Promise<SubscriptionRow> {
    const services = joined(row)
    await tx.query(
      'subscription-confirm',
      `update public_site.subscription s set services = $2, wanted = null, confirmed_at = coalesce(confirmed_at, $3),
         since_entry = case when confirmed_at is null then $4 else since_entry end,
         told = case when confirmed_at is null then m.revision else told end
       from public_site.told_mark m where s.subscription = $1 and m.organisation = s.organisation`,
      [row.subscription, services, new Date(now), models.position(row.organisation)],
    )
    return { ...row, services, wanted: null, confirmed_at: row.confirmed_at ?? new Date(now) }
  }

  const works = ({ wanted, asked_at }: SubscriptionRow) =>
    wanted !== null && clock.now() - asked_at.getTime() < CONFIRM_WITHIN

  async function eraseRows(tx: Tx, hashes: readonly Buffer[]): Promise<number> {
    const gone = await removeByAddress(tx, hashes)
    // Only then: whoever was telling them has ended by now, and what was queued can be seen.
    for (const subscription of gone) await outbox.erase(tx, subscription)
    await markStopped(
      tx,
      keys,
      hashes.map((hash) => ({ organisation: null, hash })),
      clock.now(),
    )
    const tries = hashes.map((hash) => keys.hash('to', hash.toString('hex')))
    await tx.query('subscription-tries-erase', 'delete from public_site.subscription_attempt where what = any ($1)', [
      tries,
    ])
    return gone.length
  }

  async function endIn(tx: Tx, subscription: string): Promise<void> {
    const gone = await remove(tx, subscription)
    if (!gone) return
    await markStopped(tx, keys, [{ organisation: gone.organisation, hash: gone.address_hash }], clock.now())
    await outbox.erase(tx, subscription)
  }

  return {
    ask: (asked) =>
      database.transaction(async (tx) => {
        const now = clock.now()
        if (!(await mayAskFrom(tx, asked.from, now))) return false
        await forgetOldTries(tx, now)
        const { organisation, channel, address } = asked
        const { world, name, languages } = worldOf(organisation)
        const hash = hashOf(world, channel, address)
        if (!(await mayTry(tx, keys.hash('to', hash.toString('hex')), TO_ONE_RECIPIENT, now))) return true
        const { subscription } = await rowFor(tx, asked, hash, now)
        const fields = { confirm: keys.link('confirm', subscription), manage: keys.link('manage', subscription) }
        await outbox.enqueue(tx, {
          message: `${organisation}/confirmations/${uuidv7()}`,
          batch: `${organisation}/confirmations/${new Date(now).toISOString().slice(0, 10)}`,
          organisation,
          channel,
          content: confirmContent(channel, { slug: organisation, name, url, language: mainLanguage({ languages }) }),
          recipients: [{ person: subscription, address, fields }],
        })
        return true
      }),
    subscribeBrowser: (asked) =>
      database.transaction(async (tx) => {
        const now = clock.now()
        if (!(await mayAskFrom(tx, asked.from, now))) return null
        const { world } = worldOf(asked.organisation)
        await holdMark(tx, options, asked.organisation)
        const hash = hashOf(world, asked.channel, asked.address)
        const row = await rowFor(tx, asked, hash, now)
        await makeSo(tx, { ...row, wanted: asked.services }, now)
        return keys.link('manage', row.subscription)
      }),
    async toConfirm(token) {
      const row = await findByLink(database, 'confirm', token)
      return row && (works(row) || row.confirmed_at !== null) ? opened(row) : null
    },
    confirm: (token) =>
      database.transaction(async (tx) => {
        const seen = await findByLink(tx, 'confirm', token)
        if (!seen) return null
        await holdMark(tx, options, seen.organisation)
        const { organisation, channel, address_hash: hash } = seen
        const row = await findByAddress(tx, { organisation, channel, hash })
        if (!row || !(works(row) || row.confirmed_at !== null)) return null
        const subscription = opened(works(row) ? await makeSo(tx, row, clock.now()) : row)
        return subscription && { subscription, manage: keys.link('manage', row.subscription) }
      }),
    find: async (manage) => opened(await confirmed(findByLink(database, 'manage', manage))),
    async change(manage, services) {
      const row = await confirmed(findByLink(database, 'manage', manage))
      if (!row) return false
      const text = 'update public_site.subscription set services = $2 where subscription = $1 returning 1'
      return (await database.query('subscription-change', text, [row.subscription, services])).length > 0
    },
    stop: (manage) =>
      database.transaction(async (tx) => {
        const row = await findByLink(tx, 'manage', manage)
        if (row) await endIn(tx, row.subscription)
      }),
    eraseAll: (manage) =>
      database.transaction(async (tx) => {
        const row = await findByLink(tx, 'manage', manage)
        return row !== null && (await eraseRows(tx, [row.address_hash])) > 0
      }),
    eraseAddress: (channel, address) =>
      database.transaction((tx) => {
        const worlds = new Set(models.organisations().flatMap((one) => organisationOf(models, one)?.world ?? []))
        return eraseRows(
          tx,
          [...worlds].map((world) => hashOf(world, channel, address)),
        )
      }),
    end: (subscription) => database.transaction((tx) => endIn(tx, subscription)),
    forgetUnconfirmed: () =>
      database.transaction(async (tx) => {
        const before = new Date(clock.now() - CONFIRM_WITHIN)
        const gone = await tx.query<{ subscription: string }>(
          'subscription-forget',
          `delete from public_site.subscription where confirmed_at is null and wanted is not null and asked_at < $1
           returning subscription`,
          [before],
        )
        for (const { subscription } of gone) await outbox.erase(tx, subscription)
        await tx.query(
          'subscription-forget-wanted',
          'update public_site.subscription set wanted = null where wanted is not null and asked_at < $1',
          [before],
        )
        return gone.length
      }),
  }
}

async function confirmed(found: Promise<SubscriptionRow | null>): Promise<SubscriptionRow | null> {
  const row = await found
  return row?.confirmed_at ? row : null
}

/** What will be sent once this is confirmed; everything takes in each service. */
export function joined({ services, wanted, confirmed_at }: SubscriptionRow): readonly string[] {
  if (wanted === null) return services
  if (confirmed_at === null || wanted.length === 0) return wanted
  return services.length === 0 ? services : [...new Set([...services, ...wanted])].sort()
}

function whole(found: Organisation | null, organisation: string): Organisation {
  if (!found) throw new Error(`${organisation} is not an organisation here`)
  return found
}
