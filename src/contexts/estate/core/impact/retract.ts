import { NEVER } from '#kernel'
import { pop, push, restart } from './agenda.ts'
import { LINK } from './graph.ts'
import { type Ledger, NONE, OWN, write } from './ledger.ts'
import { lossOf, providerOffset } from './loss.ts'

/**
 * Improvement, first half. Takes back every state that rested on something that is gone, in the order of the keys, so
 * that when a state comes up all it could still rest on is settled: it stands on another ground with the same key, or
 * it goes too. A cycle cannot hold itself up, for ground always has a lesser key.
 *
 * @param doubtful states that may have lost their ground
 * @returns the states taken back, all now NEVER
 */
export function retract(l: Ledger, doubtful: Iterable<number>): number[] {
  const { agenda, time, rank, cause, graph } = l
  const { linksFrom, links, delays, size } = graph
  const gone: number[] = []
  for (const state of doubtful) push(agenda, state, time[state]!, rank[state]!)
  for (let state = pop(agenda); state !== -1; state = pop(agenda)) {
    if (time[state] === NEVER || standsStill(l, state)) continue
    const lost = agenda.time
    write(l, state, NEVER, 0, NONE)
    gone.push(state)
    const stopped = state >= size
    const node = stopped ? state - size : state
    const end = LINK * linksFrom[node + 1]!
    for (let i = LINK * linksFrom[node]!; i < end; i += LINK) {
      const uses = links[i + 2]! < 0
      if (uses && !stopped) continue
      const target = stopped && !uses ? size + links[i + 1]! : links[i + 1]!
      if (cause[target] === links[i] && lost + delays[links[i + 3]!]! <= time[target]!)
        push(agenda, target, time[target]!, rank[target]!)
    }
  }
  restart(agenda)
  return gone
}

function standsStill(l: Ledger, state: number): boolean {
  const time = l.time[state]!
  const rank = l.rank[state]!
  const own = l.own[state]!
  if (own < time || (own === time && rank === 0)) {
    if (l.cause[state] !== OWN) write(l, state, time, rank, OWN)
    return true
  }
  const { size, needsFrom, buffer } = l.graph
  const offset = state >= size ? size : 0
  const node = state - offset
  for (let h = needsFrom[node]!; h < needsFrom[node + 1]!; h++) {
    if (offset === size && l.graph.uses[h] === 1) continue
    lossOf(l, h, providerOffset(l, h, offset))
    const delay = buffer[h]!
    if (l.lossTime + delay !== time || (delay > 0 ? 0 : l.lossRank + 1) !== rank) continue
    if (l.cause[state] !== h) write(l, state, time, rank, h)
    return true
  }
  return false
}
