import { instant } from '#kernel'
import { type Feed, htmlOf, type Item } from './feed.ts'
import { NAMESPACE } from './names.ts'
import { line } from './text.ts'
import { element, type Xml, xmlDocument } from './xml.ts'

export const ATOM = 'application/atom+xml; charset=utf-8'

/** RFC 4287. */
export function atom(feed: Feed): string {
  return xmlDocument(
    element(
      'feed',
      { xmlns: 'http://www.w3.org/2005/Atom', 'xmlns:holdfast': NAMESPACE, 'xml:lang': feed.language },
      element('id', {}, feed.self),
      element('title', {}, line(feed.title, 200)),
      element('subtitle', {}, feed.subtitle),
      element('updated', {}, instant(feed.updatedAt)),
      element('author', {}, element('name', {}, line(feed.author, 200))),
      element('link', { rel: 'self', type: 'application/atom+xml', href: feed.self }),
      element('link', { rel: 'alternate', type: 'text/html', href: feed.home }),
      element('generator', {}, 'Holdfast'),
      element('holdfast:revision', {}, String(feed.revision)),
      ...feed.items.map(entry),
    ),
  )
}

function entry(item: Item): Xml {
  const { otherForm } = item
  return element(
    'entry',
    {},
    element('id', {}, item.id),
    element('title', {}, line(item.title, 200)),
    element('published', {}, instant(item.publishedAt)),
    element('updated', {}, instant(item.updatedAt)),
    otherForm
      ? element('link', { rel: 'alternate', type: otherForm.type, href: otherForm.url })
      : element('link', { rel: 'alternate', type: 'text/html', href: item.url }),
    ...(otherForm ? [element('link', { rel: 'related', type: 'text/html', href: item.url })] : []),
    element('content', { type: 'html' }, htmlOf(item)),
  )
}
