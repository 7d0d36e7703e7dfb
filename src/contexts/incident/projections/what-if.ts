import {
  breachOf,
  type Changes,
  type Condition,
  type Evaluation,
  leastKeepAlive,
  type NodeId,
  nodeName,
  type OwnTimes,
  organisationOf,
  ownerOf,
  ownTimes,
  serviceOf,
  suppose,
} from '#contexts/estate'
import type { Models } from '#journal'
import { type Instant, instant, instantOrNull, isWritable, type Millis, NEVER, parseInstant } from '#kernel'
import { boardOf } from './board.ts'
import { callOff, conditions, put } from './conditions.ts'
import { because } from './impact.ts'

export interface Change {
  readonly component: NodeId
  readonly condition: Condition
  readonly since?: Instant
}

/** A service that the changes would stop or degrade (sooner than it would anyway). */
export interface Hit {
  readonly id: NodeId
  readonly name: string
  readonly at: Instant
  readonly because: readonly NodeId[]
  readonly rtoBreachAt: Instant | null
  readonly mtpdBreachAt: Instant | null
}

export interface KeepAlive {
  /** The services that it keeps: the statutory ones that would stop, or all that would where none is statutory. */
  readonly services: readonly NodeId[]
  /** The least set of components that must stay up for them; null where they cannot be kept. */
  readonly components: readonly NodeId[] | null
  /** Of those, the ones that the changes would take: what to leave out of the isolation. */
  readonly spare: readonly NodeId[]
  /** False where the search was cut short: then `components` is the best found and no set is smaller than `lowerBound`. */
  readonly exact: boolean
  readonly lowerBound: number
}

export interface WhatIf {
  readonly at: Instant
  readonly stopped: readonly Hit[]
  readonly degraded: readonly Hit[]
  /** Services that would come back or suffer less. */
  readonly relieved: readonly NodeId[]
  readonly components: { readonly stopped: readonly NodeId[]; readonly degraded: readonly NodeId[] }
  /** In order of time. */
  readonly breaches: readonly { readonly service: NodeId; readonly objective: 'rto' | 'mtpd'; readonly at: Instant }[]
  /** Who else is hit, and what of theirs. */
  readonly organisations: readonly {
    readonly organisation: string
    readonly name: string
    readonly stopped: readonly Hit[]
    readonly degraded: readonly Hit[]
  }[]
  readonly keepAlive: KeepAlive | null
}

/** What would follow if these conditions were recorded; nothing is. Changes of components that are not there are left out. */
export function whatIf(models: Models, organisation: string, changes: readonly Change[], now: Millis): WhatIf {
  const { graph, evaluation } = boardOf(models, organisation, now)
  const lost = downAlready(evaluation)
  const own = changes.flatMap(({ component, condition, since }): OwnTimes[] => {
    const node = graph.index.get(component)
    if (node === undefined || graph.organisationOf[node] === -1) return []
    const history = [...(models.of(conditions, ownerOf(component)).records.get(component) ?? [])]
    const begins = since === undefined ? now : parseInstant(since)!
    const order = (history.at(-1)?.order ?? 0) + 1
    const supposed = { condition, since: begins, order, recordedAt: now, incident: null, precautionary: false }
    if (condition === 'operational') callOff(history, now)
    put(history, supposed)
    return [{ node, ...ownTimes(history, now) }]
  })
  return suppose(evaluation, own, (changed) => read(models, organisation, evaluation, changed, now, lost))
}

/** Components that are or will be down whatever is decided now: leaving them out of an isolation keeps nothing up. */
function downAlready({ graph, own }: Evaluation): readonly number[] {
  const down: number[] = []
  for (let node = 0; node < graph.size; node++) if (own.stoppedFrom[node] !== NEVER) down.push(node)
  return down
}

