import { mainLanguage } from '#contexts/estate'
import type { LanguageCode } from '#platform/words'
import type { Issue, OrganisationFacts, Printing } from '../core/facts.ts'
import { organisationFormats, regionFormats } from '../formats/documents.ts'
import { notFoundPage } from '../pages/not-found.view.ts'
import { regionPage } from '../pages/region.view.ts'
import { views } from '../pages/views.ts'
import type { Rendered } from './document.ts'
import { organisationPages, page } from './organisation-pages.ts'

/** Every document of an organisation, one at a time so that the renderer can pause between them. */
export function* organisationDocuments(facts: OrganisationFacts, printing: Printing): Generator<Rendered> {
  for (const one of organisation(facts, printing)) yield facts.exercise ? unlisted(one) : one
}

function* organisation(facts: OrganisationFacts, printing: Printing): Generator<Rendered> {
  for (const language of facts.languages) yield* organisationPages(facts, { ...printing, language })
  yield* organisationFormats(facts, { ...printing, language: mainLanguage(facts) })
}

export const NOT_FOUND = '404.html'

export function* regionDocuments(
  name: string,
  facts: readonly OrganisationFacts[],
  printing: Printing,
): Generator<Rendered> {
  const exercise = facts.some((one) => one.exercise)
  const issue = { ...printing, language: sharedLanguage(facts) }
  for (const one of region(name, facts, issue)) yield exercise ? unlisted(one) : one
}

/** Practice must not be found by people who search for help. */
function unlisted(one: Rendered): Rendered {
  return { ...one, headers: { ...one.headers, 'X-Robots-Tag': 'noindex' } }
}

/** That of all organisations, where they have one in common. */
function sharedLanguage(facts: readonly OrganisationFacts[]): LanguageCode {
  const [main, ...others] = new Set(facts.map(mainLanguage))
  return main === undefined || others.length > 0 ? 'en-GB' : main
}

function* region(region: string, facts: readonly OrganisationFacts[], issue: Issue): Generator<Rendered> {
  yield page(['/'], 'index.html', views.render('region.njk', regionPage(region, facts, issue)))
  const exercise = facts.some((one) => one.exercise)
  yield page([], NOT_FOUND, views.render('not-found.njk', notFoundPage(region, exercise, issue)), { status: 404 })
  yield* regionFormats(region, facts, issue)
}
