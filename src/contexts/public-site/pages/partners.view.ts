import { wordsIn } from '../core/catalogue/index.ts'
import type { Issue, OrganisationFacts } from '../core/facts.ts'
import { latestSaid } from '../core/said.ts'
import { nextUpdate, story } from '../core/words.ts'
import { type Frame, frame, type Link } from './frame.view.ts'
import { homePath } from './place.ts'
import { type RouteLine, routeLine, routesFor } from './routes.view.ts'
import { headlineOf, type StatementLine, statementLines } from './statement-lines.view.ts'
import { type Version, versionOf } from './wording.view.ts'

export interface PartnersPage extends Frame {
  readonly latest: { readonly headline: string; readonly version: Version } | null
  readonly nextUpdate: string | null
  readonly routes: readonly RouteLine[]
  readonly hit: readonly (Link & { readonly story: string })[]
  readonly machines: readonly Link[]
  readonly statements: readonly StatementLine[]
}

export function partnersPage(facts: OrganisationFacts, issue: Issue): PartnersPage {
  const words = wordsIn(issue.language)
  const { say, t } = words
  const home = homePath(facts, issue)
  const own = `/${facts.slug}`
  const latest = latestSaid(facts.statements, 'partners')
  return {
    ...frame(facts, issue, '/partners', say('partners.title', { organisation: facts.name })),
    latest: latest && { headline: headlineOf(latest, words), version: versionOf(latest, words) },
    nextUpdate: nextUpdate(facts, words),
    routes: routesFor(facts, 'partners').map((route) => routeLine(route, facts, words)),
    hit: facts.services.flatMap((service) => {
      const told = story([service], words)
      return told === null ? [] : [{ name: service.name, url: `${home}/services/${service.slug}`, story: told }]
    }),
    machines: [
      { name: t('partners.machines.summary'), url: `${own}/api/v2/summary.json` },
      { name: t('partners.machines.incidents'), url: `${own}/api/v2/incidents.json` },
      { name: t('partners.machines.log'), url: `${own}/log/checkpoint` },
    ],
    statements: statementLines(facts, 'partners', issue),
  }
}
