import { query } from '#command'
import { breachOf, levelAt, nodeName } from '#contexts/estate'
import type { Models } from '#journal'
import { instant, instantOrNull, type Millis, NEVER } from '#kernel'
import { READERS } from '../commands/roles-allowed.ts'
import { type Board, boardAt, boardOf, nodesOf, serviceCounts } from '../projections/board.ts'
import { conditions, inForce } from '../projections/conditions.ts'
import { type IncidentRecord, incidents } from '../projections/incidents.ts'
import { type Moment, modelAt } from '../projections/log.ts'
import { isNow, MomentInput, momentOf } from './moment.ts'

export const situation = query({
  name: 'situation',
  summary: 'What is hit, since when, what next hurts, and who commands',
  description: 'Now, or at `at`; with `knownAt`, only from what had been recorded by then.',
  input: MomentInput,
  roles: READERS,
  read(input, { models, organisation, now }) {
    return situationAt(models, organisation, momentOf(input, now), isNow(input))
  },
})

/** `live`: nothing but now was asked, so that the board that is kept answers. */
export function situationAt(models: Models, organisation: string, moment: Moment, live: boolean) {
  const board = live ? boardOf(models, organisation, moment.at) : boardAt(models, organisation, moment)
  const records = live ? models.of(incidents, organisation) : modelAt(models, incidents, organisation, moment)
  return {
    at: instant(moment.at),
    services: serviceCounts(models, organisation, moment.at, board),
    hit: hitServices(models, board, organisation, moment.at),
    components: recordedComponents(models, organisation, moment),
    incidents: [...records.values()].map((record) => summary(record, moment.at)),
  }
}

export type Situation = ReturnType<typeof situationAt>

/** Services that are or will be impaired, by the time left to their MTPD, soonest first. */
function hitServices(models: Models, { graph, evaluation }: Board, organisation: string, at: Millis) {
  return nodesOf(graph, organisation)
    .filter((node) => graph.isService[node] === 1 && evaluation.degradedFrom[node] !== NEVER)
    .map((node) => ({ node, ...breachOf(evaluation, node) }))
    .sort((a, b) => a.mtpdBreachedAt - b.mtpdBreachedAt || a.stoppedFrom - b.stoppedFrom || a.node - b.node)
    .map(({ node, rtoBreachedAt, mtpdBreachedAt }) => ({
      id: graph.ids[node]!,
      name: nodeName(models, graph.ids[node]!),
      level: levelAt(evaluation, node, at),
      degradedFrom: instantOrNull(evaluation.degradedFrom[node]!),
      stoppedFrom: instantOrNull(evaluation.stoppedFrom[node]!),
      rtoBreachAt: instantOrNull(rtoBreachedAt),
      mtpdBreachAt: instantOrNull(mtpdBreachedAt),
    }))
}

/** Components that somebody has recorded as anything but operational. */
function recordedComponents(models: Models, organisation: string, moment: Moment) {
  const state =
    moment.knownAt === undefined
      ? models.of(conditions, organisation)
      : modelAt(models, conditions, organisation, { ...moment, at: Number.POSITIVE_INFINITY })
  return [...state.records]
    .flatMap(([id, records]) => {
      const record = inForce(records, moment.at)
      if (!record || record.condition === 'operational') return []
      const { condition, since, precautionary, incident } = record
      return [{ id, name: nodeName(models, id), condition, since: instant(since), precautionary, incident }]
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

function summary(record: IncidentRecord, at: Millis) {
  const { id, title, summary, methane, occurredAt, reportedAt, declaredAt, stoodDownAt } = record
  const last = record.sitreps.at(-1)
  return {
    id,
    title,
    summary,
    methane,
    status: stoodDownAt ? 'stood-down' : 'open',
    occurredAt,
    reportedAt,
    declaredAt,
    stoodDownAt,
    roles: [...record.roles.values()],
    isolated: [...record.isolated].sort(),
    assumptions: record.assumptions.map((one) => ({
      ...one,
      reviewOverdue: one.holds && one.reviewAt !== null && Date.parse(one.reviewAt) <= at,
    })),
    lastSitrep: last ?? null,
    nextUpdateAt: last?.nextUpdateAt ?? null,
    updateOverdue: !stoodDownAt && last?.nextUpdateAt != null && Date.parse(last.nextUpdateAt) <= at,
  }
}
