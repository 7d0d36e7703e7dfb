import type { PublicAudience, StatementFacts } from './facts.ts'

/** What an audience has been told, one for each statement: the version that stands, the newest statement first. */
export function standing(statements: readonly StatementFacts[], audience: PublicAudience): StatementFacts[] {
  const latest = new Map<number, StatementFacts>()
  for (const one of statements) if (one.audience === audience) latest.set(one.statement, one)
  return [...latest.values()].sort((a, b) => b.statement - a.statement)
}

/** The newest that has not been withdrawn. */
export function latestSaid(statements: readonly StatementFacts[], audience: PublicAudience): StatementFacts | null {
  const said = statements.filter((one) => one.audience === audience && one.withdrawnAt === null)
  return said.at(-1) ?? null
}
