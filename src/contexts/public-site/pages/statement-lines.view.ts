import { parseInstant } from '#kernel'
import type { Words } from '../core/catalogue/index.ts'
import type { OrganisationFacts, PublicAudience, StatementFacts } from '../core/facts.ts'
import { standing } from '../core/said.ts'

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

export function statementLine(one: StatementFacts, facts: OrganisationFacts, words: Words): StatementLine {
  return {
    headline: headlineOf(one, words),
    url: `/${facts.slug}/statements/${one.statement}`,
    time: words.time(parseInstant(one.publishedAt)!),
    withdrawn: one.withdrawnAt !== null,
  }
}

/** The newest first. */
export function statementLines(facts: OrganisationFacts, audience: PublicAudience, words: Words): StatementLine[] {
  return standing(facts.statements, audience).map((one) => statementLine(one, facts, words))
}
