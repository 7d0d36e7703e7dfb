import { LIVE, levelAt, type NodeId, type Organisation, organisationsOf, serviceOf, type World } from '#contexts/estate'
import { type Board, boardOf, type Cause, causeOf, type IncidentRecord, incidents, nodesOf } from '#contexts/incident'
import type { Models } from '#journal'
import { type Millis, NEVER, parseInstant } from '#kernel'
import type { IncidentFacts, OrganisationFacts, ServiceFacts } from '../core/facts.ts'
import { listings } from './listings.ts'

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
  const looks: Look = { models, board, at, nextChangeAt: NEVER }
  const organisations = members.map((one) => organisationFacts(looks, one))
  return { world, organisations, nextChangeAt: looks.nextChangeAt }
}

interface Look {
  readonly models: Models
  readonly board: Board
  readonly at: Millis
  nextChangeAt: Millis
}

/** Has the time come? If not, the page must be looked at again then. */
function passed(look: Look, time: Millis): boolean {
  if (time <= look.at) return true
  look.nextChangeAt = Math.min(look.nextChangeAt, time)
  return false
}

function organisationFacts(look: Look, organisation: Organisation): OrganisationFacts {
  const { models, board } = look
  const { slug, name } = organisation
  const listed = models.of(listings, slug)
  const services = nodesOf(board.graph, slug)
    .filter((node) => board.graph.isService[node] === 1)
    .map((node) => serviceFacts(look, slug, node, listed.listedAt))
    .sort((a, b) => a.name.localeCompare(b.name, 'en-GB') || (a.slug < b.slug ? -1 : 1))
  const told = [...models.of(incidents, slug).values()].flatMap((record) => {
    const facts = incidentFacts(record, services)
    return facts ? [{ record, facts }] : []
  })
  return {
    slug,
    name,
    exercise: organisation.world !== LIVE,
    services,
    incidents: told.map(({ facts }) => facts),
    nextUpdate: nextUpdate(
      look,
      told.map(({ record }) => record),
    ),
    changedAt: listed.changedAt ?? new Date(0).toISOString(),
  }
}

function serviceFacts(look: Look, owner: string, node: number, listedAt: ReadonlyMap<NodeId, string>): ServiceFacts {
  const { evaluation, graph } = look.board
  const id = graph.ids[node]!
  passed(look, evaluation.degradedFrom[node]!)
  passed(look, evaluation.stoppedFrom[node]!)
  const level = levelAt(evaluation, node, look.at)
  const from = level === 'stopped' ? evaluation.stoppedFrom[node]! : evaluation.degradedFrom[node]!
  return {
    slug: id.slice(id.indexOf('/') + 1),
    name: serviceOf(look.models, id)?.name ?? id,
    level,
    since: level === 'normal' ? null : from,
    cause: level === 'normal' ? null : causeIn(look, owner, node, level),
    listedAt: listedAt.get(id) ?? new Date(0).toISOString(),
  }
}

/** What is said of the cause changes when it should have been back. */
function causeIn(look: Look, owner: string, node: number, level: 'stopped' | 'degraded'): Cause | null {
  const cause = causeOf(look.models, look.board, { owner, node, level, at: look.at })
  for (const time of [cause?.expected?.likely, cause?.expected?.latest]) if (time !== undefined) passed(look, time)
  return cause
}

/** That something is being looked into is not public until it touches a service. */
function incidentFacts(record: IncidentRecord, services: readonly ServiceFacts[]): IncidentFacts | null {
  const stopped = record.isolations.some(({ foreseen }) => foreseen.stopped.length > 0)
  const degraded = record.isolations.some(({ foreseen }) => foreseen.degraded.length > 0)
  const hit = services.some(({ level }) => level !== 'normal')
  const resolved = record.stoodDownAt !== null
  if (!stopped && !degraded && (resolved || !hit)) return null
  const isolated = record.isolated.size > 0
  return {
    id: record.id,
    state: resolved ? 'resolved' : isolated ? 'identified' : hit ? 'investigating' : 'monitoring',
    startedAt: record.occurredAt,
    declaredAt: record.declaredAt,
    resolvedAt: record.stoodDownAt,
    stopsServices: stopped || (!resolved && services.some(({ level }) => level === 'stopped')),
  }
}

function nextUpdate(look: Look, records: readonly IncidentRecord[]): OrganisationFacts['nextUpdate'] {
  const due = records
    .filter(({ stoodDownAt }) => stoodDownAt === null)
    .flatMap(({ sitreps }) => sitreps.at(-1)?.nextUpdateAt ?? [])
    .map((text) => parseInstant(text)!)
    .sort((a, b) => a - b)
  return due[0] === undefined ? null : { at: due[0], overdue: passed(look, due[0]) }
}
