import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NEVER } from '#kernel'
import type { Estate, Need } from '../estate.ts'
import { compile } from './compile.ts'
import { apply, type Evaluation, evaluate, levelAt, type OwnTimes, suppose, whatIf } from './evaluation.ts'
import { explain } from './explain.ts'
import { type Graph, nodeOf } from './graph.ts'
import { naiveTimes } from './naive-times.test.ts'
import {
  below,
  nodesOf,
  type Own,
  type Random,
  randomEstates,
  randomOwn,
  randomTimes,
  seeded,
} from './random-world.test.ts'

const RUNS = Number(process.env.HOLDFAST_RUNS ?? 10_000)

test('10,000 random worlds: every node has both its times as the definition gives them', () => {
  const random = seeded(2025)
  for (let run = 0; run < RUNS; run++) {
    const estates = randomEstates(random, run % 10 === 0 ? 30 : 12)
    const own = randomOwn(random, estates)
    assertTimes(evaluate(compile(estates), ownIn(compile(estates), own)), estates, own, run)
  }
})

test('after any sequence of changes the evaluation, its chains included, is that of a full one', () => {
  const random = seeded(11)
  for (let run = 0; run < RUNS / 4; run++) {
    const estates = randomEstates(random, run % 10 === 0 ? 30 : 12)
    const graph = compile(estates)
    const own = randomOwn(random, estates)
    const evaluation = evaluate(graph, ownIn(graph, own))
    for (let step = 0; step < 8; step++) {
      const before = timesOf(evaluation)
      const changes = randomChanges(random, graph, estates)
      const changed = apply(evaluation, changes)
      for (const { node, ...times } of changes) own.set(graph.ids[node]!, times)
      assertTimes(evaluation, estates, own, run)
      assert.deepEqual(everything(evaluation), everything(evaluate(graph, ownIn(graph, own))), `world ${run}`)
      assertChanges(changed, before, evaluation)
    }
  }
})

test('a what-if answers as applying does, also nested, and leaves no trace', () => {
  const random = seeded(12)
  for (let run = 0; run < RUNS / 4; run++) {
    const estates = randomEstates(random)
    const graph = compile(estates)
    const evaluation = evaluate(graph, ownIn(graph, randomOwn(random, estates)))
    const trace = everything(evaluation)
    const [first, second] = [randomChanges(random, graph, estates), randomChanges(random, graph, estates)]
    const answer = whatIf(evaluation, first)
    assert.deepEqual(everything(evaluation), trace, `world ${run}`)
    const nested = suppose(evaluation, first, () => {
      const inner = everything(evaluation)
      const deeper = whatIf(evaluation, second)
      assert.deepEqual(everything(evaluation), inner)
      return deeper
    })
    assert.deepEqual(everything(evaluation), trace, `world ${run}`)
    assert.deepEqual(apply(evaluation, first), answer)
    assert.deepEqual(apply(evaluation, second), nested)
  }
})

const needs = (...targets: (string | Need)[]): Need[] =>
  targets.map((target) => (typeof target === 'string' ? { anyOf: [target], atLeast: 1, strength: 'requires' } : target))
const estatesOf = (parts: Record<string, readonly Need[]>): Estate[] => [
  {
    organisation: 'w',
    components: Object.entries(parts).map(([id, own]) => ({ id, name: id, kind: 'platform' as const, needs: own })),
    services: [],
  },
]
const world = (parts: Record<string, readonly Need[]>): Graph => compile(estatesOf(parts))
const stopped = (graph: Graph, id: string, at: number): OwnTimes => ({
  node: nodeOf(graph, id),
  degradedFrom: at,
  stoppedFrom: at,
})
const restored = (graph: Graph, id: string): OwnTimes => stopped(graph, id, NEVER)

test('a cycle alone loses nothing, falls as one, and rises again when what felled it is restored', () => {
  const graph = world({ a: needs('b'), b: needs('a', 'c'), c: [] })
  const evaluation = evaluate(graph)
  assert.deepEqual([...evaluation.stoppedFrom], [NEVER, NEVER, NEVER])
  assert.deepEqual([...apply(evaluation, [stopped(graph, 'c', 5)]).nodes], [0, 1, 2])
  assert.deepEqual([...evaluation.stoppedFrom], [5, 5, 5])
  apply(evaluation, [restored(graph, 'c')])
  assert.deepEqual([...evaluation.stoppedFrom], [NEVER, NEVER, NEVER])
})

test('a supposition whose reader throws, or tries to apply, leaves no trace either', () => {
  const evaluation = evaluate(world({ a: needs('b'), b: [] }))
  const down = [stopped(evaluation.graph, 'b', 5)]
  assert.throws(() => suppose(evaluation, down, () => apply(evaluation, down)), /only supposed/)
  assert.deepEqual([...evaluation.stoppedFrom], [NEVER, NEVER])
  assert.equal(apply(evaluation, down).nodes.length, 2)
})

test('a need on an unknown target is listed and never lost', () => {
  const graph = world({ a: needs('elsewhere/x') })
  assert.deepEqual(
    graph.unresolved.map((node) => graph.ids[node]),
    ['elsewhere/x'],
  )
  assert.equal(evaluate(graph).stoppedFrom[0], NEVER)
  assert.throws(() => evaluate(graph, [stopped(graph, 'elsewhere/x', 1)]), /load its estate/)
})

