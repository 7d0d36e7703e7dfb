import type { Content, Outbox, Recipient } from '#contexts/delivery'
import { mainLanguage, ownerOf } from '#contexts/estate'
import type { Millis } from '#kernel'
import type { Tx } from '#platform/database'
import type { OrganisationFacts, StatementFacts } from '../core/facts.ts'
import { CHANNELS, type UpdatesChannel } from './core/address.ts'
import {
  type Change,
  differences,
  type Follower,
  follows,
  type Levels,
  newsFor,
  type Picture,
  settle,
  toldByStatement,
  untold,
} from './core/digest.ts'
import { alsoText, changesContent, changesText, type Sender, statementContent } from './core/messages.ts'
import type { SubscriberKeys } from './keys.ts'
import {
  forgetPictures,
  type Look,
  levelsOf,
  type Mark,
  readPictures,
  saveMark,
  savePicture,
  takeMark,
} from './mark.ts'

export interface TellingOptions {
  readonly outbox: Pick<Outbox, 'enqueue'>
  readonly keys: SubscriberKeys
  /** The address that people see in links, without a slash at its end. */
  readonly url: string
  /** For how long a change must stand before it is told. */
  readonly settling: Millis
  /** Within this, one person gets one message of changes at most. */
  readonly window: Millis
}

/** Rows that are opened, written to and locked at a time. */
const PAGE = 2000

interface Row {
  readonly subscription: string
  readonly channel: UpdatesChannel
  readonly sealed: string
  readonly services: readonly string[]
  readonly told: number
  readonly told_at: Date | null
}

const ROWS = `select subscription, channel, sealed, services, told, told_at from public_site.subscription
  where organisation = $1 and confirmed_at is not null and subscription > $2`
// Whoever stops waits for this, and then takes back what was queued.
const IN_ORDER = `order by subscription limit ${PAGE} for no key update`

/**
 * Tells the subscribers of one organisation what they have not been told, in the caller's transaction: each once, however many
 * processes look. `now` is the real time. How many messages were queued.
 */
export async function tell(tx: Tx, options: TellingOptions, look: Look, now: Millis): Promise<number> {
  const { facts, position } = look
  const organisation = facts.slug
  const before = await takeMark(tx, organisation)
  // Another process has seen more than this one.
  if (!before || position < before.position) return 0
  const telling: Telling = { tx, options, look, now, pictures: await readPictures(tx, organisation) }
  const levels = levelsOf(facts)
  let mark: Mark = before
  let queued = 0
  for (const statement of newStatements(facts.statements, before.position)) {
    const named = namedBy(statement)
    mark = await advance(telling, mark, toldByStatement(mark.picture, levels, named))
    queued += await tellStatement(telling, mark, statement, named)
  }
  mark = await advance(telling, mark, settle(mark.picture, levels, now, options.settling))
  queued += await tellChanges(telling, mark)
  if (mark.revision !== before.revision) await forgetPictures(tx, organisation, mark.revision)
  if (queued > 0 || position > before.position || !sameSettling(mark.picture, before.picture))
    await saveMark(tx, organisation, { ...mark, position })
  return queued
}

interface Telling {
  readonly tx: Tx
  readonly options: TellingOptions
  readonly look: Look
  readonly now: Millis
  /** What was told with each revision that somebody was told last. */
  readonly pictures: Map<number, Levels>
}

/** For residents; of several versions that came at once the newest says it all. */
function newStatements(all: readonly StatementFacts[], after: number): StatementFacts[] {
  const standing = all.filter(
    ({ audience, entry, withdrawnAt, wording }) =>
      audience === 'residents' && entry > after && withdrawnAt === null && wording !== null,
  )
  return [...new Map(standing.map((one) => [one.statement, one])).values()]
}

function namedBy({ services }: StatementFacts): Change[] {
  return services.map(({ id, level }) => ({ service: id.slice(ownerOf(id).length + 1), level }))
}

async function advance({ tx, look, pictures }: Telling, mark: Mark, picture: Picture): Promise<Mark> {
  if (differences(mark.picture.levels, picture.levels).length === 0) return { ...mark, picture }
  const revision = mark.revision + 1
  await savePicture(tx, look.facts.slug, revision, picture.levels)
  pictures.set(revision, picture.levels)
  return { ...mark, revision, picture }
}

