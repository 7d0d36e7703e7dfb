import { type Graph, isUnresolved } from './graph.ts'

export const FREE = 0
export const KEPT = 1
export const OUT = 2

/**
 * What must be decided: for each node below the services whether it is kept. A kept node must keep k alternatives of
 * each need that `requires`; keeping a service itself costs nothing. Cycles may hold each other: only closure counts.
 * Nodes and needs have numbers of their own here.
 */
export interface Choice {
  readonly nodes: readonly number[]
  readonly cost: Uint8Array
  readonly needsOf: readonly (readonly number[])[]
  /** node -> needs it is an alternative of. */
  readonly feeds: readonly (readonly number[])[]
  readonly owner: readonly number[]
  readonly atLeast: readonly number[]
  readonly alternatives: readonly (readonly number[])[]
  readonly status: Uint8Array
  /** need -> how many alternatives are kept, and how many are not out. */
  readonly kept: Int32Array
  readonly open: Int32Array
  /** Nodes in the order in which they were decided. */
  readonly trail: number[]
  /** Components kept. */
  spent: number
  /** Nodes decided, ever: the measure of work. */
  work: number
}

export function choiceBelow(graph: Graph, services: readonly number[]): Choice {
  const nodes: number[] = []
  const place = new Map<number, number>()
  const visit = (node: number) => {
    if (place.has(node)) return
    place.set(node, nodes.length)
    nodes.push(node)
  }
  for (const service of services) visit(service)
  const needsOf: number[][] = []
  const feeds: number[][] = []
  const owner: number[] = []
  const atLeast: number[] = []
  const alternatives: number[][] = []
  for (let local = 0; local < nodes.length; local++) {
    const node = nodes[local]!
    needsOf.push([])
    for (let h = graph.needsFrom[node]!; h < graph.needsFrom[node + 1]!; h++) {
      if (graph.uses[h] === 1) continue
      const all = graph.alternatives.subarray(graph.alternativesFrom[h], graph.alternativesFrom[h + 1])
      const known = Array.from(all).filter((target) => !isUnresolved(graph, target))
      const wanted = known.length - graph.losses[h]! + 1
      // Unresolved targets are always there, so they may fill the need by themselves.
      if (wanted <= 0) continue
      for (const target of known) visit(target)
      needsOf[local]!.push(owner.length)
      owner.push(local)
      atLeast.push(wanted)
      alternatives.push(known.map((target) => place.get(target)!))
    }
  }
  for (let local = 0; local < nodes.length; local++) feeds.push([])
  for (const [need, targets] of alternatives.entries()) for (const target of targets) feeds[target]!.push(need)
  return {
    nodes,
    cost: Uint8Array.from(nodes, (node) => (graph.isService[node] === 1 ? 0 : 1)),
    needsOf,
    feeds,
    owner,
    atLeast,
    alternatives,
    status: new Uint8Array(nodes.length),
    kept: new Int32Array(owner.length),
    open: Int32Array.from(alternatives, (targets) => targets.length),
    trail: [],
    spent: 0,
    work: 0,
  }
}

/** Decides a node and all that follows from it; false where that contradicts what was decided before (then `undo`). */
export function decide(choice: Choice, node: number, as: typeof KEPT | typeof OUT): boolean {
  const { status, atLeast, owner, open, needsOf, feeds, alternatives } = choice
  const pending = [node]
  const verdicts = [as]
  const keepAll = (need: number) => {
    for (const target of alternatives[need]!)
      if (status[target] === FREE) {
        pending.push(target)
        verdicts.push(KEPT)
      }
  }
  for (;;) {
    const next = pending.pop()
    const verdict = verdicts.pop()
    if (next === undefined || verdict === undefined) return true
    if (status[next] === verdict) continue
    if (status[next] !== FREE) return false
    set(choice, next, verdict)
    if (verdict === KEPT) {
      for (const need of needsOf[next]!) {
        if (open[need]! < atLeast[need]!) return false
        if (open[need] === atLeast[need]) keepAll(need)
      }
      continue
    }
    for (const need of feeds[next]!) {
      const dependent = owner[need]!
      if (open[need]! < atLeast[need]!) {
        pending.push(dependent)
        verdicts.push(OUT)
      } else if (open[need] === atLeast[need] && status[dependent] === KEPT) keepAll(need)
    }
  }
}

export function undo(choice: Choice, mark: number): void {
  const { trail, status, feeds, kept, open } = choice
  while (trail.length > mark) {
    const node = trail.pop()!
    if (status[node] === KEPT) {
      choice.spent -= choice.cost[node]!
      for (const need of feeds[node]!) kept[need] = kept[need]! - 1
    } else for (const need of feeds[node]!) open[need] = open[need]! + 1
    status[node] = FREE
  }
}

/** Whether a kept node still wants more alternatives of this need. */
export function isWanting(choice: Choice, need: number): boolean {
  return choice.kept[need]! < choice.atLeast[need]! && choice.status[choice.owner[need]!] === KEPT
}

/** The needs of the nodes kept since the mark that are still wanting. */
export function wantingSince(choice: Choice, mark: number): number[] {
  const found: number[] = []
  for (let i = mark; i < choice.trail.length; i++)
    for (const need of choice.needsOf[choice.trail[i]!]!) if (isWanting(choice, need)) found.push(need)
  return found
}

export function keptSince(choice: Choice, mark: number): number[] {
  return choice.trail.slice(mark).filter((node) => choice.status[node] === KEPT)
}

function set(choice: Choice, node: number, verdict: typeof KEPT | typeof OUT): void {
  choice.status[node] = verdict
  choice.trail.push(node)
  choice.work++
  if (verdict === KEPT) {
    choice.spent += choice.cost[node]!
    for (const need of choice.feeds[node]!) choice.kept[need] = choice.kept[need]! + 1
  } else for (const need of choice.feeds[node]!) choice.open[need] = choice.open[need]! - 1
}
