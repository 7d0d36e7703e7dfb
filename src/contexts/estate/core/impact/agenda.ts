import type { Millis } from '#kernel'

/**
 * States in the order of their keys (time, then rank). Almost every push is "at the same time, one rank on", and those
 * arrive in order: they queue up in a line of their own, and only the others pay for a heap.
 */
export interface Agenda {
  /** Of the state that `pop` gave last. */
  time: Millis
  rank: number
  heapTimes: Float64Array
  heapRanks: Int32Array
  heapStates: Int32Array
  heapSize: number
  lineRanks: Int32Array
  lineStates: Int32Array
  head: number
  tail: number
}

export function agenda(): Agenda {
  return {
    time: Number.NaN,
    rank: 0,
    heapTimes: new Float64Array(64),
    heapRanks: new Int32Array(64),
    heapStates: new Int32Array(64),
    heapSize: 0,
    lineRanks: new Int32Array(64),
    lineStates: new Int32Array(64),
    head: 0,
    tail: 0,
  }
}

/** Forgets where the last sweep stood, once it has run empty: what is pushed next follows on nothing. */
export function restart(a: Agenda): void {
  a.time = Number.NaN
  a.rank = 0
}

export function push(a: Agenda, state: number, time: Millis, rank: number): void {
  if (time === a.time && rank === a.rank + 1) {
    if (a.tail === a.lineStates.length) makeRoomInLine(a)
    a.lineRanks[a.tail] = rank
    a.lineStates[a.tail++] = state
    return
  }
  if (a.heapSize === a.heapStates.length) growHeap(a)
  let hole = a.heapSize++
  const { heapTimes: times, heapRanks: ranks, heapStates: states } = a
  while (hole > 0) {
    const parent = (hole - 1) >> 2
    if (times[parent]! < time || (times[parent] === time && ranks[parent]! <= rank)) break
    times[hole] = times[parent]!
    ranks[hole] = ranks[parent]!
    states[hole] = states[parent]!
    hole = parent
  }
  times[hole] = time
  ranks[hole] = rank
  states[hole] = state
}

/** The state with the least key, whose key then stands in `time` and `rank`; -1 when nothing is left. */
export function pop(a: Agenda): number {
  if (a.head < a.tail) {
    const rank = a.lineRanks[a.head]!
    if (a.heapSize === 0 || a.heapTimes[0]! > a.time || (a.heapTimes[0] === a.time && a.heapRanks[0]! > rank)) {
      a.rank = rank
      const state = a.lineStates[a.head++]!
      if (a.head === a.tail) {
        a.head = 0
        a.tail = 0
      }
      return state
    }
  }
  return a.heapSize === 0 ? -1 : popHeap(a)
}

function popHeap(a: Agenda): number {
  const { heapTimes: times, heapRanks: ranks, heapStates: states } = a
  const top = states[0]!
  a.time = times[0]!
  a.rank = ranks[0]!
  const size = --a.heapSize
  const time = times[size]!
  const rank = ranks[size]!
  let hole = 0
  for (;;) {
    const first = 4 * hole + 1
    if (first >= size) break
    let least = first
    const end = Math.min(first + 4, size)
    for (let child = first + 1; child < end; child++)
      if (times[child]! < times[least]! || (times[child] === times[least] && ranks[child]! < ranks[least]!))
        least = child
    if (times[least]! > time || (times[least] === time && ranks[least]! >= rank)) break
    times[hole] = times[least]!
    ranks[hole] = ranks[least]!
    states[hole] = states[least]!
    hole = least
  }
  times[hole] = time
  ranks[hole] = rank
  states[hole] = states[size]!
  return top
}

function makeRoomInLine(a: Agenda): void {
  const waiting = a.tail - a.head
  if (a.head < a.tail >> 1) {
    a.lineRanks = copied(new Int32Array(2 * a.lineRanks.length), a.lineRanks.subarray(a.head, a.tail))
    a.lineStates = copied(new Int32Array(2 * a.lineStates.length), a.lineStates.subarray(a.head, a.tail))
  } else {
    a.lineRanks.copyWithin(0, a.head, a.tail)
    a.lineStates.copyWithin(0, a.head, a.tail)
  }
  a.head = 0
  a.tail = waiting
}

function growHeap(a: Agenda): void {
  a.heapTimes = copied(new Float64Array(2 * a.heapTimes.length), a.heapTimes)
  a.heapRanks = copied(new Int32Array(2 * a.heapRanks.length), a.heapRanks)
  a.heapStates = copied(new Int32Array(2 * a.heapStates.length), a.heapStates)
}

function copied<Numbers extends Int32Array | Float64Array>(into: Numbers, from: Numbers): Numbers {
  into.set(from)
  return into
}
