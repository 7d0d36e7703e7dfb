import { type Millis, NEVER } from '#kernel'
import type { Level } from '../condition.ts'
import { push } from './agenda.ts'
import { type Graph, isUnresolved } from './graph.ts'
import { type Ledger, type Log, ledger, OWN, openLog, takeBack, write, writeOwn } from './ledger.ts'
import { retract } from './retract.ts'
import { reground, settle, settleAll } from './settle.ts'

/** From when a node is degraded or worse, and from when it is stopped: degradedFrom <= stoppedFrom, each maybe NEVER. */
export interface NodeTimes {
  readonly degradedFrom: Millis
  readonly stoppedFrom: Millis
}

/** What a node's own condition gives, whatever its providers do. */
export interface OwnTimes extends NodeTimes {
  readonly node: number
}

/** Columns, one entry a node. */
export interface TimesOf {
  readonly degradedFrom: Float64Array
  readonly stoppedFrom: Float64Array
}

/** The nodes whose times changed, ascending, with both their times before and after. */
export interface Changes {
  readonly nodes: Int32Array
  readonly before: TimesOf
  readonly after: TimesOf
}

/** A graph under conditions. The columns are live views: `apply` moves them. */
export interface Evaluation extends TimesOf {
  readonly graph: Graph
  readonly own: TimesOf
  /** The engine's own book; nobody else reads it. */
  readonly ledger: Ledger
}

/**
 * The greatest solution: nothing is lost before something it rests on is, so a cycle alone loses nothing. A node that
 * `own` doesn't name has NEVER of its own. Throws a RangeError on times out of order, or of an unresolved node.
 */
export function evaluate(graph: Graph, own: readonly OwnTimes[] = []): Evaluation {
  check(graph, own)
  const l = ledger(graph)
  openLog(l)
  for (const { node, degradedFrom, stoppedFrom } of own) {
    l.own[node] = degradedFrom
    l.own[graph.size + node] = stoppedFrom
  }
  settleAll(l)
  openLog(l)
  return { graph, ...columns(l.time, graph.size), own: columns(l.own, graph.size), ledger: l }
}

/** Replaces own times and re-evaluates only what that reaches; the outcome is that of a full evaluation. Returns what changed. */
export function apply(evaluation: Evaluation, changes: readonly OwnTimes[]): Changes {
  check(evaluation.graph, changes)
  if (evaluation.ledger.supposed > 0)
    throw new Error('What is only supposed cannot be applied to; use suppose within suppose.')
  const log = revise(evaluation.ledger, changes)
  const changed = changesIn(evaluation.ledger, log)
  openLog(evaluation.ledger)
  return changed
}

/** What `apply` would change; nothing is. */
export function whatIf(evaluation: Evaluation, changes: readonly OwnTimes[]): Changes {
  return suppose(evaluation, changes, (changed) => changed)
}

/** Lets `read` see the evaluation as if the changes were made (chains, breaches, further suppositions), then takes them back. */
export function suppose<Answer>(
  evaluation: Evaluation,
  changes: readonly OwnTimes[],
  read: (changed: Changes) => Answer,
): Answer {
  check(evaluation.graph, changes)
  const { ledger: l } = evaluation
  const log = revise(l, changes)
  l.supposed++
  try {
    return read(changesIn(l, log))
  } finally {
    l.supposed--
    takeBack(l, log)
    openLog(l)
  }
}

/** The level of a node at a time. */
export function levelAt(times: TimesOf, node: number, at: Millis): Level {
  if (times.stoppedFrom[node]! <= at) return 'stopped'
  return times.degradedFrom[node]! <= at ? 'degraded' : 'normal'
}

function revise(l: Ledger, changes: readonly OwnTimes[]): Log {
  const log = openLog(l)
  const { size } = l.graph
  for (const { node, degradedFrom, stoppedFrom } of changes) {
    writeOwn(l, node, degradedFrom)
    writeOwn(l, size + node, stoppedFrom)
  }
  const doubtful = log.owns.filter((state) => l.cause[state] === OWN && l.own[state]! > l.time[state]!)
  if (doubtful.length > 0) for (const state of retract(l, doubtful)) reground(l, state)
  for (const state of log.owns) {
    const own = l.own[state]!
    if (own < l.time[state]! || (own === l.time[state] && l.rank[state]! > 0)) {
      write(l, state, own, 0, OWN)
      push(l.agenda, state, own, 0)
    } else if (own === l.time[state] && own !== NEVER && l.cause[state] !== OWN) write(l, state, own, 0, OWN)
  }
  settle(l)
  return log
}

function changesIn(l: Ledger, log: Log): Changes {
  const { time, place, graph } = l
  const { size } = graph
  const { states, timeBefore, noted } = log
  const nodeOf = (state: number) => (state < size ? state : state - size)
  const found = new Int32Array(noted)
  let count = 0
  for (let i = 0; i < noted; i++) if (time[states[i]!] !== timeBefore[i]) place[nodeOf(states[i]!)] = -1
  for (let i = 0; i < noted; i++) {
    const node = nodeOf(states[i]!)
    if (time[states[i]!] === timeBefore[i] || place[node] === 0) continue
    place[node] = 0
    found[count++] = node
  }
  const nodes = found.slice(0, count).sort()
  const after = { degradedFrom: new Float64Array(count), stoppedFrom: new Float64Array(count) }
  for (let i = 0; i < count; i++) {
    place[nodes[i]!] = i
    after.degradedFrom[i] = time[nodes[i]!]!
    after.stoppedFrom[i] = time[size + nodes[i]!]!
  }
  const before = { degradedFrom: after.degradedFrom.slice(), stoppedFrom: after.stoppedFrom.slice() }
  for (let i = 0; i < noted; i++) {
    const state = states[i]!
    if (time[state] === timeBefore[i]) continue
    const column = state < size ? before.degradedFrom : before.stoppedFrom
    column[place[nodeOf(state)]!] = timeBefore[i]!
  }
  return { nodes, before, after }
}

function columns(states: Float64Array, size: number): TimesOf {
  return { degradedFrom: states.subarray(0, size), stoppedFrom: states.subarray(size) }
}

function check(graph: Graph, own: readonly OwnTimes[]): void {
  for (const { node, degradedFrom, stoppedFrom } of own) {
    if (!(node >= 0 && node < graph.size)) throw new RangeError(`There is no node ${node}.`)
    if (isUnresolved(graph, node))
      throw new RangeError(
        `No loaded estate defines ${graph.ids[node]}; load its estate before recording its condition.`,
      )
    if (!(degradedFrom <= stoppedFrom))
      throw new RangeError(
        `${graph.ids[node]} cannot be stopped (${stoppedFrom}) before it is degraded (${degradedFrom}).`,
      )
  }
}
