import { type Millis, NEVER } from '#kernel'
import { type Agenda, agenda } from './agenda.ts'
import type { Graph } from './graph.ts'

/** Lost for its own sake. */
export const OWN = -1
/** Not lost at all. */
export const NONE = -2

/**
 * The times of all states: state v is "node v degraded", state size + v "node v stopped".
 *
 * A state's key is (time, rank): own (time, 0); a need lost at (t, r) gives (t + buffer, 0) with a buffer and (t, r + 1)
 * without. Each key so exceeds the keys it rests on, even around a cycle without buffers; therefore exactly one
 * assignment of keys is consistent, its times are the greatest solution, and the same conditions give the same keys,
 * causes and chains whatever happened before.
 */
export interface Ledger {
  readonly graph: Graph
  readonly own: Float64Array
  readonly time: Float64Array
  readonly rank: Int32Array
  /** OWN, NONE, or the lowest need that gives the state its key. */
  readonly cause: Int32Array
  readonly agenda: Agenda
  /** Which states the running change has already noted in its log. */
  readonly stamp: Int32Array
  epoch: number
  log: Log
  /** What lossOf found last. */
  lossTime: Millis
  lossRank: number
  readonly sorted: { times: Float64Array; ranks: Int32Array }
}

/** What stood before, so that a supposition can be taken back. */
export interface Log {
  readonly owns: number[]
  readonly ownBefore: number[]
  readonly states: number[]
  readonly timeBefore: number[]
  readonly rankBefore: number[]
  readonly causeBefore: number[]
}

export function ledger(graph: Graph): Ledger {
  const states = 2 * graph.size
  let widest = 1
  for (let h = 0; h < graph.dependent.length; h++)
    widest = Math.max(widest, graph.alternativesFrom[h + 1]! - graph.alternativesFrom[h]!)
  return {
    graph,
    own: new Float64Array(states).fill(NEVER),
    time: new Float64Array(states).fill(NEVER),
    rank: new Int32Array(states),
    cause: new Int32Array(states).fill(NONE),
    agenda: agenda(),
    stamp: new Int32Array(states),
    epoch: 0,
    log: emptyLog(),
    lossTime: NEVER,
    lossRank: 0,
    sorted: { times: new Float64Array(widest), ranks: new Int32Array(widest) },
  }
}

export function openLog(l: Ledger): Log {
  l.epoch++
  l.log = emptyLog()
  return l.log
}

export function write(l: Ledger, state: number, time: Millis, rank: number, cause: number): void {
  if (l.stamp[state] !== l.epoch) {
    l.stamp[state] = l.epoch
    const { log } = l
    log.states.push(state)
    log.timeBefore.push(l.time[state]!)
    log.rankBefore.push(l.rank[state]!)
    log.causeBefore.push(l.cause[state]!)
  }
  l.time[state] = time
  l.rank[state] = rank
  l.cause[state] = cause
}

export function writeOwn(l: Ledger, state: number, time: Millis): void {
  l.log.owns.push(state)
  l.log.ownBefore.push(l.own[state]!)
  l.own[state] = time
}

export function takeBack(l: Ledger, log: Log): void {
  for (let i = log.owns.length - 1; i >= 0; i--) l.own[log.owns[i]!] = log.ownBefore[i]!
  for (let i = 0; i < log.states.length; i++) {
    const state = log.states[i]!
    l.time[state] = log.timeBefore[i]!
    l.rank[state] = log.rankBefore[i]!
    l.cause[state] = log.causeBefore[i]!
  }
}

function emptyLog(): Log {
  return { owns: [], ownBefore: [], states: [], timeBefore: [], rankBefore: [], causeBefore: [] }
}
