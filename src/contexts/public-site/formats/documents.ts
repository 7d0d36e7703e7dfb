import type { Issue, OrganisationFacts } from '../core/facts.ts'
import type { Rendered } from '../publication/document.ts'
import { ATOM, atom } from './atom.ts'
import { BANNER_SCRIPTS, bannerData } from './banner/banner.ts'
import { CALENDAR, nextUpdateCalendar } from './calendar.ts'
import { CAP, capAlert } from './cap/alert.ts'
import { capIndex, capPath } from './cap/index-feed.ts'
import { alertMessages } from './cap/messages.ts'
import { JSON_FEED, jsonFeed } from './json-feed.ts'
import { robots, sitemap } from './robots.ts'
import { RSS, rss } from './rss.ts'
import { historyFeed } from './statuspage/history.ts'
import { statuspage } from './statuspage/statuspage.ts'
import { json } from './text.ts'
import { regionFeed, updatesFeed } from './updates.ts'

const JSON_TYPE = 'application/json; charset=utf-8'
const SCRIPT = 'text/javascript; charset=utf-8'

/** Everything of an organisation that is for programs, from the same facts and under the same revision as its pages. */
export function* organisationFormats(facts: OrganisationFacts, issue: Issue): Generator<Rendered> {
  const give = (file: string, contentType: string, text: string) =>
    data(`/${facts.slug}/${file}`, file, contentType, text)
  for (const [name, content] of Object.entries(statuspage(facts, issue)))
    yield give(`api/v2/${name}`, JSON_TYPE, json(content))
  yield give('history.atom', ATOM, atom(historyFeed(facts, issue, 'history.atom')))
  yield give('history.rss', RSS, rss(historyFeed(facts, issue, 'history.rss')))
  yield give('updates.atom', ATOM, atom(updatesFeed(facts, issue, 'updates.atom')))
  yield give('updates.rss', RSS, rss(updatesFeed(facts, issue, 'updates.rss')))
  yield give('feed.json', JSON_FEED, jsonFeed(updatesFeed(facts, issue, 'feed.json')))
  yield give('next-update.ics', CALENDAR, nextUpdateCalendar(facts, issue))
  yield give('banner.json', JSON_TYPE, json(bannerData(facts, issue)))
  yield give('banner.js', SCRIPT, BANNER_SCRIPTS.at(-1)!.text)
  for (const { name, text } of BANNER_SCRIPTS) yield forEver(give(`banner/${name}.js`, SCRIPT, text))
  const messages = alertMessages(facts)
  yield give('cap/index.atom', ATOM, atom(capIndex(facts, messages, issue)))
  for (const message of messages)
    yield give(capPath(facts.slug, message).slice(facts.slug.length + 2), CAP, capAlert(facts, message, issue))
}

export function* regionFormats(
  region: string,
  members: readonly OrganisationFacts[],
  issue: Issue,
): Generator<Rendered> {
  const give = (file: string, contentType: string, text: string) => data(`/${file}`, file, contentType, text)
  const exercise = members.some((one) => one.exercise)
  yield give('updates.atom', ATOM, atom(regionFeed(region, members, issue, 'updates.atom')))
  yield give('updates.rss', RSS, rss(regionFeed(region, members, issue, 'updates.rss')))
  yield give('feed.json', JSON_FEED, jsonFeed(regionFeed(region, members, issue, 'feed.json')))
  yield give('robots.txt', 'text/plain; charset=utf-8', robots(issue, exercise))
  if (!exercise) yield give('sitemap.xml', 'application/xml; charset=utf-8', sitemap(members, issue))
}

function forEver(one: Rendered): Rendered {
  return { ...one, headers: { ...one.headers, 'Cache-Control': 'public, max-age=31536000, immutable' } }
}

/** Open to be read by any page, as it is public anyhow. */
function data(path: string, file: string, contentType: string, text: string): Rendered {
  const headers = { 'Access-Control-Allow-Origin': '*' }
  return { paths: [path], file, status: 200, contentType, text, styleHashes: [], headers }
}
