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
  /** node v is an alternative of needs through the links linksFrom[v] up to linksFrom[v + 1]. */
  readonly linksFrom: Int32Array
  /**
   * Four numbers a link, at LINK * i: need, dependent, losses (negative: of a need that `uses`), place of the buffer in
   * `delays`. What the needs' own columns say too, but in the order in which losses spread: one read from memory
   * instead of four scattered ones, which is most of the time that a sweep takes.
   */
  readonly links: Int32Array
  /** The different buffers; delays[0] is 0. */
  readonly delays: Float64Array
}

export const LINK = 4

/** The index of a node that must be there. Throws a RangeError naming an id that is not. */
export function nodeOf(graph: Graph, id: NodeId): number {
  const node = graph.index.get(id)
  if (node === undefined) throw new RangeError(`No loaded estate has a component or service ${id}.`)
  return node
}

export function isUnresolved(graph: Graph, node: number): boolean {
  return graph.organisationOf[node] === -1
}
