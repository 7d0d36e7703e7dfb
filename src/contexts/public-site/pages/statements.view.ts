import { wordsIn } from '../core/catalogue/index.ts'
import { type Issue, type OrganisationFacts, PUBLIC_AUDIENCES } from '../core/facts.ts'
import { type Frame, frame } from './frame.view.ts'
import { statementNumbers } from './statement.view.ts'
import { type StatementLine, statementLine } from './statement-lines.view.ts'

export interface StatementsPage extends Frame {
  readonly statements: readonly StatementLine[]
}

/** Every statement once: as residents were told where they were, else as partners or the press. */
export function statementsPage(facts: OrganisationFacts, issue: Issue): StatementsPage {
  const { say } = wordsIn(issue.language)
  const lines = statementNumbers(facts).map((number) => {
    const own = facts.statements.filter(({ statement }) => statement === number)
    const first = PUBLIC_AUDIENCES.map((audience) => own.findLast((one) => one.audience === audience)).find(Boolean)
    return statementLine(first!, facts, issue)
  })
  return {
    ...frame(facts, issue, '/statements', say('statements.title', { organisation: facts.name })),
    statements: lines,
  }
}
