import type { Publication, PublicResource } from '#platform/http'
import type { SearchIndex } from './search.view.ts'

/** What is published of an organisation for pages that are made while somebody waits; null where nothing is. */
export function indexReader(publication: Publication): (organisation: string, language?: string) => SearchIndex | null {
  const read = new WeakMap<PublicResource, SearchIndex>()
  return (organisation, language) => {
    const home = [organisation, ...(language ? [language] : [])].map(encodeURIComponent).join('/')
    const resource = publication.find(`/${home}/search.json`)
    if (!resource) return null
    let index = read.get(resource)
    if (!index) {
      index = JSON.parse(resource.body.identity.toString('utf8')) as SearchIndex
      read.set(resource, index)
    }
    return index
  }
}
