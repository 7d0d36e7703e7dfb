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
  /** How many suppositions are standing. */
  supposed: number
  log: Log
  /** What lossOf found last. */
  lossTime: Millis
  lossRank: number
  /** Scratch: a place for each node. */
  readonly place: Int32Array
  readonly sorted: { times: Float64Array; ranks: Int32Array }
}

/** What stood before, so that a supposition can be taken back. */
export interface Log {
  readonly owns: number[]
  readonly ownBefore: number[]
  /** How many states are noted; the columns are longer. */
  noted: number
  states: Int32Array
  timeBefore: Float64Array
  rankBefore: Int32Array
  causeBefore: Int32Array
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
    supposed: 0,
    log: emptyLog(),
    lossTime: NEVER,
    lossRank: 0,
    place: new Int32Array(graph.size),
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
    const entry = log.noted++
    if (entry === log.states.length) lengthen(log)
    log.states[entry] = state
    log.timeBefore[entry] = l.time[state]!
    log.rankBefore[entry] = l.rank[state]!
    log.causeBefore[entry] = l.cause[state]!
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
  for (let i = 0; i < log.noted; i++) {
    const state = log.states[i]!
    l.time[state] = log.timeBefore[i]!
    l.rank[state] = log.rankBefore[i]!
    l.cause[state] = log.causeBefore[i]!
  }
}

function emptyLog(): Log {
  return {
    owns: [],
    ownBefore: [],
    noted: 0,
    states: new Int32Array(64),
    timeBefore: new Float64Array(64),
    rankBefore: new Int32Array(64),
    causeBefore: new Int32Array(64),
  }
}

function lengthen(log: Log): void {
  log.states = longer(log.states, new Int32Array(4 * log.noted))
  log.timeBefore = longer(log.timeBefore, new Float64Array(4 * log.noted))
  log.rankBefore = longer(log.rankBefore, new Int32Array(4 * log.noted))
  log.causeBefore = longer(log.causeBefore, new Int32Array(4 * log.noted))
}

function longer<Column extends Int32Array | Float64Array>(from: Column, into: Column): Column {
  into.set(from)
  return into
}
