import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Estate, Need, NodeId } from '../estate.ts'
import { graphBuilder } from './build-graph.ts'
import { compile } from './compile.ts'
import { evaluate } from './evaluation.ts'
import { type Graph, nodeOf } from './graph.ts'
import { leastKeepAlive } from './keep-alive.ts'
import { below, nodesOf, type Random, randomEstates, seeded } from './random-world.test.ts'

const RUNS = Number(process.env.HOLDFAST_RUNS ?? 10_000) / 10

/** Whether the wanted nodes hold when just these components are up: throw out whatever lacks something, until all is well. */
function holds(estates: readonly Estate[], up: ReadonlySet<NodeId>, wanted: readonly NodeId[]): boolean {
  const services = new Set(estates.flatMap((estate) => estate.services.map(({ id }) => id)))
  const nodes = nodesOf(estates)
  const known = new Set(nodes.map(({ id }) => id))
  const alive = new Set(nodes.map(({ id }) => id).filter((id) => services.has(id) || up.has(id)))
  for (let moved = true; moved; ) {
    moved = false
    for (const { id, needs } of nodes) {
      const well = needs.every(({ anyOf, atLeast, strength }) => {
        const there = [...new Set(anyOf)].filter((target) => alive.has(target) || !known.has(target))
        return strength === 'uses' || there.length >= atLeast
      })
      if (!well && alive.delete(id)) moved = true
    }
  }
  return wanted.every((id) => alive.has(id))
}

function smallest(estates: readonly Estate[], wanted: readonly NodeId[], lost: ReadonlySet<NodeId>): number | null {
  if (wanted.some((id) => lost.has(id))) return null
  const bare = estates.map((estate) => ({
    ...estate,
    services: estate.services.map((service) =>
      lost.has(service.id)
        ? { ...service, needs: [{ anyOf: [estates[0]!.organisation], atLeast: 1, strength: 'requires' as const }] }
        : service,
    ),
  }))
  // A lost service stands in the oracle as one that needs a component which is never up.
  bare[0] = {
    ...bare[0]!,
    components: [...bare[0]!.components, { id: bare[0]!.organisation, name: 'never up', kind: 'site', needs: [] }],
  }
  const components = estates.flatMap((estate) => estate.components.map(({ id }) => id)).filter((id) => !lost.has(id))
  for (const subset of bySize(components.length)) {
    const up = new Set(components.filter((_, i) => subset & (1 << i)))
    if (holds(bare, up, wanted)) return up.size
  }
  return null
}

function bySize(bits: number): number[] {
  const size = (subset: number) => subset.toString(2).replaceAll('0', '').length
  return Array.from({ length: 1 << bits }, (_, subset) => subset).sort((a, b) => size(a) - size(b))
}

test('in random worlds the set is as small as the smallest of all subsets, and keeps the services up', () => {
  const random = seeded(99)
  const sizes = new Map<number | null, number>()
  for (let run = 0; run < RUNS; run++) {
    const estates = randomEstates(random, run % 20 === 0 ? 12 : 9)
    const graph = compile(estates)
    const ids = nodesOf(estates).map(({ id }) => id)
    const services = estates.flatMap((estate) => estate.services.map(({ id }) => id))
    const wanted = services.filter(() => random() < 0.5)
    if (wanted.length === 0) wanted.push(ids[below(random, ids.length)]!)
    const lost = new Set(ids.filter(() => random() < 0.08))
    const found = leastKeepAlive(
      graph,
      wanted.map((id) => nodeOf(graph, id)),
      { lost: [...lost].map((id) => nodeOf(graph, id)) },
    )
    const least = smallest(estates, wanted, lost)
    assert.equal(found?.components.length ?? null, least, `world ${run}`)
    sizes.set(least, (sizes.get(least) ?? 0) + 1)
    if (!found) continue
    assert.ok(found.exact)
    assert.equal(found.lowerBound, least)
    const kept = new Set(found.components.map((node) => graph.ids[node]!))
    assert.ok(holds(estates, kept, wanted), `world ${run}`)
    assert.ok([...kept].every((id) => !lost.has(id)))
  }
  assert.ok(sizes.size > 5, `sizes met: ${[...sizes.keys()]}`)
})

