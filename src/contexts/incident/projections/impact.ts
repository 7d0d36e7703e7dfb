import { type Evaluation, explain, type Level, levelAt, type NodeId } from '#contexts/estate'
import { type Instant, instantOrNull, type Millis } from '#kernel'
import { type Board, nodesOf } from './board.ts'

/** As the `impact` command line prints it: a time that never comes is null. */
export interface NodeImpact {
  readonly level: Level
  readonly degradedFrom: Instant | null
  readonly stoppedFrom: Instant | null
  /** Ids from this node to the cause; empty where nothing is wrong with it now or later. */
  readonly because: readonly NodeId[]
}

export function nodeImpact(evaluation: Evaluation, node: number, at: Millis): NodeImpact {
  const level = levelAt(evaluation, node, at)
  return {
    level,
    degradedFrom: instantOrNull(evaluation.degradedFrom[node]!),
    stoppedFrom: instantOrNull(evaluation.stoppedFrom[node]!),
    because: because(evaluation, node, level),
  }
}

/** Explains the level that holds; of a node still normal, what will impair it first. */
export function because(evaluation: Evaluation, node: number, level: Level): NodeId[] {
  const steps = explain(evaluation, node, level === 'stopped' ? 'stopped' : 'degraded')
  return steps.map((step) => evaluation.graph.ids[step.node]!)
}

export function impactOf(board: Board, organisation: string, at: Millis): Record<NodeId, NodeImpact> {
  const { graph, evaluation } = board
  return Object.fromEntries(
    nodesOf(graph, organisation).map((node) => [graph.ids[node]!, nodeImpact(evaluation, node, at)]),
  )
}
