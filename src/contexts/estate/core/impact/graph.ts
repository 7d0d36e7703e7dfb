import type { NodeId } from '../estate.ts'

/**
 * Every loaded estate as one graph on typed arrays. A node is a component, a service or an unresolved target and is
 * named by its index; needs are numbered so that those of one node stand together, in the order they were declared.
 */
export interface Graph {
  readonly size: number
  readonly ids: readonly NodeId[]
  readonly index: ReadonlyMap<NodeId, number>
  readonly organisations: readonly string[]
  /** node -> index into organisations; -1 for an unresolved target. */
  readonly organisationOf: Int32Array
  readonly isService: Uint8Array
  /** Targets that no loaded estate defines: always normal; callers should warn of them. */
  readonly unresolved: readonly number[]
  /** Milliseconds; NEVER where a node has none. */
  readonly rto: Float64Array
  readonly mtpd: Float64Array
  /** node v has the needs needsFrom[v] up to needsFrom[v + 1]. */
  readonly needsFrom: Int32Array
  readonly dependent: Int32Array
  /** 1 for `uses`, 0 for `requires`. */
  readonly uses: Uint8Array
  /** Milliseconds. */
  readonly buffer: Float64Array
  /** How many alternatives must be lost before the need is: n - k + 1. */
  readonly losses: Int32Array
  /** need h has the alternatives alternativesFrom[h] up to alternativesFrom[h + 1]. */
  readonly alternativesFrom: Int32Array
  readonly alternatives: Int32Array
  /** node v is an alternative of the needs feedsFrom[v] up to feedsFrom[v + 1]. */
  readonly feedsFrom: Int32Array
  readonly feeds: Int32Array
}

/** The index of a node that must be there. Throws a RangeError naming an id that is not. */
export function nodeOf(graph: Graph, id: NodeId): number {
  const node = graph.index.get(id)
  if (node === undefined) throw new RangeError(`No loaded estate has a component or service ${id}.`)
  return node
}

export function isUnresolved(graph: Graph, node: number): boolean {
  return graph.organisationOf[node] === -1
}
