import { NEVER } from '#kernel'
import { evaluate, suppose } from './evaluation.ts'
import type { Graph } from './graph.ts'

export interface SinglePoint {
  readonly component: number
  /** Services that its loss alone stops, at once or when buffers run out; ascending. */
  readonly services: readonly number[]
}

/**
 * Components whose loss alone stops a service, those that stop most first (then by id). With an organisation, only its
 * services count; the component may be a neighbour's. Throws a RangeError on an organisation that no estate names.
 */
export function singlePointsOfFailure(graph: Graph, options: { organisation?: string } = {}): SinglePoint[] {
  const organisation = options.organisation === undefined ? -1 : graph.organisations.indexOf(options.organisation)
  if (options.organisation !== undefined && organisation === -1)
    throw new RangeError(`No loaded estate belongs to ${options.organisation}.`)
  const counts = (node: number) =>
    graph.isService[node] === 1 && (organisation === -1 || graph.organisationOf[node] === organisation)

  const evaluation = evaluate(graph)
  const points: SinglePoint[] = []
  for (const component of componentsBelow(graph, counts)) {
    const services = suppose(evaluation, [{ node: component, degradedFrom: 0, stoppedFrom: 0 }], ({ nodes, after }) =>
      Array.from(nodes.filter((node, i) => after.stoppedFrom[i] !== NEVER && counts(node))),
    )
    if (services.length > 0) points.push({ component, services })
  }
  const id = ({ component }: SinglePoint) => graph.ids[component]!
  return points.sort((a, b) => b.services.length - a.services.length || (id(a) < id(b) ? -1 : 1))
}

/** Only what some counted service requires, near or far, can stop one. */
function componentsBelow(graph: Graph, counts: (node: number) => boolean): number[] {
  const seen = new Uint8Array(graph.size)
  const pending: number[] = []
  for (let node = 0; node < graph.size; node++)
    if (counts(node)) {
      seen[node] = 1
      pending.push(node)
    }
  const found: number[] = []
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (graph.isService[node] === 0 && graph.organisationOf[node] !== -1) found.push(node)
    for (let h = graph.needsFrom[node]!; h < graph.needsFrom[node + 1]!; h++)
      for (let i = graph.alternativesFrom[h]!; i < graph.alternativesFrom[h + 1]! && graph.uses[h] === 0; i++) {
        const target = graph.alternatives[i]!
        if (seen[target] === 1) continue
        seen[target] = 1
        pending.push(target)
      }
  }
  return found
}
