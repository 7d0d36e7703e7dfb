import type { IncidentRecord } from '#contexts/incident'
import { published } from '#contexts/statements'
import type { Models } from '#journal'
import { type Millis, parseInstant } from '#kernel'
import { isPublic, type StatementFacts } from '../core/facts.ts'

/** What has been said to people outside, in every version. */
export function statementFacts(models: Models, organisation: string): StatementFacts[] {
  return models.of(published, organisation).flatMap((one) => {
    const { audience } = one
    return isPublic(audience) ? [{ ...one, audience }] : []
  })
}

/** By when is the next update promised? Of each open incident the last promise counts, and of these the first to fall due. */
export function nextUpdateDue(
  incidents: readonly IncidentRecord[],
  statements: readonly StatementFacts[],
): Millis | null {
  const standing = statements.filter(({ withdrawnAt }) => withdrawnAt === null)
  const open = incidents.filter(({ stoodDownAt }) => stoodDownAt === null)
  const promises = [
    ...open.map((record) => promised(record, lastSaid(standing, record.id))),
    lastSaid(standing, null)?.nextUpdateAt,
  ]
  const due = promises.flatMap((text) => (text ? [parseInstant(text)!] : []))
  return due.length === 0 ? null : Math.min(...due)
}

/** To residents; to others only where residents have been told nothing. */
function lastSaid(statements: readonly StatementFacts[], incident: string | null): StatementFacts | undefined {
  const own = statements.filter((one) => one.incident === incident)
  return own.findLast(({ audience }) => audience === 'residents') ?? own.at(-1)
}

/** A statement keeps the promise made before it, also where it makes no other; a sitrep does so only by a new one. */
function promised(record: IncidentRecord, said: StatementFacts | undefined): string | null {
  const sitrep = record.sitreps.at(-1)
  if (!said) return sitrep?.nextUpdateAt ?? null
  return (sitrep && sitrep.issuedAt > said.publishedAt && sitrep.nextUpdateAt) || said.nextUpdateAt
}
