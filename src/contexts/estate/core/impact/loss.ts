import { NEVER } from '#kernel'
import type { Ledger } from './ledger.ts'

/**
 * When need h is lost as things stand: the key of the alternative whose loss is the last straw, into lossTime and
 * lossRank. `offset` is 0 to ask when it is degraded, size to ask when it is stopped.
 */
export function lossOf(l: Ledger, h: number, offset: number): void {
  const { alternativesFrom, alternatives, losses } = l.graph
  const from = alternativesFrom[h]!
  const end = alternativesFrom[h + 1]!
  const wanted = losses[h]!
  if (end - from === 1) {
    const state = offset + alternatives[from]!
    l.lossTime = l.time[state]!
    l.lossRank = l.rank[state]!
    return
  }
  const { times, ranks } = l.sorted
  let mayHold = end - from - wanted
  let kept = 0
  for (let i = from; i < end; i++) {
    const state = offset + alternatives[i]!
    const time = l.time[state]!
    if (time !== NEVER) {
      times[kept] = time
      ranks[kept++] = l.rank[state]!
    } else if (mayHold-- === 0) {
      l.lossTime = NEVER
      l.lossRank = 0
      return
    }
  }
  if (kept === wanted) greatest(l, kept)
  else if (kept <= 16) nthByInsertion(l, kept, wanted)
  else nthBySorting(l, kept, wanted)
}

function greatest(l: Ledger, count: number): void {
  const { times, ranks } = l.sorted
  let at = 0
  for (let i = 1; i < count; i++)
    if (times[i]! > times[at]! || (times[i] === times[at] && ranks[i]! > ranks[at]!)) at = i
  l.lossTime = times[at]!
  l.lossRank = ranks[at]!
}

function nthByInsertion(l: Ledger, count: number, n: number): void {
  const { times, ranks } = l.sorted
  for (let i = 1; i < count; i++) {
    const time = times[i]!
    const rank = ranks[i]!
    let place = i
    for (
      ;
      place > 0 && (times[place - 1]! > time || (times[place - 1] === time && ranks[place - 1]! > rank));
      place--
    ) {
      times[place] = times[place - 1]!
      ranks[place] = ranks[place - 1]!
    }
    times[place] = time
    ranks[place] = rank
  }
  l.lossTime = times[n - 1]!
  l.lossRank = ranks[n - 1]!
}

// Wide groups: insertion would make one change cost the cube of the width.
function nthBySorting(l: Ledger, count: number, n: number): void {
  const times = l.sorted.times.subarray(0, count)
  const time = times.slice().sort()[n - 1]!
  const ranks = l.sorted.ranks.subarray(0, count).filter((_, i) => times[i] === time)
  l.lossTime = time
  l.lossRank = ranks.sort()[n - 1 - times.reduce((sooner, other) => sooner + (other < time ? 1 : 0), 0)]!
}

/** The alternative whose loss is the last straw, with its key in lossTime and lossRank; ties go to the one named first. */
export function lastStraw(l: Ledger, h: number, offset: number): number {
  lossOf(l, h, offset)
  const { alternativesFrom, alternatives } = l.graph
  for (let i = alternativesFrom[h]!; i < alternativesFrom[h + 1]!; i++) {
    const state = offset + alternatives[i]!
    if (l.time[state] === l.lossTime && l.rank[state] === l.lossRank) return alternatives[i]!
  }
  throw new Error(`Need ${h} is lost through none of its alternatives.`)
}

/** Of the state's dependent need h: where its provider's loss is read. `uses` bites only on stopped providers. */
export function providerOffset(l: Ledger, h: number, offset: number): number {
  return l.graph.uses[h] === 1 ? l.graph.size : offset
}