test('wide groups are counted as exactly as narrow ones', () => {
  const random = seeded(17)
  for (let run = 0; run < RUNS / 50; run++) {
    const width = 17 + below(random, 20)
    const anyOf = Array.from({ length: width }, (_, i) => `c${i}`)
    const wide = { anyOf, atLeast: 1 + below(random, width), strength: 'requires' } as const
    const parts = Object.fromEntries(anyOf.map((id, i) => [id, i > 0 && random() < 0.5 ? needs(`c${i - 1}`) : []]))
    const estates = estatesOf({ top: needs(wide), ...parts })
    const graph = compile(estates)
    const own = randomOwn(random, estates)
    const evaluation = evaluate(graph, ownIn(graph, own))
    for (let step = 0; step < 6; step++) {
      const changes = randomChanges(random, graph, estates)
      apply(evaluation, changes)
      for (const { node, ...times } of changes) own.set(graph.ids[node]!, times)
      assertTimes(evaluation, estates, own, run)
      assert.deepEqual(everything(evaluation), everything(evaluate(graph, ownIn(graph, own))), `world ${run}`)
    }
  }
})

test('times out of order, unknown nodes, ids given twice and impossible counts are refused', () => {
  const graph = world({ a: [] })
  assert.throws(() => evaluate(graph, [{ node: 0, degradedFrom: 5, stoppedFrom: 4 }]), RangeError)
  assert.throws(() => evaluate(graph, [{ node: 1, degradedFrom: 5, stoppedFrom: 5 }]), RangeError)
  assert.throws(() => evaluate(graph, [{ node: 0, degradedFrom: Number.NaN, stoppedFrom: 5 }]), RangeError)
  assert.throws(() => nodeOf(graph, 'b'), /No loaded estate/)
  assert.throws(() => world({ a: needs({ anyOf: ['b', 'c'], atLeast: 3, strength: 'uses' }) }), /write 1 to 2/)
  const twice: Estate = { organisation: 'w', components: [], services: [] }
  const service = { id: 'w/s', name: 's', statutory: false, needs: [] }
  assert.throws(() => compile([{ ...twice, services: [service, service] }]), /Two nodes are called w\/s/)
})

test('the level at a time is the worst that has been reached', () => {
  const graph = world({ a: needs({ anyOf: ['b'], atLeast: 1, strength: 'requires', buffer: 'PT1S' }), b: [] })
  const evaluation = evaluate(graph, [{ node: 1, degradedFrom: 0, stoppedFrom: 500 }])
  assert.deepEqual(
    [999, 1000, 1499, 1500].map((at) => levelAt(evaluation, 0, at)),
    ['normal', 'degraded', 'degraded', 'stopped'],
  )
})

export function ownIn(graph: Graph, own: Own): OwnTimes[] {
  return [...own].map(([id, times]) => ({ node: nodeOf(graph, id), ...times }))
}

function randomChanges(random: Random, graph: Graph, estates: readonly Estate[]): OwnTimes[] {
  const nodes = nodesOf(estates)
  return Array.from({ length: 1 + below(random, 3) }, () => ({
    node: nodeOf(graph, nodes[below(random, nodes.length)]!.id),
    ...randomTimes(random),
  }))
}

function assertTimes({ graph, ...times }: Evaluation, estates: readonly Estate[], own: Own, world: number): void {
  for (const [id, expected] of naiveTimes(estates, own)) {
    const node = nodeOf(graph, id)
    const found = { degradedFrom: times.degradedFrom[node], stoppedFrom: times.stoppedFrom[node] }
    if (found.degradedFrom !== expected.degradedFrom || found.stoppedFrom !== expected.stoppedFrom)
      assert.deepEqual({ world, id, ...found }, { world, id, ...expected })
  }
}

function timesOf({ degradedFrom, stoppedFrom }: Evaluation) {
  return { degradedFrom: degradedFrom.slice(), stoppedFrom: stoppedFrom.slice() }
}

function everything(evaluation: Evaluation) {
  const nodes = Array.from({ length: evaluation.graph.size }, (_, node) => node)
  const { own, rank, cause } = evaluation.ledger
  return {
    ...timesOf(evaluation),
    own: own.slice(),
    rank: rank.slice(),
    cause: cause.slice(),
    chains: nodes.map((node) => [explain(evaluation, node, 'degraded'), explain(evaluation, node, 'stopped')]),
  }
}

function assertChanges(changed: ReturnType<typeof apply>, before: ReturnType<typeof timesOf>, after: Evaluation): void {
  const moved = Array.from(before.degradedFrom.keys()).filter(
    (node) =>
      before.degradedFrom[node] !== after.degradedFrom[node] || before.stoppedFrom[node] !== after.stoppedFrom[node],
  )
  const at = (column: Float64Array) => Float64Array.from(moved, (node) => column[node]!)
  assert.deepEqual(changed, {
    nodes: Int32Array.from(moved),
    before: { degradedFrom: at(before.degradedFrom), stoppedFrom: at(before.stoppedFrom) },
    after: { degradedFrom: at(after.degradedFrom), stoppedFrom: at(after.stoppedFrom) },
  })
}
