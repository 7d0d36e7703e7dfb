import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import { randomHistory } from '#test/random-history'
import { atom } from './atom.ts'
import type { Feed } from './feed.ts'
import { jsonFeed } from './json-feed.ts'
import { rss } from './rss.ts'
import { historyFeed } from './statuspage/history.ts'
import { line, plain } from './text.ts'
import { updates, updatesFeed } from './updates.ts'

const RUNS = { numRuns: 20 }
const squeezed = (text: string | undefined) => (text ?? '').replace(/\s+/gu, ' ').trim()
const told = (feed: Feed) => feed.items.map(({ id, title, url }) => ({ id, title: line(title, 200), url }))

test('Atom, RSS and JSON Feed read back as the same items, whatever the words', () => {
  fc.assert(
    fc.property(randomHistory('hostile'), ({ facts, issue }) => {
      for (const make of [updatesFeed, historyFeed]) {
        const feed = make(facts, issue, 'updates.atom')
        const fromAtom = parseAtomFeed(atom(feed))
        assert.deepEqual(
          (fromAtom.entries ?? []).map((one) => ({
            id: one.id,
            title: one.title?.value,
            url: one.links?.find(({ rel }) => rel === 'alternate')?.href,
          })),
          told(feed),
        )
        const fromRss = parseRssFeed(rss(feed))
        assert.deepEqual(
          (fromRss.items ?? []).map((one) => ({ id: one.guid?.value, title: one.title, url: one.link })),
          told(feed),
        )
        const fromJson = parseJsonFeed(JSON.parse(jsonFeed(feed)))
        assert.deepEqual(
          (fromJson.items ?? []).map(({ id, title, url }) => ({ id, title, url })),
          told(feed),
        )
        assert.equal(squeezed(fromAtom.subtitle?.value), squeezed(plain(feed.subtitle)))
        assert.equal(squeezed(fromRss.description), squeezed(plain(feed.subtitle)))
        assert.equal(squeezed(fromJson.description), squeezed(plain(feed.subtitle)))
      }
    }),
    RUNS,
  )
})

test('an Atom feed keeps what RFC 4287 says a feed must', () => {
  fc.assert(
    fc.property(randomHistory('plain'), ({ facts, issue }) => {
      const text = atom(updatesFeed(facts, issue, 'updates.atom'))
      const feed = parseAtomFeed(text)
      const entries = feed.entries ?? []
      // 4.1.1: one id, title and updated each; an author, so that no entry needs one; one self link, and one alternate of a kind.
      for (const name of ['id', 'title', 'updated', 'subtitle', 'generator'])
        assert.equal(text.split(/<entry>/)[0]!.match(new RegExp(`<${name}[ >]`, 'g'))?.length, 1, name)
      assert.equal(feed.authors?.length, 1)
      const links = feed.links ?? []
      assert.deepEqual(
        links.map(({ rel, type }) => `${rel} ${type}`),
        ['self application/atom+xml', 'alternate text/html'],
      )
      assert.equal(links[0]!.href, 'https://status.example.org/westminster/updates.atom')
      assert.equal(feed.id, links[0]!.href)
      // 4.1.2: the same of every entry; ids are unlike each other, absolute, and never relative or empty (4.2.6).
      assert.equal(new Set(entries.map(({ id }) => id)).size, entries.length)
      for (const one of entries) {
        assert.match(one.id ?? '', /^tag:status\.example\.org,\d{4}-\d\d-\d\d:(exercise\/)?westminster\//)
        assert.ok(one.title?.value && one.content?.value && one.links?.length === 1)
        // 3.3: times as RFC 3339 has them, and a thing is not changed before it is published.
        for (const time of [one.published, one.updated]) assert.match(String(time), RFC3339)
        assert.ok(String(one.updated) >= String(one.published))
        assert.ok(String(feed.updated) >= String(one.updated))
      }
    }),
    RUNS,
  )
})
const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/

test('an id names the same thing in every rendering, and no two things', () => {
  fc.assert(
    fc.property(randomHistory('plain'), ({ facts, issue }) => {
      const later = { ...issue, revision: issue.revision + 7, madeAt: issue.madeAt + 86_400_000 }
      assert.deepEqual(updates(facts, later), updates(facts, issue))
      const shorter = { ...facts, statements: facts.statements.slice(0, -1), changes: facts.changes.slice(0, -1) }
      const before = new Map(updates(shorter, issue).map((one) => [one.id, one.publishedAt]))
      for (const { id, publishedAt } of updates(facts, issue))
        if (before.has(id)) assert.equal(before.get(id), publishedAt)
    }),
    RUNS,
  )
})

const READ_ALL = `
import sys, json, feedparser
def told(text):
    feed = feedparser.parse(text.encode())
    return {"bozo": str(feed.get("bozo_exception", "")), "version": feed.version, "titles": len([e for e in feed.entries if e.title]),
        "ids": [e.id for e in feed.entries], "revision": feed.feed.get("holdfast_revision")}
print(json.dumps([told(text) for text in json.load(sys.stdin)]))
`
const python = '/usr/bin/python3'

test('another reader, feedparser, finds every feed well formed and the same items in it', {
  skip: noFeedparser(),
}, () => {
  const feeds = fc
    .sample(randomHistory('hostile'), 25)
    .flatMap(({ facts, issue }) => [
      updatesFeed(facts, issue, 'updates.atom'),
      historyFeed(facts, issue, 'history.atom'),
    ])
  const texts = feeds.flatMap((feed) => [atom(feed), rss(feed)])
  const answers = JSON.parse(
    execFileSync(python, ['-c', READ_ALL], { input: JSON.stringify(texts), encoding: 'utf8', maxBuffer: 1e8 }),
  ) as { bozo: string; version: string; titles: number; ids: string[]; revision: string }[]
  assert.deepEqual(
    answers,
    feeds.flatMap((feed) =>
      ['atom10', 'rss20'].map((version) => ({
        bozo: '',
        version,
        titles: feed.items.length,
        ids: feed.items.map(({ id }) => id),
        revision: String(feed.revision),
      })),
    ),
  )
})

function noFeedparser(): string | false {
  try {
    execFileSync(python, ['-c', 'import feedparser'], { stdio: 'ignore' })
    return false
  } catch (error) {
    if (process.env.CI === 'true')
      throw new Error('feedparser was not found, and here its test must run.', { cause: error })
    return 'no feedparser: apt-get install python3-feedparser'
  }
}
