import { type Millis, NEVER } from '#kernel'
import { pop, push, restart } from './agenda.ts'
import { LINK } from './graph.ts'
import { type Ledger, OWN, write } from './ledger.ts'
import { lossOf, providerOffset } from './loss.ts'

/** Gives a state that was taken back the best ground that is left, and puts it on the agenda. */
export function reground(l: Ledger, state: number): void {
  const { size, needsFrom, buffer, uses } = l.graph
  const offset = state >= size ? size : 0
  const node = state - offset
  let time = l.own[state]!
  let rank = 0
  let cause = OWN
  for (let h = needsFrom[node]!; h < needsFrom[node + 1]!; h++) {
    if (offset === size && uses[h] === 1) continue
    lossOf(l, h, providerOffset(l, h, offset))
    const at = l.lossTime + buffer[h]!
    const step = buffer[h]! > 0 ? 0 : l.lossRank + 1
    if (at < time || (at === time && step < rank)) {
      time = at
      rank = step
      cause = h
    }
  }
  if (time === NEVER) return
  write(l, state, time, rank, cause)
  push(l.agenda, state, time, rank)
}

/**
 * Lets losses spread from the states on the agenda, in the order of their keys (Dijkstra's sweep in Knuth's
 * generalisation: a state is final when it comes up). `open` counts, for each need and level, the losses still
 * wanting; it is there when the sweep starts from nothing and so meets every loss. Without it a need is looked at anew.
 */
export function settle(l: Ledger, open?: Int32Array): void {
  const { agenda, time, rank } = l
  for (let state = pop(agenda); state !== -1; state = pop(agenda))
    if (time[state] === agenda.time && rank[state] === agenda.rank) spread(l, state, agenda.time, agenda.rank, open)
  restart(agenda)
}

function spread(l: Ledger, state: number, now: Millis, step: number, open: Int32Array | undefined): void {
  const { time, rank, cause, graph } = l
  const { linksFrom, links, delays, size } = graph
  const stopped = state >= size
  const node = stopped ? state - size : state
  const end = LINK * linksFrom[node + 1]!
  for (let i = LINK * linksFrom[node]!; i < end; i += LINK) {
    const losses = links[i + 2]!
    if (losses < 0 && !stopped) continue
    const target = stopped && losses > 0 ? size + links[i + 1]! : links[i + 1]!
    const before = time[target]!
    const delay = delays[links[i + 3]!]!
    // Nothing through this link can come sooner than this.
    if (now + delay > before || (before === now && rank[target]! <= step)) continue
    const h = links[i]!
    let at = now
    let depth = step
    if (losses !== 1 && losses !== -1) {
      if (open) {
        const wanting = 2 * h + (stopped ? 1 : 0)
        open[wanting] = open[wanting]! - 1
        if (open[wanting]! > 0) continue
      } else {
        lossOf(l, h, stopped ? size : 0)
        at = l.lossTime
        depth = l.lossRank
      }
    }
    at += delay
    depth = delay > 0 ? 0 : depth + 1
    if (at < before || (at === before && depth < rank[target]! && at !== NEVER)) {
      write(l, target, at, depth, h)
      push(l.agenda, target, at, depth)
    } else if (at === before && depth === rank[target] && cause[target]! > h) write(l, target, at, depth, h)
  }
}

/** The whole solution from nothing but the own times. */
export function settleAll(l: Ledger): void {
  const { losses } = l.graph
  let wide = false
  for (let h = 0; h < losses.length && !wide; h++) wide = losses[h]! > 1
  const open = wide ? Int32Array.from({ length: 2 * losses.length }, (_, i) => losses[i >> 1]!) : undefined
  for (let state = 0; state < l.own.length; state++)
    if (l.own[state] !== NEVER) {
      write(l, state, l.own[state]!, 0, OWN)
      push(l.agenda, state, l.own[state]!, 0)
    }
  settle(l, open)
}
