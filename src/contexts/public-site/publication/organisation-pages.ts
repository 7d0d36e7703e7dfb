import { formStylesheet, stylesheet } from '#platform/views'
import type { Issue, OrganisationFacts } from '../core/facts.ts'
import { affectedPage } from '../pages/affected.view.ts'
import { contactPage } from '../pages/contact.view.ts'
import { embedPage } from '../pages/embed.view.ts'
import { organisationPage } from '../pages/organisation.view.ts'
import { partnersPage } from '../pages/partners.view.ts'
import { homePath } from '../pages/place.ts'
import { pressPage } from '../pages/press.view.ts'
import { searchIndex, searchPage } from '../pages/search.view.ts'
import { servicePage } from '../pages/service.view.ts'
import { statementNumbers, statementPage } from '../pages/statement.view.ts'
import { statementsPage } from '../pages/statements.view.ts'
import { views } from '../pages/views.ts'
import type { Rendered } from './document.ts'

/** Every page of an organisation for people in one language, its front page first. */
export function* organisationPages(facts: OrganisationFacts, issue: Issue): Generator<Rendered> {
  const home = homePath(facts, issue)
  const at = (path: string, text: string, style = stylesheet) => {
    const address = `${home}${path}`
    return page(
      [address, `${address}/`],
      `${address.slice(facts.slug.length + 2)}/index.html`.replace(/^\//, ''),
      text,
      { style },
    )
  }
  yield at('', views.render('organisation.njk', organisationPage(facts, issue)))
  yield at('/contact', views.render('contact.njk', contactPage(facts, issue)))
  yield at('/affected', views.render('affected.njk', affectedPage(facts, issue)))
  yield at('/partners', views.render('partners.njk', partnersPage(facts, issue)))
  yield at('/press', views.render('press.njk', pressPage(facts, issue)), formStylesheet)
  yield at('/embed', views.render('embed.njk', embedPage(facts, issue)))
  yield at('/statements', views.render('statements.njk', statementsPage(facts, issue)))
  for (const number of statementNumbers(facts))
    yield at(`/statements/${number}`, views.render('statement.njk', statementPage(facts, number, issue)))
  yield* searching(facts, issue)
  for (const service of facts.services)
    yield at(`/services/${service.slug}`, views.render('service.njk', servicePage(facts, service, issue)))
}

const SEARCH_INDEX = 'search.json'

/** While the server runs it answers searches from the index; a copy on any other web server has the list from A to Z. */
function* searching(facts: OrganisationFacts, issue: Issue): Generator<Rendered> {
  const index = searchIndex(facts, issue)
  const home = homePath(facts, issue)
  const file = (name: string) => `${home.slice(facts.slug.length + 2)}/${name}`.replace(/^\//, '')
  yield {
    paths: [`${home}/${SEARCH_INDEX}`],
    file: file(SEARCH_INDEX),
    status: 200,
    contentType: 'application/json; charset=utf-8',
    text: JSON.stringify(index),
    styleHashes: [],
    headers: {},
  }
  yield page([], file('search/index.html'), views.render('search.njk', searchPage(index, '', true)))
}

export function page(
  paths: readonly string[],
  file: string,
  text: string,
  { style = stylesheet, status = 200 } = {},
): Rendered {
  return {
    paths,
    file,
    status,
    contentType: 'text/html; charset=utf-8',
    text,
    styleHashes: [style.source],
    headers: {},
  }
}
