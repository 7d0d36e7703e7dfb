import { LIVE, organisationOf } from '#contexts/estate'
import type { Models } from '#journal'
import { type Clock, type Clocks, instant, isSlug, parseInstant } from '#kernel'
import type { Database, Tx } from '#platform/database'
import { CHANNELS, parseAddress, sameAddress, type UpdatesChannel } from './core/address.ts'
import { sayWrong } from './core/say-address.ts'
import { type LinkPurpose, linkHash, type SubscriberKeys } from './keys.ts'
import { holdMark } from './mark.ts'
import { hasStopped } from './stopped.ts'
import { addLinks, findByAddress, insert, type SubscriptionRow } from './store.ts'

export interface TransferOptions {
  readonly database: Database
  readonly models: Models
  readonly clocks: Clocks
  readonly keys: SubscriberKeys
  readonly clock: Clock
}

/** One subscription as a line of JSON: all that another installation needs to go on with it, old links included. */
interface Line {
  readonly exercise?: 'EXERCISE'
  readonly subscription: string
  readonly organisation: string
  readonly channel: UpdatesChannel
  readonly address: string
  readonly services: readonly string[]
  readonly wanted: readonly string[] | null
  readonly askedAt: string
  readonly confirmedAt: string | null
  readonly links: readonly { readonly purpose: LinkPurpose; readonly hash: string }[]
}

const PAGE = 1000

/** Lines of JSON, in order of their ids. Personal data. */
export async function* exportLines(options: TransferOptions, organisation: string | null): AsyncGenerator<string> {
  const { database, keys, models } = options
  for (let last = '00000000-0000-0000-0000-000000000000'; ; ) {
    const rows = await database.query<SubscriptionRow & { links: Line['links'] }>(
      'subscriptions-export',
      `select s.*, coalesce((
         select json_agg(json_build_object('purpose', purpose, 'hash', encode(hash, 'hex')) order by hash)
         from public_site.subscription_link l where l.subscription = s.subscription), '[]') as links
       from public_site.subscription s
       where subscription > $1 and ($2::text is null or organisation = $2) order by subscription limit ${PAGE}`,
      [last, organisation],
    )
    for (const row of rows) {
      const address = keys.open(row.sealed, row.subscription)
      if (address === null) throw new Error(`subscription ${row.subscription} was sealed with another key`)
      const exercise = organisationOf(models, row.organisation)?.world !== LIVE
      const line: Line = {
        ...(exercise ? { exercise: 'EXERCISE' } : {}),
        subscription: row.subscription,
        organisation: row.organisation,
        channel: row.channel,
        address,
        services: row.services,
        wanted: row.wanted,
        askedAt: instant(row.asked_at.getTime()),
        confirmedAt: row.confirmed_at && instant(row.confirmed_at.getTime()),
        links: row.links,
      }
      yield JSON.stringify(line)
    }
    if (rows.length < PAGE) return
    last = rows.at(-1)!.subscription
  }
}

export type Imported =
  | {
      readonly added: number
      readonly known: number
      /** Left out: they have stopped since the file was written. */
      readonly stopped: number
    }
  /** One for each line that cannot be taken; nothing was. */
  | { readonly mistakes: readonly string[] }

/**
 * All or nothing. What is there already stays as it is, but for a confirmation and old links that it lacks; whoever has stopped
 * here since the file was written stays out.
 */
export async function importLines(options: TransferOptions, lines: readonly string[]): Promise<Imported> {
  const read = lines.flatMap((text, place) => (text.trim() === '' ? [] : [readLine(options, text, place + 1)]))
  const mistakes = read.flatMap((one) => ('mistake' in one ? [one.mistake] : []))
  if (mistakes.length > 0) return { mistakes }
  const wanted = read.filter((one): one is Line => !('mistake' in one))
  return options.database.transaction(async (tx) => {
    for (const organisation of new Set(wanted.map((one) => one.organisation).sort()))
      await holdMark(tx, options, organisation)
    const done = { added: 0, known: 0, stopped: 0 }
    for (const line of wanted) done[await take(tx, options, line)] += 1
    return done
  })
}

