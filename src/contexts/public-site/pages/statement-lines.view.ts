import { parseInstant } from '#kernel'
import { type Words, wordsIn } from '../core/catalogue/index.ts'
import type { Issue, OrganisationFacts, PublicAudience, StatementFacts } from '../core/facts.ts'
import { standing } from '../core/said.ts'
import { homePath } from './place.ts'

/** A statement in a list. */
export interface StatementLine {
  readonly headline: string
  readonly url: string
  readonly time: string
  readonly withdrawn: boolean
}

export function headlineOf({ wording, statement }: StatementFacts, { say }: Words): string {
  return wording?.headline || say('statement.number', { number: statement })
}

export function statementLine(one: StatementFacts, facts: OrganisationFacts, issue: Issue): StatementLine {
  const words = wordsIn(issue.language)
  return {
    headline: headlineOf(one, words),
    url: `${homePath(facts, issue)}/statements/${one.statement}`,
    time: words.time(parseInstant(one.publishedAt)!),
    withdrawn: one.withdrawnAt !== null,
  }
}

/** The newest first. */
export function statementLines(facts: OrganisationFacts, audience: PublicAudience, issue: Issue): StatementLine[] {
  return standing(facts.statements, audience).map((one) => statementLine(one, facts, issue))
}
