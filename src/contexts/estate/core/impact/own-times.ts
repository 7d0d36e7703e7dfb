import { type Millis, NEVER } from '#kernel'
import { type Condition, levelOf } from '../condition.ts'
import type { NodeTimes } from './evaluation.ts'

export interface ConditionRecord {
  readonly condition: Condition
  readonly since: Millis
  /** When it was recorded, relative to the others: greater is later. */
  readonly order: number
}

/**
 * A component's own times, as seen at `at`. At any time the record made last among those that had begun by then holds;
 * before the first the component is operational. degradedFrom is the start of the run of degraded or worse that holds
 * at `at`, else of the first later one; stoppedFrom likewise for stopped. A run that was over by `at` counts for nothing.
 */
export function ownTimes(history: readonly ConditionRecord[], at: Millis): NodeTimes {
  const bySince = history.toSorted((a, b) => a.since - b.since || a.order - b.order)
  let holds: ConditionRecord | undefined
  let degradedFrom = NEVER
  let stoppedFrom = NEVER
  for (let i = 0; i < bySince.length; i++) {
    const record = bySince[i]!
    if (!holds || record.order > holds.order) holds = record
    if (bySince[i + 1]?.since === record.since) continue
    const level = levelOf(holds.condition)
    // What ends by `at` is forgotten; what ends later is the run asked for.
    const over = record.since <= at
    if (level === 'normal') degradedFrom = over ? NEVER : degradedFrom
    else degradedFrom = Math.min(degradedFrom, record.since)
    if (level !== 'stopped') stoppedFrom = over ? NEVER : stoppedFrom
    else stoppedFrom = Math.min(stoppedFrom, record.since)
  }
  return { degradedFrom, stoppedFrom }
}
