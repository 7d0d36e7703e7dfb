import { pathToFileURL } from 'node:url'
import {
  apply,
  type Evaluation,
  evaluate,
  type Graph,
  type GraphBuilder,
  graphBuilder,
  LINK,
  whatIf,
} from '../src/contexts/estate/core/impact/index.ts'
import { NEVER } from '../src/kernel/index.ts'
import type { Figure } from './figure.ts'

const HOUR = 3_600_000
const ORGANISATIONS = 33

/** The impact engine on invented estates, the same ones in every run. */
export async function benchImpact(): Promise<Figure[]> {
  return [...region(), ...hugeGraph()]
}

/** 33 organisations: 500 components and 1,519 services each, standing on each other and on a shared hub. */
function region(): Figure[] {
  const random = seeded(33)
  const builder = graphBuilder()
  const organisations = Array.from({ length: ORGANISATIONS }, (_, i) => `council-${i}`)
  const components = organisations.map((organisation) =>
    Array.from({ length: 500 }, (_, i) => builder.addNode(`${organisation}/c${i}`, { organisation, isService: false })),
  )
  const services = organisations.map((organisation) =>
    Array.from({ length: 1519 }, (_, i) =>
      builder.addNode(`${organisation}/s${i}`, { organisation, isService: true, rto: 24 * HOUR, mtpd: 120 * HOUR }),
    ),
  )
  const hub = components[0]![0]!
  for (const [o, own] of components.entries())
    for (const [i, node] of own.entries()) {
      if (node === hub) continue
      if (i < 5) builder.addNeed(node, [hub], i % 2 === 0 ? {} : { buffer: 8 * HOUR })
      else for (let n = 0; n < 3; n++) someNeed(builder, random, node, () => own[below(random, i)]!)
      if (random() < 0.02)
        builder.addNeed(node, [components[below(random, o + 1)]![below(random, 500)]!], { uses: true })
    }
  for (const [o, own] of services.entries())
    for (const node of own)
      for (let n = 0; n < 3; n++) someNeed(builder, random, node, () => components[o]![below(random, 500)]!)
  const evaluation = evaluate(builder.build())
  const times = timed(25, () => whatIf(evaluation, [lost(hub, 0)]))
  const reached = whatIf(evaluation, [lost(hub, 0)]).nodes.length
  return [
    {
      name: 'impact: what-if, a hub isolated under 33 organisations of 1,519 services on 16,500 components',
      value: at(times, 0.5),
      unit: 'ms',
      target: '< 100 ms',
      note: `${reached} of ${evaluation.graph.size} nodes change; worst of 25: ${at(times, 1)} ms`,
    },
  ]
}

function hugeGraph(): Figure[] {
  const loaded = performance.now()
  const graph = hundredThousand()
  const built = performance.now()
  const random = seeded(5)
  const incident = Array.from({ length: 50 }, () => lost(50_000 + below(random, 50_000), below(random, 48) * HOUR))
  const evaluation = evaluate(graph, incident)
  const evaluated = performance.now()
  const pass = at(
    timed(9, () => plainPass(evaluation)),
    0.5,
  )
  const full = at(
    timed(5, () => evaluate(graph, incident)),
    0.5,
  )
  const heavy = at(
    timed(5, () => evaluate(graph, [lost(0, 0), lost(1, 0), lost(2, 0)])),
    0.5,
  )

  const times: number[] = []
  const reached: number[] = []
  for (let i = 0; i < 1000; i++) {
    const node = below(random, graph.size)
    const since = below(random, 48) * HOUR
    for (const change of [lost(node, since), lost(node, NEVER)]) {
      const start = performance.now()
      const changed = apply(evaluation, [change])
      times.push(performance.now() - start)
      reached.push(changed.nodes.length)
    }
  }
  const hub = widestOf(evaluation, 8)
  const fell = at(
    timed(5, () => whatIf(evaluation, [lost(hub, 0)])),
    0.5,
  )
  const fallen = whatIf(evaluation, [lost(hub, 0)]).nodes.length
  apply(evaluation, [lost(hub, 0)])
  const rose = at(
    timed(5, () => whatIf(evaluation, [lost(hub, NEVER)])),
    0.5,
  )

  const size = `${graph.size} nodes, ${graph.alternatives.length} dependencies`
  const median = at(times, 0.5)
  return [
    { name: 'impact: build the graph', value: round(built - loaded), unit: 'ms', note: size },
    { name: 'impact: first evaluation', value: round(evaluated - built), unit: 'ms', note: size },
    { name: 'impact: a plain pass over the same arrays', value: pass, unit: 'ms', note: size },
    {
      name: 'impact: full evaluation, ratio to a plain pass',
      value: round(full / pass),
      unit: 'x',
      note: `${full} ms`,
    },
    { name: 'impact: full evaluation where most is lost', value: round(heavy / pass), unit: 'x', note: `${heavy} ms` },
    {
      name: 'impact: one change applied, median of 2,000 at random nodes',
      value: median,
      unit: 'ms',
      target: '< 10 ms',
      note: `nodes changed: median ${at(reached, 0.5)}, 95th percentile ${at(reached, 0.95)}, most ${at(reached, 1)}`,
    },
    { name: 'impact: one change applied, 95th percentile', value: at(times, 0.95), unit: 'ms' },
    { name: 'impact: one change applied, median, ratio to a plain pass', value: round(median / pass), unit: 'x' },
    {
      name: 'impact: what-if, the widest of 8 hubs falls',
      value: fell,
      unit: 'ms',
      note: `${fallen} nodes change; ${round(fell / pass)} plain passes`,
    },
    { name: 'impact: what-if, it is restored', value: rose, unit: 'ms', note: `${round(rose / pass)} plain passes` },
  ]
}

