import { type Feed, htmlOf } from './feed.ts'
import { NAMESPACE } from './names.ts'
import { line } from './text.ts'
import { element, xmlDocument } from './xml.ts'

export const RSS = 'application/rss+xml; charset=utf-8'

/** RSS 2.0, with the self link that its readers' best practice asks for. */
export function rss(feed: Feed): string {
  return xmlDocument(
    element(
      'rss',
      { version: '2.0', 'xmlns:atom': 'http://www.w3.org/2005/Atom', 'xmlns:holdfast': NAMESPACE },
      element(
        'channel',
        {},
        element('title', {}, line(feed.title, 200)),
        element('link', {}, feed.home),
        element('description', {}, feed.subtitle),
        element('language', {}, feed.language.toLowerCase()),
        element('lastBuildDate', {}, date(feed.updatedAt)),
        element('generator', {}, 'Holdfast'),
        element('atom:link', { rel: 'self', type: 'application/rss+xml', href: feed.self }),
        element('holdfast:revision', {}, String(feed.revision)),
        ...feed.items.map((item) =>
          element(
            'item',
            {},
            element('title', {}, line(item.title, 200)),
            element('link', {}, item.url),
            element('guid', { isPermaLink: 'false' }, item.id),
            element('pubDate', {}, date(item.publishedAt)),
            element('description', {}, htmlOf(item)),
          ),
        ),
      ),
    ),
  )
}

/** RFC 822 with a year of four digits, as RSS has it. */
function date(at: number): string {
  return new Date(at).toUTCString()
}