async function tellStatement(
  telling: Telling,
  mark: Mark,
  statement: StatementFacts,
  named: readonly Change[],
): Promise<number> {
  const { tx, look } = telling
  const { facts, at } = look
  const known = new Set(named.map(({ service }) => service))
  const batch = `${facts.slug}/statements/${statement.statement}`
  const also = remembered((row: Row) => {
    const changes = untold(followerOf(telling, mark, row), mark.picture).filter(({ service }) => !known.has(service))
    return alsoText(row.channel, facts, changes, at)
  })
  let queued = 0
  for (let last: string | null = NONE; last !== null; ) {
    const rows: Row[] = await tx.query<Row>(
      'tell-statement',
      `${ROWS} and since_entry < $3 and (services = '{}' or services && $4) ${IN_ORDER}`,
      [facts.slug, last, statement.entry, [...known]],
    )
    queued += await enqueue(telling, `${batch}/v${statement.version}`, batch, rows, {
      content: (channel, sender) => statementContent(channel, sender, statement)!,
      fields: (row) => ({ also: also(row) }),
    })
    await markTold(telling, mark, rows)
    last = nextAfter(rows)
  }
  return queued
}

async function tellChanges(telling: Telling, mark: Mark): Promise<number> {
  const { tx, options, look, now } = telling
  const { facts, at } = look
  const news = remembered((row: Row) =>
    newsFor(followerOf(telling, mark, row), mark.picture, now, options.window).filter((one) => isThere(facts, one)),
  )
  const isCurrent = remembered((row: Row) => {
    const follower = followerOf(telling, mark, row)
    return !differences(follower.told, mark.picture.levels).some(
      (one) => follows(follower, one.service) && isThere(facts, one),
    )
  })
  const text = remembered((row: Row) => changesText(row.channel, facts, news(row), at))
  const message = `${facts.slug}/changes/${mark.revision}`
  let queued = 0
  for (let last: string | null = NONE; last !== null; ) {
    const rows: Row[] = await tx.query<Row>(
      'tell-changes',
      `${ROWS} and told < $3 and (told_at is null or told_at <= $4 or told_at > $5) ${IN_ORDER}`,
      [facts.slug, last, mark.revision, new Date(now - options.window), new Date(now)],
    )
    const concerned = rows.filter((row) => news(row).length > 0)
    queued += await enqueue(telling, message, message, concerned, {
      content: changesContent,
      fields: (row) => ({ changes: text(row) }),
    })
    await markTold(telling, mark, concerned)
    await markTold(telling, mark, rows.filter(isCurrent), false)
    last = nextAfter(rows)
  }
  return queued
}

/** Of a service that was retired there is no news. */
function isThere({ services }: OrganisationFacts, { service }: Change): boolean {
  return services.some(({ slug }) => slug === service)
}

const NONE = '00000000-0000-0000-0000-000000000000'

function nextAfter(rows: readonly Row[]): string | null {
  return rows.length === PAGE ? rows.at(-1)!.subscription : null
}

/** Whose last picture is not known any more counts as up to date. */
function followerOf({ pictures }: Telling, { picture }: Mark, { services, told, told_at }: Row): Follower {
  return { services, told: pictures.get(told) ?? picture.levels, toldAt: told_at?.getTime() ?? null }
}

/** Most followers were told the same, of the same services, in the same way. */
function remembered<T>(of: (row: Row) => T): (row: Row) => T {
  const known = new Map<string, T>()
  return (row) => {
    const key = `${row.channel} ${row.told} ${row.services.join()}`
    if (!known.has(key)) known.set(key, of(row))
    return known.get(key)!
  }
}

async function enqueue(
  { tx, options, look }: Telling,
  message: string,
  batch: string,
  rows: readonly Row[],
  made: {
    content(channel: UpdatesChannel, sender: Sender): Content
    fields(row: Row): Record<string, string>
  },
): Promise<number> {
  const { outbox, keys, url } = options
  const { slug, name } = look.facts
  const language = mainLanguage(look.facts)
  let queued = 0
  for (const channel of CHANNELS) {
    const recipients: Recipient[] = rows
      .filter((row) => row.channel === channel)
      .flatMap((row) => {
        const address = keys.open(row.sealed, row.subscription)
        const fields = { ...made.fields(row), manage: keys.link('manage', row.subscription) }
        return address === null ? [] : [{ person: row.subscription, address, fields }]
      })
    if (recipients.length === 0) continue
    const content = made.content(channel, { slug, name, url, language })
    queued += await outbox.enqueue(tx, { message, batch, organisation: slug, channel, content, recipients })
  }
  return queued
}

async function markTold({ tx, now }: Telling, mark: Mark, rows: readonly Row[], written = true): Promise<void> {
  if (rows.length === 0) return
  await tx.query(
    'tell-mark',
    `update public_site.subscription set told = $2, told_at = coalesce($3, told_at)
     where subscription = any ($1)`,
    [rows.map(({ subscription }) => subscription), mark.revision, written ? new Date(now) : null],
  )
}

function sameSettling(one: Picture, other: Picture): boolean {
  const key = ({ settling }: Picture) => JSON.stringify(Object.entries(settling).toSorted())
  return key(one) === key(other)
}
