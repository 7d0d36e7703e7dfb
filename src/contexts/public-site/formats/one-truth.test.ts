import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import ICAL from 'ical.js'
import { type RandomHistory, randomHistory } from '#test/random-history'
import { countsOf } from '../core/facts.ts'
import { encode } from '../publication/document.ts'
import { organisationDocuments } from '../publication/render.ts'

/** What a format tells; what it has no place for is absent. */
interface Telling {
  readonly revision?: number
  readonly counts?: { readonly stopped: number; readonly limited: number; readonly usual: number }
  /** Of the time that the next update is due, the minute. */
  readonly next?: number | null
  /** Headline of what residents were told last and still stands. */
  readonly latest?: string | null
}

/** "2 of 6 services have stopped, 1 is limited and 3 are running as usual." */
function countsIn(text: string): Telling['counts'] {
  const all = /(?:all (\d+)|the one) services? (?:are|is|have|has) (stopped|limited|running)/i.exec(text)
  const count = (words: string) =>
    Number(new RegExp(`(\\d+)(?: of \\d+ services?)? ${words}`, 'i').exec(text)?.[1] ?? 0)
  const whole = (word: string) => (all?.[2] === word ? Number(all[1] ?? 1) : 0)
  return {
    stopped: whole('stopped') || count('(?:has|have) stopped'),
    limited: whole('limited') || count('(?:is|are) limited'),
    usual: whole('running') || count('(?:is|are) running'),
  }
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ')

/** "by 3:05pm on Tuesday 25 November 2025" in winter, when London has UTC. */
function nextIn(text: string): number | null {
  const found =
    /due by (?:(midday)|12am \(the start of the day\)|(\d+)(?::(\d+))?(am|pm)) on \w+ (\d+) (\w+) (\d{4})/.exec(text)
  if (!found) return null
  const [, midday, hour, minute = '0', half, day, month, year] = found
  const hours = midday ? 12 : hour ? (Number(hour) % 12) + (half === 'pm' ? 12 : 0) : 0
  return Date.UTC(Number(year), MONTHS.indexOf(month!), Number(day), hours, Number(minute)) / 60_000
}

interface Component {
  readonly status: string
}

function fromComponents({ components }: { components: Component[] }): Telling {
  const of = (word: string) => components.filter(({ status }) => status === word).length
  return {
    counts: { stopped: of('major_outage'), limited: of('degraded_performance'), usual: of('operational') },
  }
}

interface Entry {
  readonly id?: string | undefined
  readonly title?: string | undefined
}

/** Of items, the newest first, the newest statement that is not withdrawn. */
function latestIn(items: readonly Entry[]): string | null {
  const said = items.filter(({ id, title }) => id?.includes('/statements/') && !title?.includes('Withdrawn: '))
  return said[0]?.title ?? null
}

const feed = (revision: unknown, subtitle: string | undefined, items: readonly Entry[]): Telling => ({
  revision: Number(revision),
  counts: countsIn(subtitle ?? ''),
  next: nextIn(subtitle ?? ''),
  latest: latestIn(items),
})
const revisionIn = (text: string) => /<holdfast:revision>(\d+)</.exec(text)?.[1]

function fromAtom(text: string): Telling {
  const { subtitle, entries = [] } = parseAtomFeed(text)
  return feed(
    revisionIn(text),
    subtitle?.value,
    entries.map(({ id, title }) => ({ id, title: title?.value })),
  )
}

const withoutLatest = ({ latest: _, ...told }: Telling) => told

/** How each format is read, by somebody who knows nothing of how it was made. */
const READERS: Readonly<Record<string, (text: string) => Telling>> = {
  'index.html': (text) => ({
    revision: Number(/Revision (\d+)/.exec(text)![1]),
    counts: countsIn(text),
    next: nextIn(text),
  }),
  'api/v2/summary.json': (text) => fromComponents(JSON.parse(text)),
  'api/v2/components.json': (text) => fromComponents(JSON.parse(text)),
  'api/v2/status.json': (text) => ({ counts: countsIn(JSON.parse(text).status.description) }),
  'updates.atom': fromAtom,
  'history.atom': (text) => withoutLatest(fromAtom(text)),
  'cap/index.atom': (text) => withoutLatest(fromAtom(text)),
  'updates.rss': (text) => {
    const { description, items = [] } = parseRssFeed(text)
    return feed(
      revisionIn(text),
      description,
      items.map(({ guid, title }) => ({ id: guid?.value, title })),
    )
  },
  'history.rss': (text) => withoutLatest(feed(revisionIn(text), parseRssFeed(text).description, [])),
  'feed.json': (text) => {
    const parsed = parseJsonFeed(JSON.parse(text))
    return feed(JSON.parse(text)._holdfast.revision, parsed.description, parsed.items ?? [])
  },
  'next-update.ics': (text) => {
    const event = new ICAL.Event(new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent')!)
    const due = event.component.getFirstPropertyValue('status') === 'CONFIRMED'
    return {
      revision: event.sequence,
      counts: countsIn(event.description),
      next: due ? Math.floor(event.startDate.toJSDate().getTime() / 60_000) : null,
    }
  },
  'banner.json': (text) => {
    const { revision, lines, next_update, exercise } = JSON.parse(text)
    const told = exercise ? lines.slice(1) : lines
    return {
      revision,
      counts: countsIn(told[0]),
      next: nextIn(next_update ?? ''),
      latest: told[1]?.replace(/At .*? we said: /, '') ?? null,
    }
  },
}

function truthOf({ facts, issue }: RandomHistory): Required<Telling> {
  const { stopped, limited, usual } = countsOf(facts.services)
  const standing = facts.statements.filter((one) => one.audience === 'residents' && one.withdrawnAt === null)
  const last = standing.at(-1)
  const version = last && last.version > 1 ? ` (version ${last.version})` : ''
  const latest = last ? `${facts.exercise ? 'EXERCISE: ' : ''}${last.wording!.headline}${version}` : null
  const next = facts.nextUpdate === null ? null : Math.floor(facts.nextUpdate.at / 60_000)
  return { revision: issue.revision, counts: { stopped, limited, usual }, next, latest }
}

test('every format of an organisation tells the same truth under the same revision, whatever has happened', async () => {
  await fc.assert(
    fc.asyncProperty(randomHistory('plain'), async (history) => {
      const { facts, issue } = history
      const truth = truthOf(history)
      const read = new Set<string>()
      for (const rendered of organisationDocuments(facts, issue)) {
        const { headers, body } = await encode(rendered, issue.revision, 'now')
        assert.equal(headers['Holdfast-Revision'], String(issue.revision), rendered.file)
        const reader = READERS[rendered.file]
        if (!reader) continue
        read.add(rendered.file)
        const told = reader(body.identity.toString())
        // An overdue promise is told as late, and by when it was due.
        assert.deepEqual({ ...truth, ...told }, truth, rendered.file)
      }
      assert.deepEqual([...read].sort(), Object.keys(READERS).sort(), 'no format is missing')
    }),
    { numRuns: 25 },
  )
})
