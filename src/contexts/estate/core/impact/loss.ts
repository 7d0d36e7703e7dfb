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
  let kept = 0
  for (let i = from; i < end; i++) {
    const state = offset + alternatives[i]!
    const time = l.time[state]!
    if (time === NEVER) continue
    const rank = l.rank[state]!
    let place = kept < wanted ? kept++ : kept
    while (place > 0 && (times[place - 1]! > time || (times[place - 1] === time && ranks[place - 1]! > rank))) {
      if (place < wanted) {
        times[place] = times[place - 1]!
        ranks[place] = ranks[place - 1]!
      }
      place--
    }
    if (place < wanted) {
      times[place] = time
      ranks[place] = rank
    }
  }
  l.lossTime = kept < wanted ? NEVER : times[wanted - 1]!
  l.lossRank = kept < wanted ? 0 : ranks[wanted - 1]!
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
