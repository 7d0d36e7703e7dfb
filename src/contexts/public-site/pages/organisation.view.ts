import type { Words } from '../core/catalogue/index.ts'
import { wordsIn } from '../core/catalogue/index.ts'
import { countsOf, type Issue, type OrganisationFacts } from '../core/facts.ts'
import { latestSaid } from '../core/said.ts'
import { nextUpdate, reasonsWithOutlook } from '../core/words.ts'
import { headFor } from '../formats/head.ts'
import { organisationData } from '../formats/linked-data.ts'
import { type FirstLines, firstLines } from './first-lines.view.ts'
import { type Frame, frame } from './frame.view.ts'
import { type RouteLine, routeLine, routesFor } from './routes.view.ts'
import { type StatementLine, statementLine, statementLines } from './statement-lines.view.ts'
import { type ThemeSection, themeSections } from './theme-sections.view.ts'

export interface OrganisationPage extends Frame {
  readonly truth: string
  readonly first: FirstLines
  readonly latest: StatementLine | null
  readonly reasons: readonly string[]
  readonly nextUpdate: string | null
  readonly overdue: boolean
  readonly sections: readonly ThemeSection[]
  readonly leaveAlone: readonly string[]
  readonly routes: readonly RouteLine[]
  readonly statements: readonly StatementLine[]
}

const MOST_REASONS = 3
const MOST_STATEMENTS = 5

export function organisationPage(facts: OrganisationFacts, issue: Issue): OrganisationPage {
  const words = wordsIn(issue.language)
  const { say } = words
  const latest = latestSaid(facts.statements, 'residents')
  return {
    ...frame(facts, issue, '', say('organisation.title', { organisation: facts.name })),
    head: headFor(facts, issue, organisationData(facts, issue)),
    truth: say('organisation.truth', { time: words.time(issue.madeAt), truth: words.truth(countsOf(facts.services)) }),
    first: firstLines(facts, issue, words),
    latest: latest && statementLine(latest, facts, issue),
    reasons: reasonsWithOutlook(facts.services, words).slice(0, MOST_REASONS),
    nextUpdate: nextUpdate(facts, words),
    overdue: facts.nextUpdate?.overdue ?? false,
    sections: themeSections(facts, issue),
    leaveAlone: leaveAlone(facts, words),
    routes: routesFor(facts, 'residents').map((route) => routeLine(route, facts, words)),
    statements: statementLines(facts, 'residents', issue).slice(0, MOST_STATEMENTS),
  }
}

function leaveAlone({ services }: OrganisationFacts, { say }: Words): string[] {
  return services.flatMap(({ name, advice }) =>
    advice?.noNeedToContact ? [say('organisation.leaveAlone.of', { service: name, text: advice.noNeedToContact })] : [],
  )
}
