import { type SafeHtml, trusted } from '#platform/views'
import type { Issue, OrganisationFacts } from '../core/facts.ts'
import { homeOf } from './names.ts'
import { json } from './text.ts'
import { element } from './xml.ts'

const FEEDS = [
  { type: 'application/atom+xml', file: 'updates.atom' },
  { type: 'application/rss+xml', file: 'updates.rss' },
  { type: 'application/feed+json', file: 'feed.json' },
  { type: 'application/json', file: 'api/v2/summary.json' },
]

/** Where programs find what a page of an organisation tells people: its feeds, and the page itself as linked data. */
export function headFor(facts: OrganisationFacts, issue: Issue, linkedData: object): SafeHtml {
  const links = FEEDS.map(({ type, file }) => {
    const href = `${homeOf(issue, facts.slug)}/${file}`
    return element('link', { rel: 'alternate', type, href }).markup.replace(/\/>$/, '>')
  })
  return trusted([...links, `<script type="application/ld+json">${inert(linkedData)}</script>`].join('\n'))
}

/** JSON that no words in it can lead out of its element. A browser never runs it, so that a page's policy has nothing to forbid. */
function inert(data: object): string {
  return json(data).replace(/[<>&]/g, (one) => `\\u00${one.charCodeAt(0).toString(16)}`)
}
