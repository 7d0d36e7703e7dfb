import { type Graph, isUnresolved } from './graph.ts'
import { boundOf } from './keep-alive-bound.ts'
import { type Choice, choiceBelow, decide, KEPT, keptSince, OUT, wantingSince } from './keep-alive-choice.ts'
import { fill, independent } from './keep-alive-search.ts'

export interface KeepAlive {
  /** Ascending. */
  readonly components: readonly number[]
  /** False where the budget ran out first: the set does keep the services up, but a smaller one may exist. */
  readonly exact: boolean
  /** No set can be smaller than this. */
  readonly lowerBound: number
}

export interface KeepAliveOptions {
  /** Nodes that cannot be kept. */
  readonly lost?: Iterable<number>
  /** Decisions to try before settling for the best found; the same budget gives the same answer on any machine. */
  readonly budget?: number
}

/**
 * The smallest set of components that must stay up so that the service (or every one of the services) is not stopped,
 * all other components being stopped at once. Buffers are ignored, and so is what the services merely use. Null where
 * no set will do, given what is lost.
 *
 * The problem is as hard as set cover: it is solved by branch and bound, group by independent group.
 */
export function leastKeepAlive(
  graph: Graph,
  services: number | readonly number[],
  { lost = [], budget = 1_000_000 }: KeepAliveOptions = {},
): KeepAlive | null {
  const named = new Set(typeof services === 'number' ? [services] : services)
  const roots = [...named].filter((node) => !isUnresolved(graph, node))
  const choice = choiceBelow(graph, roots)
  if (!rule(choice, new Set(lost), roots.length)) return null

  const kept = keptSince(choice, 0)
  const groups = independent(choice, wantingSince(choice, 0))
  let lowerBound = choice.spent
  let exact = true
  for (const group of groups) {
    const until = choice.work + budget / groups.length
    const least = boundOf(choice, group, new Map())
    const filled = fill(choice, group, Number.POSITIVE_INFINITY, until)
    if (!filled) throw new Error('Keeping all that is left must always do.')
    const proved = choice.work <= until || filled.spent === least
    exact &&= proved
    lowerBound += proved ? filled.spent : least
    kept.push(...filled.nodes)
  }
  const components = kept.filter((node) => choice.cost[node] === 1).map((node) => choice.nodes[node]!)
  return { components: components.sort((a, b) => a - b), exact, lowerBound }
}

/** What is lost is out, and the services (the first nodes) are kept; false where they cannot be. */
function rule(choice: Choice, lost: ReadonlySet<number>, services: number): boolean {
  for (const [node, id] of choice.nodes.entries()) if (lost.has(id) && !decide(choice, node, OUT)) return false
  for (let service = 0; service < services; service++) if (!decide(choice, service, KEPT)) return false
  return true
}
