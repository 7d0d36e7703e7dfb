import { formStylesheet } from '#platform/views'
import { wordsIn } from '../core/catalogue/index.ts'
import type { Issue, OrganisationFacts } from '../core/facts.ts'
import { latestSaid } from '../core/said.ts'
import { type Frame, frame } from './frame.view.ts'
import { type EnquiryForm, enquiryForm } from './press-enquiry.view.ts'
import { type RouteLine, routeLine, routesFor } from './routes.view.ts'
import { headlineOf, type StatementLine, statementLines } from './statement-lines.view.ts'
import { type Version, versionOf } from './wording.view.ts'

export interface PressPage extends Frame {
  /** The latest wording for the press. */
  readonly lines: { readonly headline: string; readonly version: Version } | null
  readonly archive: readonly StatementLine[]
  readonly routes: readonly RouteLine[]
  readonly form: EnquiryForm
}

export function pressPage(facts: OrganisationFacts, issue: Issue): PressPage {
  const words = wordsIn(issue.language)
  const latest = latestSaid(facts.statements, 'press')
  return {
    ...frame(facts, issue, '/press', words.say('press.title', { organisation: facts.name })),
    style: formStylesheet.text,
    lines: latest && { headline: headlineOf(latest, words), version: versionOf(latest, words) },
    archive: statementLines(facts, 'press', issue),
    routes: routesFor(facts, 'press').map((route) => routeLine(route, facts, words)),
    form: enquiryForm(facts.slug),
  }
}
