import { type Instant, instantOrNull, type Millis } from '#kernel'
import type { Level } from '../condition.ts'
import type { NodeId } from '../estate.ts'
import { type Evaluation, levelAt } from './evaluation.ts'
import { explain } from './explain.ts'
import { isUnresolved } from './graph.ts'

/** One node as the command line and the API write it; a time that never comes is null. */
export interface Impact {
  readonly level: Level
  readonly degradedFrom: Instant | null
  readonly stoppedFrom: Instant | null
  /** From this node to the cause of its level, or of the first impairment to come; empty where none ever does. */
  readonly because: readonly NodeId[]
}

/** Every component and service at a time, by id. */
export function impactAt(evaluation: Evaluation, at: Millis): Record<NodeId, Impact> {
  const { graph } = evaluation
  const nodes = graph.ids.keys().filter((node) => !isUnresolved(graph, node))
  return Object.fromEntries(nodes.map((node) => [graph.ids[node]!, impactOf(evaluation, node, at)]))
}

function impactOf(evaluation: Evaluation, node: number, at: Millis): Impact {
  const level = levelAt(evaluation, node, at)
  return {
    level,
    degradedFrom: instantOrNull(evaluation.degradedFrom[node]!),
    stoppedFrom: instantOrNull(evaluation.stoppedFrom[node]!),
    because: explain(evaluation, node, level === 'stopped' ? 'stopped' : 'degraded').map(
      (step) => evaluation.graph.ids[step.node]!,
    ),
  }
}