test('the same where every need is a hard choice', () => {
  const random = seeded(21)
  for (let run = 0; run < RUNS / 2; run++) {
    const estates = hardChoice(random)
    const graph = compile(estates)
    const lost = new Set(random() < 0.3 ? ['w/c3'] : [])
    const found = leastKeepAlive(graph, nodeOf(graph, 'w/s'), { lost: [...lost].map((id) => nodeOf(graph, id)) })
    assert.equal(found?.components.length ?? null, smallest(estates, ['w/s'], lost), `world ${run}`)
    assert.ok(found?.exact !== false)
    if (found) assert.ok(holds(estates, new Set(found.components.map((node) => graph.ids[node]!)), ['w/s']))
  }
})

/** One service with wide groups over ten components, some of which stand on groups of each other. */
function hardChoice(random: Random): Estate[] {
  const ids = Array.from({ length: 10 }, (_, i) => `w/c${i}`)
  const group = (): Need => {
    const anyOf = ids.filter(() => random() < 0.35)
    if (anyOf.length === 0) anyOf.push(ids[below(random, 10)]!)
    return { anyOf, atLeast: 1 + below(random, Math.min(2, anyOf.length)), strength: 'requires' }
  }
  const groups = (most: number) => Array.from({ length: below(random, most + 1) }, group)
  const components = ids.map((id) => ({
    id,
    name: id,
    kind: 'platform' as const,
    needs: random() < 0.5 ? groups(2) : [],
  }))
  const services = [{ id: 'w/s', name: 's', statutory: false, needs: groups(7) }]
  return [{ organisation: 'w', components, services }]
}

test('the same stands on a large estate: the service stays up, and the set is proved smallest', () => {
  for (const seed of [1, 2, 3]) {
    const graph = layered(seed, 400)
    const services = [400, 401, 402]
    const found = leastKeepAlive(graph, services)!
    assert.ok(found.exact, `seed ${seed}: ${found.components.length}, at least ${found.lowerBound}`)
    assertKeepsUp(graph, services, found.components)
  }
})

test('out of budget it says so: a set that works, and a bound that holds', () => {
  const graph = layered(1, 400)
  const services = [400, 401, 402]
  const found = leastKeepAlive(graph, services, { budget: 1 })!
  const best = leastKeepAlive(graph, services)!
  assertKeepsUp(graph, services, found.components)
  assert.ok(!found.exact)
  assert.ok(found.lowerBound <= best.components.length && best.components.length <= found.components.length)
})

test('a service that is lost itself, or whose only provider is, cannot be kept', () => {
  const graph = layered(1, 50)
  assert.equal(leastKeepAlive(graph, 50, { lost: [50] }), null)
  const everything = Array.from({ length: 50 }, (_, node) => node)
  assert.equal(leastKeepAlive(graph, 50, { lost: everything }), null)
})

function assertKeepsUp(graph: Graph, services: readonly number[], components: readonly number[]): void {
  const kept = new Set(components)
  const stopped = Array.from({ length: graph.size }, (_, node) => node)
    .filter((node) => graph.isService[node] === 0 && !kept.has(node))
    .map((node) => ({ node, degradedFrom: 0, stoppedFrom: 0 }))
  const { stoppedFrom } = evaluate(graph, stopped)
  for (const service of services) assert.equal(stoppedFrom[service], Number.POSITIVE_INFINITY)
}

/** Components that stand on groups of lower ones, and three services on top of them. */
function layered(seed: number, components: number): Graph {
  const random = seeded(seed)
  const builder = graphBuilder()
  for (let i = 0; i < components + 3; i++) builder.addNode(`w/${i}`, { organisation: 'w', isService: i >= components })
  for (let i = 10; i < components + 3; i++)
    for (let n = 0; n < 3; n++) {
      const wide = 1 + below(random, 3)
      const floor = Math.floor(Math.min(i, components) / 3)
      const anyOf = new Set(Array.from({ length: wide }, () => floor + below(random, Math.min(i, components) - floor)))
      builder.addNeed(i, [...anyOf], { atLeast: 1 + below(random, Math.min(2, anyOf.size)) })
    }
  return builder.build()
}
