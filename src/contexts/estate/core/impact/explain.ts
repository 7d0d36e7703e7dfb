import type { Millis } from '#kernel'
import type { Level } from '../condition.ts'
import type { Evaluation } from './evaluation.ts'
import { NONE, OWN } from './ledger.ts'
import { lastStraw, providerOffset } from './loss.ts'

export type Impairment = Exclude<Level, 'normal'>

export interface Step {
  readonly node: number
  readonly at: Millis
  readonly level: Impairment
  /** The need of this node that the next step broke; absent on the cause. */
  readonly need?: number
  /** Milliseconds that the need held out after the next step; absent where it gave way at once. */
  readonly buffer?: Millis
}

/**
 * Why a node is (or will be) impaired: from the node itself to one condition recorded of its own, times never rising.
 * Of several reasons it takes the earliest, then the fewest steps, then the need declared first; the answer depends on
 * the conditions alone. Empty where the node never reaches the level.
 */
export function explain(evaluation: Evaluation, node: number, level: Impairment): Step[] {
  const { ledger: l, graph } = evaluation
  const steps: Step[] = []
  let at = node
  let offset = level === 'stopped' ? graph.size : 0
  for (;;) {
    const state = offset + at
    const cause = l.cause[state]!
    if (cause === NONE) return []
    const step = { node: at, at: l.time[state]!, level: offset === 0 ? 'degraded' : 'stopped' } as const
    if (cause === OWN) return [...steps, step]
    const buffer = graph.buffer[cause]!
    steps.push({ ...step, need: cause, ...(buffer > 0 && { buffer }) })
    offset = providerOffset(l, cause, offset)
    at = lastStraw(l, cause, offset)
  }
}
