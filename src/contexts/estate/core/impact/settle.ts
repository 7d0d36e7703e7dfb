import { NEVER } from '#kernel'
import { pop, push, restart } from './agenda.ts'
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
  const { agenda, time, rank, cause, graph } = l
  const { feedsFrom, feeds, dependent, uses, buffer, losses, size } = graph
  const needs = dependent.length
  for (let state = pop(agenda); state !== -1; state = pop(agenda)) {
    const now = agenda.time
    const step = agenda.rank
    if (time[state] !== now || rank[state] !== step) continue
    const stopped = state >= size
    const node = stopped ? state - size : state
    for (let i = feedsFrom[node]!; i < feedsFrom[node + 1]!; i++) {
      const h = feeds[i]!
      const target = stopped && uses[h] === 0 ? size + dependent[h]! : dependent[h]!
      if (time[target]! < now || (uses[h] === 1 && !stopped)) continue
      let at = now
      let depth = step
      if (losses[h]! > 1) {
        if (open) {
          if (--open[stopped ? needs + h : h]! !== 0) continue
        } else {
          lossOf(l, h, stopped ? size : 0)
          at = l.lossTime
          depth = l.lossRank
        }
      }
      if (buffer[h]! > 0) {
        at += buffer[h]!
        depth = 0
      } else depth++
      const before = time[target]!
      if (at < before || (at === before && depth < rank[target]! && at !== NEVER)) {
        write(l, target, at, depth, h)
        push(agenda, target, at, depth)
      } else if (at === before && depth === rank[target] && cause[target]! > h) write(l, target, at, depth, h)
    }
  }
  restart(agenda)
}

/** The whole solution from nothing but the own times. */
export function settleAll(l: Ledger): void {
  const { losses } = l.graph
  let wide = false
  for (let h = 0; h < losses.length && !wide; h++) wide = losses[h]! > 1
  const open = wide ? new Int32Array(2 * losses.length) : undefined
  open?.set(losses)
  open?.set(losses, losses.length)
  for (let state = 0; state < l.own.length; state++)
    if (l.own[state] !== NEVER) {
      write(l, state, l.own[state]!, 0, OWN)
      push(l.agenda, state, l.own[state]!, 0)
    }
  settle(l, open)
}
