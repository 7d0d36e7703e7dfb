import type { Level } from '#contexts/estate'
import { instant, type Millis, parseInstant } from '#kernel'
import { type Words, wordsOf } from '../../core/catalogue/index.ts'
import { countsOf, type IncidentFacts, type OrganisationFacts, type StatementFacts } from '../../core/facts.ts'
import { capital, marked } from '../../core/words.ts'
import { changeParts, changeTitle } from '../change-words.ts'
import { stamp } from '../names.ts'
import { headlineOf, partsOf, textOf, unmarked } from '../said.ts'
import { type AffectedComponent, COMPONENT_STATUS, type IncidentUpdate } from './shapes.ts'

interface Told {
  readonly at: Millis
  readonly id: string
  readonly body: string
  readonly status: IncidentUpdate['status']
  readonly affected: readonly AffectedComponent[]
}

/** What residents were told of an incident and what became of the services meanwhile, the newest first. */
export function incidentUpdates(facts: OrganisationFacts, incident: IncidentFacts): IncidentUpdate[] {
  const words = wordsOf(facts)
  const told = [...statements(facts, incident), ...changes(facts, incident)].sort((a, b) => a.at - b.at)
  const newest = told.at(-1)
  if (newest?.id.startsWith('change-')) told[told.length - 1] = { ...newest, body: newest.body + mainReason(facts) }
  const over = incident.resolvedAt === null ? null : parseInstant(incident.resolvedAt)!
  if (over !== null)
    told.push({
      at: Math.max(over, told.at(-1)?.at ?? over),
      id: 'over',
      body: words.say('incident.over'),
      status: 'resolved',
      affected: [],
    })
  else if (told.length === 0) told.push(asItStands(facts, incident))
  return told.toReversed().map(({ at, id, body, status, affected }, position) => ({
    id: `${incident.id}-${id}`,
    incident_id: incident.id,
    // An incident stands as its newest update says.
    status: position === 0 ? incident.state : status,
    body: marked(facts.exercise, body, words),
    created_at: instant(at),
    updated_at: instant(at),
    display_at: instant(at),
    affected_components: affected,
  }))
}

function statements(facts: OrganisationFacts, incident: IncidentFacts): Told[] {
  const words = wordsOf(facts)
  const own = facts.statements.filter((one) => one.audience === 'residents' && one.incident === incident.id)
  return own.map((version, position) => {
    const levels = levelsOf(version)
    const before = position === 0 ? new Map<string, Level>() : levelsOf(own[position - 1]!)
    return {
      at: parseInstant(version.publishedAt)!,
      id: `statement-${version.statement}-${version.version}`,
      body: `${bareTitle(version, facts.exercise, words)}\n\n${textOf(partsOf(version, words))}`,
      status: [...levels.values()].some((level) => level !== 'normal') ? 'identified' : 'monitoring',
      affected: facts.services.flatMap(({ slug, name }) => {
        const [from, to] = [before.get(slug) ?? 'normal', levels.get(slug) ?? 'normal']
        return before.has(slug) || levels.has(slug) ? [affected(facts, { slug, name, from, to })] : []
      }),
    }
  })
}

function bareTitle(version: StatementFacts, exercise: boolean, words: Words): string {
  return unmarked(headlineOf(version, exercise, words), exercise, words)
}

function levelsOf({ services }: StatementFacts): Map<string, Level> {
  return new Map(services.map(({ id, level }) => [id.slice(id.indexOf('/') + 1), level]))
}

/** Of the changes while it lasted; where several last, the one declared last is told of them. */
function changes(facts: OrganisationFacts, incident: IncidentFacts): Told[] {
  const words = wordsOf(facts)
  return facts.changes
    .filter(({ at }) => incidentAt(facts, at)?.id === incident.id)
    .map((change) => ({
      at: change.at,
      id: `change-${stamp(change.at)}`,
      body: `${changeTitle(change, words)}.\n\n${textOf(changeParts(change, words))}`,
      status: change.services.some(({ to }) => to !== 'normal') ? 'identified' : 'monitoring',
      affected: change.services.map((one) => affected(facts, one)),
    }))
}

function incidentAt(facts: OrganisationFacts, at: Millis): IncidentFacts | undefined {
  return facts.incidents.findLast(
    ({ declaredAt, resolvedAt }) =>
      parseInstant(declaredAt)! <= at && (resolvedAt === null || at <= parseInstant(resolvedAt)!),
  )
}

/** Empty where there is none any more. */
function mainReason(facts: OrganisationFacts): string {
  const { say, reasons } = wordsOf(facts)
  const why = reasons(facts.services)[0]
  return why ? `\n\n${say('incident.reason', { reason: why })}` : ''
}

function asItStands(facts: OrganisationFacts, incident: IncidentFacts): Told {
  const hit = facts.services.filter(({ level }) => level !== 'normal')
  return {
    at: parseInstant(incident.declaredAt)!,
    id: 'begun',
    body: capital(wordsOf(facts).truth(countsOf(facts.services))) + mainReason(facts),
    status: incident.state,
    affected: hit.map(({ slug, name, level }) => affected(facts, { slug, name, from: 'normal', to: level })),
  }
}

function affected(
  facts: OrganisationFacts,
  { slug, name, from, to }: { slug: string; name: string; from: Level; to: Level },
): AffectedComponent {
  return {
    code: slug,
    name: marked(facts.exercise, name, wordsOf(facts)),
    old_status: COMPONENT_STATUS[from],
    new_status: COMPONENT_STATUS[to],
  }
}
