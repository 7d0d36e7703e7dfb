import type { Issue, OrganisationFacts } from '../core/facts.ts'
import { organisationFormats, regionFormats } from '../formats/documents.ts'
import { notFoundPage } from '../pages/not-found.view.ts'
import { regionPage } from '../pages/region.view.ts'
import { views } from '../pages/views.ts'
import type { Rendered } from './document.ts'
import { organisationPages, page } from './organisation-pages.ts'

/** Every document of an organisation, one at a time so that the renderer can pause between them. */
export function* organisationDocuments(facts: OrganisationFacts, issue: Issue): Generator<Rendered> {
  for (const one of organisation(facts, issue)) yield facts.exercise ? unlisted(one) : one
}

function* organisation(facts: OrganisationFacts, issue: Issue): Generator<Rendered> {
  yield* organisationPages(facts, issue)
  yield* organisationFormats(facts, issue)
}

export const NOT_FOUND = '404.html'

export function* regionDocuments(name: string, facts: readonly OrganisationFacts[], issue: Issue): Generator<Rendered> {
  const exercise = facts.some((one) => one.exercise)
  for (const one of region(name, facts, issue)) yield exercise ? unlisted(one) : one
}

/** Practice must not be found by people who search for help. */
function unlisted(one: Rendered): Rendered {
  return { ...one, headers: { ...one.headers, 'X-Robots-Tag': 'noindex' } }
}

function* region(region: string, facts: readonly OrganisationFacts[], issue: Issue): Generator<Rendered> {
  yield page(['/'], 'index.html', views.render('region.njk', regionPage(region, facts, issue)))
  const exercise = facts.some((one) => one.exercise)
  yield page([], NOT_FOUND, views.render('not-found.njk', notFoundPage(region, exercise, issue)), { status: 404 })
  yield* regionFormats(region, facts, issue)
}
