import {
  componentOf,
  type Evaluation,
  type Graph,
  type Level,
  levelAt,
  nodeName,
  organisationOf,
  ownerOf,
  serviceOf,
} from '#contexts/estate'
import type { Models } from '#journal'
import { type Millis, NEVER } from '#kernel'
import { conditions, inForce } from '../projections/conditions.ts'
import { because } from '../projections/impact.ts'
import { listed, sayLength } from './say.ts'

/** What the picture and its list say of one component or service. */
export interface NodeFacts {
  readonly id: string
  readonly name: string
  readonly service: boolean
  /** Such as `service`, `network`, `platform of Kensington and Chelsea`. */
  readonly what: string
  readonly level: Level
  readonly since: Millis | null
  /** When it gets worse, if nothing is done. */
  readonly worseAt: Millis | null
  /** A sentence; null where nothing is wrong with it now or later. */
  readonly why: string | null
}

export type FactsOf = (node: number) => NodeFacts

export function nodeFacts(models: Models, evaluation: Evaluation, organisation: string, now: Millis): FactsOf {
  const { graph } = evaluation
  const kept = new Map<number, NodeFacts>()
  return (node) => {
    const known = kept.get(node)
    if (known) return known
    const id = graph.ids[node]!
    const level = levelAt(evaluation, node, now)
    const [degraded, stopped] = [evaluation.degradedFrom[node]!, evaluation.stoppedFrom[node]!]
    const since = level === 'stopped' ? stopped : degraded
    const worse = level === 'normal' ? degraded : stopped
    const facts = {
      id,
      name: nodeName(models, id),
      service: graph.isService[node] === 1,
      what: what(models, id, organisation),
      level,
      since: level === 'normal' ? null : since,
      worseAt: level === 'stopped' || worse === NEVER ? null : worse,
      why: why(models, because(evaluation, node, level), now),
    }
    kept.set(node, facts)
    return facts
  }
}

function what(models: Models, id: string, organisation: string): string {
  const kind = componentOf(models, id)?.kind ?? (serviceOf(models, id) ? 'service' : 'not known to Holdfast yet')
  const owner = ownerOf(id)
  return owner === organisation ? kind : `${kind}, ${organisationOf(models, owner)?.name ?? owner}`
}

function why(models: Models, chain: readonly string[], now: Millis): string | null {
  const cause = chain.at(-1)
  if (cause === undefined) return null
  const record = inForce(models.of(conditions, ownerOf(cause)).records.get(cause), now)
  const told = record ? ` (recorded as ${record.condition})` : ''
  if (chain.length === 1) return record ? `It is recorded as ${record.condition}.` : 'This was recorded of it.'
  const between = chain.slice(1, -1).map((id) => nodeName(models, id))
  const through = between.length > 0 ? `, through ${listed(between)}` : ''
  return `Because of ${nodeName(models, cause)}${told}${through}.`
}

const ORDER: readonly Level[] = ['stopped', 'degraded', 'normal']

/** The worst first, then whatever gets worse soonest, then by name. */
export function worseFirst(a: NodeFacts, b: NodeFacts): number {
  return (
    ORDER.indexOf(a.level) - ORDER.indexOf(b.level) ||
    (a.worseAt ?? NEVER) - (b.worseAt ?? NEVER) ||
    a.name.localeCompare(b.name, 'en-GB') ||
    (a.id < b.id ? -1 : 1)
  )
}

/** How one node needs another, in a sentence or two. */
export function sayNeeds(graph: Graph, from: number, to: number, nameOf: (node: number) => string): string {
  const sentences: string[] = []
  for (let need = graph.needsFrom[from]!; need < graph.needsFrom[from + 1]!; need++) {
    const targets = [...graph.alternatives.slice(graph.alternativesFrom[need]!, graph.alternativesFrom[need + 1]!)]
    if (!targets.includes(to)) continue
    const atLeast = targets.length - graph.losses[need]! + 1
    const lost = graph.uses[need] === 1 ? 'is limited' : 'stops'
    const buffer = graph.buffer[need]!
    const names = targets.map(nameOf)
    const what = targets.length === 1 ? names[0]! : `at least ${atLeast} of ${listed(names)}`
    const when = buffer > 0 ? `${sayLength(buffer)} after losing` : 'without'
    sentences.push(`${nameOf(from)} ${lost} ${when} ${what}.`)
  }
  return sentences.join(' ')
}