async function take(tx: Tx, { models, keys }: TransferOptions, line: Line): Promise<'added' | 'known' | 'stopped'> {
  const { organisation, channel, address, services, wanted } = line
  const { world } = organisationOf(models, organisation)!
  const hash = keys.hash('address', `${world}\0${channel}\0${sameAddress(channel, address)}`)
  const confirmedAt = line.confirmedAt === null ? null : new Date(line.confirmedAt)
  const links = line.links.map(({ purpose, hash }) => ({ purpose, hash: Buffer.from(hash, 'hex') }))
  const known = await findByAddress(tx, { organisation, channel, hash })
  // Only with the row in hand: whoever was stopping it has ended by now, and what that left can be seen.
  if (await hasStopped(tx, keys, { organisation, hash }, confirmedAt ?? new Date(line.askedAt))) return 'stopped'
  if (known) {
    if (confirmedAt && !known.confirmed_at) await confirm(tx, models, known.subscription, line, confirmedAt)
    await addLinks(tx, known.subscription, links)
    return 'known'
  }
  // An id that serves another address here would mix up two people.
  const subscription = (await isTaken(tx, line.subscription)) ? crypto.randomUUID() : line.subscription
  const sealed = keys.seal(address, subscription)
  const row = { subscription, organisation, channel, hash, sealed, services, wanted, confirmed_at: null }
  await insert(tx, { ...row, asked_at: new Date(line.askedAt) })
  if (confirmedAt) await confirm(tx, models, subscription, line, confirmedAt)
  const own = (['confirm', 'manage'] as const).map((purpose) => ({
    purpose,
    hash: linkHash(keys.link(purpose, subscription))!,
  }))
  await addLinks(tx, subscription, [...own, ...links])
  return 'added'
}

async function isTaken(tx: Tx, subscription: string): Promise<boolean> {
  const text = 'select 1 from public_site.subscription where subscription = $1'
  return (await tx.query('subscription-taken', text, [subscription])).length > 0
}

async function confirm(tx: Tx, models: Models, subscription: string, line: Line, at: Date): Promise<void> {
  await tx.query(
    'subscription-import-confirm',
    `update public_site.subscription s set confirmed_at = $2, services = $3, wanted = $4, since_entry = $5, told = m.revision
     from public_site.told_mark m where s.subscription = $1 and m.organisation = s.organisation`,
    [subscription, at, line.services, line.wanted, models.position(line.organisation)],
  )
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function readLine({ models }: TransferOptions, text: string, number: number): Line | { readonly mistake: string } {
  const wrong = (what: string) => ({ mistake: `line ${number}: ${what}` })
  let line: Line
  try {
    line = JSON.parse(text)
  } catch {
    return wrong('is not JSON')
  }
  if (typeof line !== 'object' || line === null) return wrong('is not an object')
  const { subscription, organisation, channel, address, services, wanted, askedAt, confirmedAt, links } = line
  if (typeof subscription !== 'string' || !UUID.test(subscription)) return wrong('"subscription" must be a UUID')
  const found = typeof organisation === 'string' ? organisationOf(models, organisation) : null
  if (!found) return wrong('"organisation" is not one that is here. Add it first')
  if ((found.world !== LIVE) !== (line.exercise === 'EXERCISE'))
    return wrong(
      `${organisation} is ${found.world === LIVE ? 'live' : 'part of an exercise'} here, and was not where this comes from`,
    )
  if (!CHANNELS.includes(channel)) return wrong(`"channel" must be one of ${CHANNELS.join(', ')}`)
  const parsed = typeof address === 'string' ? parseAddress(channel, address) : { wrong: null }
  if ('wrong' in parsed) return wrong(`"address" ${parsed.wrong === null ? 'must be text' : sayWrong(parsed.wrong)}`)
  if (!areSlugs(services)) return wrong('"services" must be a list of services')
  if (wanted !== null && !areSlugs(wanted)) return wrong('"wanted" must be a list of services, or null')
  if (!isTime(askedAt)) return wrong('"askedAt" must be a time')
  if (confirmedAt !== null && !isTime(confirmedAt)) return wrong('"confirmedAt" must be a time, or null')
  if (!Array.isArray(links) || !links.every(isLink)) return wrong('"links" must be a list of purposes and hashes')
  return { ...line, address: parsed.address }
}

function areSlugs(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string' && isSlug(one))
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && parseInstant(value) !== null
}

function isLink(value: Partial<Line['links'][number]> | null): boolean {
  return (value?.purpose === 'confirm' || value?.purpose === 'manage') && /^[0-9a-f]{64}$/.test(String(value.hash))
}