/** Nodes stand on lower ones, now and then on a slightly higher one (cycles): four needs of one and two groups of three each. */
function hundredThousand(): Graph {
  const random = seeded(100)
  const builder = graphBuilder()
  const size = 100_000
  for (let i = 0; i < size; i++)
    builder.addNode(`council-${i % ORGANISATIONS}/n${i}`, {
      organisation: `council-${i % ORGANISATIONS}`,
      isService: i >= size / 2,
    })
  for (let i = 0; i < size; i++) {
    const target = () =>
      random() < 0.01 ? Math.min(size - 1, i + 1 + below(random, 20)) : below(random, Math.max(i, 1))
    const distinct = () => {
      const three = new Set<number>()
      while (three.size < 3) three.add((target() + three.size) % size)
      return [...three]
    }
    for (let n = 0; n < 4; n++) builder.addNeed(i, [target()], strengthAndBuffer(random))
    for (let n = 0; n < 2; n++)
      builder.addNeed(i, distinct(), { atLeast: 1 + below(random, 2), ...strengthAndBuffer(random) })
  }
  return builder.build()
}

function someNeed(builder: GraphBuilder, random: Random, dependent: number, target: () => number): void {
  const wide = random() < 0.3
  const anyOf = wide ? [target(), target(), target()] : [target()]
  builder.addNeed(dependent, anyOf, strengthAndBuffer(random))
}

function strengthAndBuffer(random: Random) {
  return { uses: random() < 0.3, buffer: random() < 0.2 ? (1 + below(random, 72)) * HOUR : 0 }
}

/** The least anybody could do who looks at every dependency once. */
function plainPass({ graph, stoppedFrom }: Evaluation): number {
  let total = 0
  for (let node = 0; node < graph.size; node++)
    for (let i = LINK * graph.linksFrom[node]!; i < LINK * graph.linksFrom[node + 1]!; i += LINK)
      if (stoppedFrom[graph.links[i + 1]!]! > graph.delays[graph.links[i + 3]!]!) total++
  return total
}

function widestOf(evaluation: Evaluation, hubs: number): number {
  let widest = 0
  let most = -1
  for (let node = 0; node < hubs; node++) {
    const reached = whatIf(evaluation, [lost(node, 0)]).nodes.length
    if (reached <= most) continue
    widest = node
    most = reached
  }
  return widest
}

function lost(node: number, since: number) {
  return { node, degradedFrom: since, stoppedFrom: since }
}

function timed(runs: number, work: () => unknown): number[] {
  return Array.from({ length: runs }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  })
}

function at(values: readonly number[], quantile: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return round(sorted[Math.min(sorted.length - 1, Math.floor(quantile * sorted.length))]!)
}

function round(value: number): number {
  return Number(value.toPrecision(3))
}

type Random = () => number

function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let z = state
    z = Math.imul(z ^ (z >>> 15), z | 1)
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61)
    return ((z ^ (z >>> 14)) >>> 0) / 4294967296
  }
}

function below(random: Random, limit: number): number {
  return Math.floor(random() * limit)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) console.table(await benchImpact())
