import {
  type Estate,
  estateOf,
  LIVE,
  levelAt,
  mainLanguage,
  type NodeId,
  nodeName,
  organisationOf,
  ownerOf,
  type Service,
} from '#contexts/estate'
import { type Board, boardOf, type Cause, causeOf, conditions, incidents, inForce } from '#contexts/incident'
import type { Models } from '#journal'
import { type Instant, type Millis, NEVER, parseDuration, parseInstant } from '#kernel'
import type { Marking } from '../core/draft.ts'
import type { Facts, IsolationFact, ServiceFact } from '../core/facts.ts'
import { contactRoutes } from './contact.ts'
import { standingLines } from './lines.ts'
import { overrideAt, serviceWords } from './service-words.ts'

/** What a statement is about beside the organisation as a whole. */
export interface About {
  readonly incident: string | null
  /** What the statement itself promises; null leaves it to the incident's last situation report. */
  readonly promised: Instant | null
}

interface Look {
  readonly models: Models
  readonly board: Board
  readonly organisation: string
  readonly at: Millis
}

/** Everything that is recorded and may be said of an organisation now. */
export function liveFacts(models: Models, organisation: string, at: Millis, about: About): Facts {
  const look: Look = { models, organisation, at, board: boardOf(models, organisation, at) }
  const estate = estateOf(models, organisation) ?? { organisation, components: [], services: [] }
  const services = estate.services.map((service) => serviceFact(look, service))
  return {
    organisation: { slug: organisation, name: organisationOf(models, organisation)?.name ?? organisation },
    ...markingOf(models, organisation),
    at,
    services,
    components: componentFacts(look, estate),
    isolations: [...ownIsolations(look), ...neighboursIsolations(look, services)],
    routes: [...models.of(contactRoutes, organisation).values()],
    lines: [...models.of(standingLines, organisation).values()],
    incident: incidentFact(look, about),
    nextUpdate: nextUpdate(look, about),
  }
}

/** In which language it speaks to the public, and whether that is practice. */
export function markingOf(models: Models, organisation: string): Marking {
  const { world = LIVE, languages = [] } = organisationOf(models, organisation) ?? {}
  return { exercise: world !== LIVE, language: mainLanguage({ languages }) }
}

function serviceFact(look: Look, service: Service): ServiceFact {
  const { models, organisation, at } = look
  const { graph, evaluation } = look.board
  const node = graph.index.get(service.id)!
  const words = models.of(serviceWords, organisation)
  const override = overrideAt(words, service.id, at)
  const derived = levelAt(evaluation, node, at)
  const stopsAt = evaluation.stoppedFrom[node]!
  const from = derived === 'stopped' ? stopsAt : evaluation.degradedFrom[node]!
  const cause =
    derived === 'normal' || override
      ? null
      : causeOf(models, look.board, { owner: organisation, node, level: derived, at })
  const since = derived === 'normal' ? null : from
  return {
    id: service.id,
    name: service.name,
    statutory: service.statutory,
    bearable: service.mtpd === undefined ? NEVER : (parseDuration(service.mtpd) ?? NEVER),
    level: override?.level ?? derived,
    derived,
    since: override ? parseInstant(override.since) : since,
    cause,
    override,
    advice: words.advice.get(service.id) ?? null,
    stopsAt: override || derived === 'stopped' || stopsAt === NEVER ? null : stopsAt,
  }
}

function componentFacts({ board: { graph, evaluation }, at }: Look, { components, services }: Estate) {
  const needed = new Map<NodeId, number>()
  for (const { needs } of [...components, ...services])
    for (const { anyOf } of needs) for (const id of anyOf) needed.set(id, (needed.get(id) ?? 0) + 1)
  return components.map(({ id, name, kind }) => ({
    id,
    name,
    kind,
    level: levelAt(evaluation, graph.index.get(id)!, at),
    neededBy: needed.get(id) ?? 0,
  }))
}

function ownIsolations(look: Look): IsolationFact[] {
  const records = [...look.models.of(incidents, look.organisation).values()]
  return records.flatMap(({ isolations }) =>
    isolations.flatMap(({ number }) => isolationFact(look, look.organisation, number)),
  )
}

/** Those of neighbours that have stopped or limited something here. */
function neighboursIsolations(look: Look, services: readonly ServiceFact[]): IsolationFact[] {
  const foreign = services.flatMap(({ cause }) => (cause?.neighbour && cause.condition === 'isolated' ? [cause] : []))
  const each = new Map(foreign.map((cause: Cause) => [`${ownerOf(cause.component)} ${cause.entry}`, cause]))
  return [...each.values()].flatMap(({ component, entry }) => isolationFact(look, ownerOf(component), entry))
}

function isolationFact({ models, organisation, at }: Look, owner: string, entry: number): IsolationFact[] {
  const record = [...models.of(incidents, owner).values()]
    .flatMap(({ isolations }) => isolations)
    .find(({ number }) => number === entry)
  const { records } = models.of(conditions, owner)
  const left = record?.components.filter((id) => inForce(records.get(id), at)?.order === entry) ?? []
  if (!record || left.length === 0) return []
  const kinds = new Map(estateOf(models, owner)?.components.map(({ id, kind }) => [id, kind]) ?? [])
  const expected = record.expectedRestoration
  return [
    {
      entry,
      organisation: owner,
      neighbour: owner === organisation ? null : (organisationOf(models, owner)?.name ?? owner),
      components: left.map((id) => ({ id, name: nodeName(models, id), kind: kinds.get(id) ?? 'application' })),
      since: parseInstant(record.since)!,
      precautionary: record.precautionary,
      expected: expected && {
        optimistic: parseInstant(expected.optimistic)!,
        likely: parseInstant(expected.likely)!,
        pessimistic: parseInstant(expected.pessimistic)!,
      },
    },
  ]
}

function incidentFact({ models, organisation }: Look, { incident }: About): Facts['incident'] {
  const record = incident === null ? undefined : models.of(incidents, organisation).get(incident)
  if (!record) return null
  const { id, declaredAt, stoodDownAt } = record
  return {
    id,
    declaredAt: parseInstant(declaredAt)!,
    stoodDownAt: stoodDownAt === null ? null : parseInstant(stoodDownAt),
  }
}

function nextUpdate({ models, organisation }: Look, { incident, promised }: About): Facts['nextUpdate'] {
  if (promised) return { at: parseInstant(promised)!, promised: true }
  const record = incident === null ? undefined : models.of(incidents, organisation).get(incident)
  const set = record?.stoodDownAt === null ? record.sitreps.at(-1)?.nextUpdateAt : null
  return set ? { at: parseInstant(set)!, promised: false } : null
}
