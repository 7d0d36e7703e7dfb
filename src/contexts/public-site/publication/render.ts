import { stylesheet } from '#platform/views'
import type { Issue, OrganisationFacts } from '../core/facts.ts'
import { organisationFormats, regionFormats } from '../formats/documents.ts'
import { notFoundPage } from '../pages/not-found.view.ts'
import { organisationPage } from '../pages/organisation.view.ts'
import { regionPage } from '../pages/region.view.ts'
import { servicePage } from '../pages/service.view.ts'
import { views } from '../pages/views.ts'
import type { Rendered } from './document.ts'

/** Every document of an organisation, one at a time so that the renderer can pause between them. */
export function* organisationDocuments(facts: OrganisationFacts, issue: Issue): Generator<Rendered> {
  for (const one of organisation(facts, issue)) yield facts.exercise ? unlisted(one) : one
}

function* organisation(facts: OrganisationFacts, issue: Issue): Generator<Rendered> {
  const home = `/${facts.slug}`
  yield page([home, `${home}/`], 'index.html', views.render('organisation.njk', organisationPage(facts, issue)))
  yield* organisationFormats(facts, issue)
  for (const service of facts.services) {
    const path = `${home}/services/${service.slug}`
    const text = views.render('service.njk', servicePage(facts, service, issue))
    yield page([path, `${path}/`], `services/${service.slug}/index.html`, text)
  }
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
  yield page([], NOT_FOUND, views.render('not-found.njk', notFoundPage(region, exercise, issue)), 404)
  yield* regionFormats(region, facts, issue)
}

function page(paths: readonly string[], file: string, text: string, status = 200): Rendered {
  return {
    paths,
    file,
    status,
    contentType: 'text/html; charset=utf-8',
    text,
    styleHashes: [stylesheet.source],
    headers: {},
  }
}