function read(
  models: Models,
  organisation: string,
  evaluation: Evaluation,
  changed: Changes,
  now: Millis,
  lost: readonly number[],
): WhatIf {
  const { graph } = evaluation
  const hits = { stopped: [] as number[], degraded: [] as number[], relieved: [] as number[] }
  for (let i = 0; i < changed.nodes.length; i++) {
    const node = changed.nodes[i]!
    const [stops, stopped] = [changed.after.stoppedFrom[i]!, changed.before.stoppedFrom[i]!]
    const [degrades, degraded] = [changed.after.degradedFrom[i]!, changed.before.degradedFrom[i]!]
    if (stops < stopped && isWritable(stops)) hits.stopped.push(node)
    else if (degrades < degraded && isWritable(degrades)) hits.degraded.push(node)
    else if (stops > stopped || degrades > degraded) hits.relieved.push(node)
  }
  const services = (nodes: number[], of: string) => nodes.filter((node) => graph.isService[node] && owner(node) === of)
  const owner = (node: number) => graph.organisations[graph.organisationOf[node]!]!
  const ids = (nodes: number[]) => nodes.map((node) => graph.ids[node]!)
  const list = (nodes: number[], level: 'stopped' | 'degraded') =>
    nodes
      .map((node) => hit(models, evaluation, node, level))
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1))

  const stopped = services(hits.stopped, organisation)
  const neighbours = new Set([...hits.stopped, ...hits.degraded].map(owner).filter((one) => one !== organisation))
  return {
    at: instant(now),
    stopped: list(stopped, 'stopped'),
    degraded: list(services(hits.degraded, organisation), 'degraded'),
    relieved: ids(services(hits.relieved, organisation)),
    components: {
      stopped: ids(hits.stopped.filter((node) => !graph.isService[node] && owner(node) === organisation)),
      degraded: ids(hits.degraded.filter((node) => !graph.isService[node] && owner(node) === organisation)),
    },
    breaches: breachesOf(evaluation, stopped),
    organisations: [...neighbours].sort().map((slug) => ({
      organisation: slug,
      name: organisationOf(models, slug)?.name ?? slug,
      stopped: list(services(hits.stopped, slug), 'stopped'),
      degraded: list(services(hits.degraded, slug), 'degraded'),
    })),
    keepAlive: keepAlive(models, evaluation, stopped, lost),
  }
}

function hit(models: Models, evaluation: Evaluation, node: number, level: 'stopped' | 'degraded'): Hit {
  const id = evaluation.graph.ids[node]!
  const { rtoBreachedAt, mtpdBreachedAt } = breachOf(evaluation, node)
  return {
    id,
    name: nodeName(models, id),
    at: instant(level === 'stopped' ? evaluation.stoppedFrom[node]! : evaluation.degradedFrom[node]!),
    because: because(evaluation, node, level),
    rtoBreachAt: instantOrNull(rtoBreachedAt),
    mtpdBreachAt: instantOrNull(mtpdBreachedAt),
  }
}

function breachesOf(evaluation: Evaluation, stopped: readonly number[]): WhatIf['breaches'] {
  return stopped
    .flatMap((node) => {
      const service = evaluation.graph.ids[node]!
      const { rtoBreachedAt, mtpdBreachedAt } = breachOf(evaluation, node)
      return [
        { service, objective: 'rto' as const, time: rtoBreachedAt },
        { service, objective: 'mtpd' as const, time: mtpdBreachedAt },
      ]
    })
    .filter(({ time }) => isWritable(time))
    .sort((a, b) => a.time - b.time || (a.service < b.service ? -1 : 1))
    .map(({ service, objective, time }) => ({ service, objective, at: instant(time) }))
}

function keepAlive(
  models: Models,
  evaluation: Evaluation,
  stopped: readonly number[],
  lost: readonly number[],
): KeepAlive | null {
  if (stopped.length === 0) return null
  const { graph } = evaluation
  const statutory = stopped.filter((node) => serviceOf(models, graph.ids[node]!)?.statutory)
  const services = statutory.length > 0 ? statutory : [...stopped]
  const { stoppedFrom } = evaluation.own
  const already = new Set(lost.filter((node) => stoppedFrom[node] !== NEVER))
  const taken = (node: number) => stoppedFrom[node] !== NEVER && !already.has(node)
  const least = leastKeepAlive(graph, services, { lost: already })
  const ids = (nodes: Iterable<number>) => Array.from(nodes, (node) => graph.ids[node]!).sort()
  return {
    services: ids(services),
    components: least && ids(least.components),
    spare: least ? ids(least.components.filter(taken)) : [],
    exact: least?.exact ?? true,
    lowerBound: least?.lowerBound ?? 0,
  }
}
