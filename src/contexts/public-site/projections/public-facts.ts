import { LIVE, levelAt, type NodeId, type Organisation, organisationsOf, serviceOf, type World } from '#contexts/estate'
import { type Board, boardOf, type Cause, causeOf, type IncidentRecord, incidents, nodesOf } from '#contexts/incident'
import { type ContactRoute, contactRoutes, type ServiceWords, serviceWords } from '#contexts/statements'
import type { Models } from '#journal'
import { type Millis, NEVER, parseInstant } from '#kernel'
import {
  type IncidentFacts,
  isPublic,
  type OrganisationFacts,
  type ServiceFacts,
  type StatementFacts,
  type StatusChange,
} from '../core/facts.ts'
import { listings } from './listings.ts'
import { nextUpdateDue, statementFacts } from './said.ts'
import { type LevelChange, statusHistory } from './status-history.ts'

export interface WorldFacts {
  readonly world: World
  readonly organisations: readonly OrganisationFacts[]
  /** By the world's clock: when something that is said becomes untrue although nothing is recorded. NEVER if nothing will. */
  readonly nextChangeAt: Millis
}

/** What may be said in public of every organisation of a world at `at`, and until when that holds by itself. */
export function worldFacts(models: Models, world: World, at: Millis): WorldFacts {
  const members = organisationsOf(models, world)
  if (members.length === 0) return { world, organisations: [], nextChangeAt: NEVER }
  const board = boardOf(models, members[0]!.slug, at)
  const history = statusHistory(models, world, at)
  const looks: Look = { models, board, history, at, nextChangeAt: NEVER }
  const organisations = members.map((one) => organisationFacts(looks, one))
  return { world, organisations, nextChangeAt: looks.nextChangeAt }
}

interface Look {
  readonly models: Models
  readonly board: Board
  readonly history: ReadonlyMap<string, readonly LevelChange[]>
  readonly at: Millis
  nextChangeAt: Millis
}

/** Has the time come? If not, the page must be looked at again then. */
function passed(look: Look, time: Millis): boolean {
  if (time <= look.at) return true
  look.nextChangeAt = Math.min(look.nextChangeAt, time)
  return false
}

interface Own {
  readonly slug: string
  readonly listedAt: ReadonlyMap<NodeId, string>
  readonly words: ServiceWords
  readonly routes: readonly ContactRoute[]
}

function organisationFacts(look: Look, organisation: Organisation): OrganisationFacts {
  const { models, board } = look
  const { slug, name, gss = null } = organisation
  const listed = models.of(listings, slug)
  const routes = [...models.of(contactRoutes, slug).values()].filter(({ audiences }) => audiences.some(isPublic))
  const own: Own = { slug, listedAt: listed.listedAt, words: models.of(serviceWords, slug), routes }
  const services = nodesOf(board.graph, slug)
    .filter((node) => board.graph.isService[node] === 1)
    .map((node) => serviceFacts(look, own, node))
    .sort((a, b) => a.name.localeCompare(b.name, 'en-GB') || (a.slug < b.slug ? -1 : 1))
  const statements = statementFacts(models, slug)
  const records = [...models.of(incidents, slug).values()]
  const told = records.flatMap((record) => {
    const facts = incidentFacts(record, services, statements)
    return facts ? [{ record, facts }] : []
  })
  const due = nextUpdateDue(
    told.map(({ record }) => record),
    statements,
  )
  return {
    slug,
    name,
    gss,
    exercise: organisation.world !== LIVE,
    languages: organisation.languages,
    source: 'told',
    services,
    incidents: told.map(({ facts }) => facts),
    statements,
    routes,
    changes: statusChanges(look.history.get(slug) ?? [], services),
    nextUpdate: due === null ? null : { at: due, overdue: passed(look, due) },
    changedAt: listed.changedAt ?? new Date(0).toISOString(),
  }
}

/** Of the services that are listed today. */
function statusChanges(history: readonly LevelChange[], services: readonly ServiceFacts[]): StatusChange[] {
  const names = new Map(services.map(({ slug, name }) => [slug, name]))
  return history.flatMap(({ at, services: changed }) => {
    const told = changed.flatMap(({ id, from, to }) => {
      const slug = id.slice(id.indexOf('/') + 1)
      const name = names.get(slug)
      return name === undefined ? [] : [{ slug, name, from, to }]
    })
    return told.length === 0 ? [] : [{ at, services: told }]
  })
}

function serviceFacts(look: Look, own: Own, node: number): ServiceFacts {
  const id = look.board.graph.ids[node]!
  const service = serviceOf(look.models, id)
  return {
    slug: id.slice(id.indexOf('/') + 1),
    name: service?.name ?? id,
    ...stateOf(look, own, node),
    lgsl: service?.lgsl ?? null,
    advice: own.words.advice.get(id) ?? null,
    routes: own.routes.filter(({ services }) => services.includes(id)),
    listedAt: own.listedAt.get(id) ?? new Date(0).toISOString(),
  }
}

function stateOf(look: Look, own: Own, node: number): Pick<ServiceFacts, 'level' | 'since' | 'cause' | 'override'> {
  const { evaluation, graph } = look.board
  passed(look, evaluation.degradedFrom[node]!)
  passed(look, evaluation.stoppedFrom[node]!)
  const said = own.words.overrides.get(graph.ids[node]!)
  if (said && (said.until === null || !passed(look, parseInstant(said.until)!)))
    return {
      level: said.level,
      since: said.level === 'normal' ? null : parseInstant(said.since)!,
      cause: null,
      override: { told: said.told },
    }
  const level = levelAt(evaluation, node, look.at)
  const from = level === 'stopped' ? evaluation.stoppedFrom[node]! : evaluation.degradedFrom[node]!
  if (level === 'normal') return { level, since: null, cause: null, override: null }
  return { level, since: from, cause: causeIn(look, own.slug, node, level), override: null }
}

/** What is said of the cause changes when it should have been back. */
function causeIn(look: Look, owner: string, node: number, level: 'stopped' | 'degraded'): Cause | null {
  const cause = causeOf(look.models, look.board, { owner, node, level, at: look.at })
  for (const time of [cause?.expected?.likely, cause?.expected?.latest]) if (time !== undefined) passed(look, time)
  return cause
}

/** That something is being looked into is not public until it touches a service or the organisation has spoken of it. */
function incidentFacts(
  record: IncidentRecord,
  services: readonly ServiceFacts[],
  statements: readonly StatementFacts[],
): IncidentFacts | null {
  const stopped = record.isolations.some(({ foreseen }) => foreseen.stopped.length > 0)
  const degraded = record.isolations.some(({ foreseen }) => foreseen.degraded.length > 0)
  const touched = stopped || degraded
  const hit = services.some(({ level }) => level !== 'normal')
  const resolved = record.stoodDownAt !== null
  const spokenOf = statements.some(({ incident }) => incident === record.id)
  if (!touched && !spokenOf && (resolved || !hit)) return null
  const isolated = record.isolated.size > 0
  return {
    id: record.id,
    state: resolved ? 'resolved' : isolated ? 'identified' : hit || !touched ? 'investigating' : 'monitoring',
    startedAt: record.occurredAt,
    declaredAt: record.declaredAt,
    resolvedAt: record.stoodDownAt,
    stopsServices: stopped || (!resolved && services.some(({ level }) => level === 'stopped')),
  }
}
