import type { Publication, RawAnswer, RawRoute } from '#platform/http'
import { stylesheet } from '#platform/views'
import { indexReader } from './read-index.ts'
import { searchPage } from './search.view.ts'
import { views } from './views.ts'

const LONGEST = 100

/** Searches what is published, so that it works while the database does not. */
export function searchRoutes(publication: Publication): RawRoute[] {
  const indexOf = indexReader(publication)
  const handle: RawRoute['handle'] = ({ params, query }) => {
    const index = indexOf(params.organisation!, params.language)
    if (!index) return lost(publication)
    const asked = [query.q ?? ''].flat()[0]!.slice(0, LONGEST)
    return {
      status: 200,
      type: 'text/html; charset=utf-8',
      body: views.render('search.njk', searchPage(index, asked)),
      styleHashes: [stylesheet.source],
      headers: { 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' },
    }
  }
  const paths = ['/:organisation/search', '/:organisation/:language/search'].flatMap((path) => [path, `${path}/`])
  return paths.map((path) => ({ method: 'GET', path, handle }))
}

export function lost(publication: Publication): RawAnswer {
  const page = publication.notFound?.()
  const headers = { 'Cache-Control': 'no-store' }
  if (!page) return { status: 404, type: 'text/plain; charset=utf-8', body: 'There is no such page.\n', headers }
  const styleHashes = page.styleHashes ?? []
  return { status: 404, type: page.contentType, body: page.body.identity, styleHashes, headers }
}
