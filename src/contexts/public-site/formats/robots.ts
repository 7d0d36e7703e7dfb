import type { Issue, OrganisationFacts } from '../core/facts.ts'
import { homeOf, statementUrl } from './names.ts'
import { element, xmlDocument } from './xml.ts'

/** What is for staff or programs is not for search; nothing of an exercise is either, which each page says itself. */
export function robots(issue: Issue, exercise: boolean): string {
  const rules = ['User-agent: *', 'Disallow: /console/', 'Disallow: /api/', 'Allow: /', '']
  const lines = exercise ? ['# EXERCISE', ...rules] : [...rules, `Sitemap: ${issue.url}/sitemap.xml`, '']
  return lines.join('\n')
}

/** sitemaps.org 0.9: every page of every live organisation. */
export function sitemap(members: readonly OrganisationFacts[], issue: Issue): string {
  const url = (address: string, changedAt?: string) =>
    element('url', {}, element('loc', {}, address), changedAt ? element('lastmod', {}, changedAt) : null)
  return xmlDocument(
    element(
      'urlset',
      { xmlns: 'http://www.sitemaps.org/schemas/sitemap/0.9' },
      url(`${issue.url}/`),
      ...members
        .filter(({ exercise }) => !exercise)
        .flatMap((facts) => [
          url(homeOf(issue, facts.slug), facts.changedAt),
          ...facts.services.map(({ slug }) => url(`${homeOf(issue, facts.slug)}/services/${slug}`)),
          ...statementsOf(facts).map((statement) => url(statementUrl(issue, facts.slug, statement))),
        ]),
    ),
  )
}

function statementsOf({ statements }: OrganisationFacts): number[] {
  const toResidents = statements.filter(({ audience }) => audience === 'residents')
  return [...new Set(toResidents.map(({ statement }) => statement))]
}
