import { type Graph, isUnresolved, LINK } from '../impact/index.ts'

/** What a node needs, or what needs it. */
export type Side = 'needs' | 'needed-by'

export interface Reached {
  readonly node: number
  /** 1: directly. */
  readonly steps: number
}

/** Each neighbour of the node on that side once, in the order of its needs. */
export function neighbours(graph: Graph, node: number, side: Side): number[] {
  const found = new Set<number>()
  if (side === 'needs')
    for (let need = graph.needsFrom[node]!; need < graph.needsFrom[node + 1]!; need++)
      for (let i = graph.alternativesFrom[need]!; i < graph.alternativesFrom[need + 1]!; i++)
        found.add(graph.alternatives[i]!)
  else
    for (let link = graph.linksFrom[node]!; link < graph.linksFrom[node + 1]!; link++)
      found.add(graph.links[LINK * link + 1]!)
  return [...found]
}

/** All that a node needs, or that needs it, near and far, nearest first; without the node itself. */
export function reach(graph: Graph, node: number, side: Side, seen: (node: number) => boolean): Reached[] {
  const known = new Set([node])
  const found: Reached[] = [{ node, steps: 0 }]
  for (const { node: from, steps } of found)
    for (const next of neighbours(graph, from, side))
      if (!known.has(next) && seen(next)) {
        known.add(next)
        found.push({ node: next, steps: steps + 1 })
      }
  return found.slice(1)
}

/** Marks all nodes that concern an organisation: its own, what those need of others, and what others build on them. */
export function concerns(graph: Graph, organisation: string): Uint8Array {
  const owner = graph.organisations.indexOf(organisation)
  const marked = new Uint8Array(graph.size)
  for (const side of ['needs', 'needed-by'] as const) {
    const known = new Uint8Array(graph.size)
    const pending: number[] = []
    const add = (node: number) => {
      if (known[node] === 1) return
      known[node] = 1
      marked[node] = 1
      pending.push(node)
    }
    for (let node = 0; node < graph.size; node++)
      if (owner >= 0 && !isUnresolved(graph, node) && graph.organisationOf[node] === owner) add(node)
    for (let node = pending.pop(); node !== undefined; node = pending.pop())
      for (const next of neighbours(graph, node, side)) add(next)
  }
  return marked
}
