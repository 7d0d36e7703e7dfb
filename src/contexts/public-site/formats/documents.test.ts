import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import { memoryPages, validateXML } from 'xmllint-wasm'
import { handMadeWorld, inventedEstate } from '#test/hand-made-world'
import { type RandomHistory, randomHistory } from '#test/random-history'
import { worldFacts } from '../projections/public-facts.ts'
import { encode } from '../publication/document.ts'
import { organisationDocuments, regionDocuments } from '../publication/render.ts'

const everything = ({ facts, issue }: Pick<RandomHistory, 'facts' | 'issue'>) => [
  ...organisationDocuments(facts, issue),
  ...regionDocuments('London', [facts], issue),
]
const isXml = (contentType: string) => /[+/]xml;/.test(contentType)
const isJson = (contentType: string) => /[+/]json;/.test(contentType)

const TYPES: Readonly<Record<string, string>> = {
  '.atom': 'application/atom+xml; charset=utf-8',
  '.rss': 'application/rss+xml; charset=utf-8',
  '.ics': 'text/calendar; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  'feed.json': 'application/feed+json; charset=utf-8',
  'sitemap.xml': 'application/xml; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.xml': 'application/cap+xml; charset=utf-8',
}

test('everything for programs has its media type and revision, and may be read from any website', async () => {
  for (const history of fc.sample(randomHistory('plain'), 5))
    for (const rendered of everything(history)) {
      const { contentType, headers, etag, cacheControl, file } = await encode(rendered, 7, 'now')
      assert.equal(contentType, Object.entries(TYPES).find(([ending]) => file.endsWith(ending))?.[1], file)
      assert.equal(headers['Holdfast-Revision'], '7')
      assert.match(etag, /^"[\w-]{22}"$/)
      assert.equal(cacheControl, 'public, max-age=2, stale-if-error=86400')
      const open = !file.endsWith('.html') && !file.endsWith('search.json')
      assert.equal(headers['Access-Control-Allow-Origin'], open ? '*' : undefined, file)
      const lasting = /banner\/[0-9a-f]+\.js$/.test(file)
      assert.equal(headers['Cache-Control'], lasting ? 'public, max-age=31536000, immutable' : undefined, file)
    }
})

test('nothing of an exercise is found by people who search for help', () => {
  for (const history of fc.sample(randomHistory('plain'), 5)) {
    const { exercise } = history.facts
    for (const { file, headers, contentType, text } of everything(history)) {
      assert.equal(headers['X-Robots-Tag'], exercise ? 'noindex' : undefined, file)
      if (contentType.startsWith('text/html'))
        assert.equal(text.includes('<meta name="robots" content="noindex">'), exercise, file)
      assert.ok(!(exercise && file === 'sitemap.xml'))
    }
  }
})

test('whatever was typed, every XML is well formed, every JSON is JSON, and no character is half', async () => {
  const documents = fc.sample(randomHistory('hostile'), 12).flatMap(everything)
  for (const { contentType, text, file } of documents) {
    if (isJson(contentType) && !file.endsWith('search.json')) {
      JSON.parse(text)
      assert.doesNotMatch(text, /\p{Cc}|\\u00[01]|\\ud[89a-f]/u, file)
    }
    if (!contentType.startsWith('text/html')) assert.ok(text.isWellFormed(), file)
  }
  const xml = documents
    .filter(({ contentType }) => isXml(contentType))
    .map(({ text }, position) => ({ fileName: `${position}.xml`, contents: text }))
  const { errors } = await validateXML({ xml, normalization: 'c14n', maxMemoryPages: memoryPages.GiB })
  assert.deepEqual(errors, [])
})

const NOW = Date.parse('2025-11-25T06:30:00Z')
const issue = { revision: 3, madeAt: NOW, confirmedUntil: NOW + 1, url: 'https://status.example.org' }

function twoCouncils() {
  const world = handMadeWorld(NOW)
  for (const slug of ['westminster', 'borchester']) {
    world.found(slug, `${slug} council`, inventedEstate(slug, 3))
    world.isolate(slug, world.declare(slug), [`${slug}/corporate-network`])
  }
  return worldFacts(world.models, 'live', NOW).organisations
}

test('the sitemap names every page that people may be looking for, and none that is not there', () => {
  const members = twoCouncils()
  const documents = [
    ...members.flatMap((facts) => [...organisationDocuments(facts, issue)]),
    ...regionDocuments('London', members, issue),
  ]
  const paths = new Set(documents.flatMap((one) => one.paths))
  const text = documents.find(({ file }) => file === 'sitemap.xml')!.text
  const named = [...text.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, address]) => new URL(address!))
  assert.deepEqual(
    named.filter(({ pathname, origin }) => !paths.has(pathname) || origin !== issue.url),
    [],
  )
  assert.equal(new Set(named.map(String)).size, named.length)
  for (const { slug, services } of members)
    for (const path of [`/${slug}`, ...services.map((service) => `/${slug}/services/${service.slug}`)])
      assert.ok(
        named.some(({ pathname }) => pathname === path),
        path,
      )
  const robots = documents.find(({ file }) => file === 'robots.txt')!.text
  assert.match(robots, /^Sitemap: https:\/\/status\.example\.org\/sitemap\.xml$/m)
  assert.match(robots, /^Disallow: \/console\/$/m)
})

test('the region’s feeds hold what its councils’ feeds hold, under the same ids, each with the council’s name', () => {
  const members = twoCouncils()
  const textOf = (documents: Iterable<{ file: string; text: string }>, file: string) =>
    [...documents].find((one) => one.file === file)!.text
  const region = [...regionDocuments('London', members, issue)]
  const ids = (text: string) => (parseAtomFeed(text).entries ?? []).map(({ id }) => id ?? '')
  const own = members.flatMap((facts) => ids(textOf(organisationDocuments(facts, issue), 'updates.atom')))
  assert.equal(own.length, 2)
  const { entries = [] } = parseAtomFeed(textOf(region, 'updates.atom'))
  assert.deepEqual(entries.map(({ id }) => id).sort(), own.sort())
  for (const { title } of entries) assert.match(title!.value!, /^(westminster|borchester) council: /)
  const rss = parseRssFeed(textOf(region, 'updates.rss'))
  assert.deepEqual((rss.items ?? []).map(({ guid }) => guid?.value).sort(), own.sort())
  const json = parseJsonFeed(JSON.parse(textOf(region, 'feed.json')))
  assert.deepEqual((json.items ?? []).map(({ id }) => id).sort(), own.sort())
})
