import { instant } from '#kernel'
import { type Feed, plainTextOf } from './feed.ts'
import { json, line } from './text.ts'

export const JSON_FEED = 'application/feed+json; charset=utf-8'

/** JSON Feed 1.1. */
export function jsonFeed(feed: Feed): string {
  return json({
    version: 'https://jsonfeed.org/version/1.1',
    title: line(feed.title, 200),
    home_page_url: feed.home,
    feed_url: feed.self,
    description: feed.subtitle,
    language: feed.language,
    authors: [{ name: line(feed.author, 200), url: feed.home }],
    _holdfast: { revision: feed.revision },
    items: feed.items.map((item) => ({
      id: item.id,
      url: item.url,
      title: line(item.title, 200),
      content_text: plainTextOf(item),
      date_published: instant(item.publishedAt),
      date_modified: instant(item.updatedAt),
    })),
  })
}
