import type { Graph } from '../impact/index.ts'
import { neighbours, type Side } from './reach.ts'

export interface Neighbour {
  readonly node: number
  /** Null of the node in the middle. */
  readonly side: Side | null
  readonly steps: number
}

/** Nodes left out at one distance, as one. */
export interface More {
  readonly side: Side
  readonly steps: number
  readonly count: number
  /** The shown nodes that they hang on. */
  readonly beside: readonly number[]
}

export interface Link {
  readonly from: number
  readonly to: number
  /** Degraded, not lost, without it. */
  readonly uses: boolean
  /** One of several that would do. */
  readonly choice: boolean
}

export interface Neighbourhood {
  readonly nodes: readonly Neighbour[]
  readonly more: readonly More[]
  readonly links: readonly Link[]
}

export interface NeighbourhoodOptions {
  /** Steps away from the middle, each way. */
  readonly depth: number
  /** Nodes at one distance; the first by `order` stay. */
  readonly width: number
  /** Nodes altogether. */
  readonly most: number
  readonly order: (a: number, b: number) => number
  readonly seen: (node: number) => boolean
}

/**
 * What stands around a node, few enough to draw. What does not fit is counted: the nodes one step beyond what is shown,
 * each once. A node that is on both sides (in a circle of needs) is shown as needed.
 */
export function neighbourhood(graph: Graph, middle: number, options: NeighbourhoodOptions): Neighbourhood {
  const nodes: Neighbour[] = [{ node: middle, side: null, steps: 0 }]
  const more: More[] = []
  const shown = new Set([middle])
  const counted = new Set<number>()
  for (const side of ['needs', 'needed-by'] as const) {
    const met = new Set([middle])
    let layer = [middle]
    for (let steps = 1; layer.length > 0; steps++) {
      const before = layer
      const next: number[] = []
      for (const from of before)
        for (const to of neighbours(graph, from, side))
          if (!met.has(to) && options.seen(to)) {
            met.add(to)
            next.push(to)
          }
      const fresh = next.filter((node) => !shown.has(node) && !counted.has(node)).sort(options.order)
      const fits = steps > options.depth ? 0 : fitting(fresh.length, options.width, options.most - nodes.length)
      const hidden = new Set(fresh.splice(fits))
      for (const node of fresh) {
        shown.add(node)
        nodes.push({ node, side, steps })
      }
      for (const node of hidden) counted.add(node)
      if (hidden.size > 0) {
        const beside = before.filter((from) => neighbours(graph, from, side).some((to) => hidden.has(to)))
        more.push({ side, steps, count: hidden.size, beside })
      }
      // In a circle the way goes on through what the other side shows already, however far: behind it may be more to count.
      layer = next.filter((node) => shown.has(node))
    }
  }
  return { nodes, more, links: linksAmong(graph, nodes) }
}

/** One node alone takes no more room than the words "and 1 more". */
function fitting(count: number, width: number, room: number): number {
  return Math.min(count <= width + 1 ? count : width, Math.max(0, room))
}

function linksAmong(graph: Graph, nodes: readonly Neighbour[]): Link[] {
  const shown = new Set(nodes.map(({ node }) => node))
  const links = new Map<string, Link>()
  for (const from of shown)
    for (let need = graph.needsFrom[from]!; need < graph.needsFrom[from + 1]!; need++) {
      const [first, end] = [graph.alternativesFrom[need]!, graph.alternativesFrom[need + 1]!]
      const choice = graph.losses[need]! > 1
      const uses = graph.uses[need] === 1
      for (let i = first; i < end; i++) {
        const to = graph.alternatives[i]!
        if (!shown.has(to)) continue
        const key = `${from} ${to}`
        const before = links.get(key)
        // Of two needs on the same node the stronger counts.
        links.set(key, { from, to, uses: uses && (before?.uses ?? true), choice: choice && (before?.choice ?? true) })
      }
    }
  return [...links.values()]
}
