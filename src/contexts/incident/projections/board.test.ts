import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CONDITIONS, type Component, type NodeId, type Service } from '#contexts/estate'
import { instant, type Millis } from '#kernel'
import { handMadeWorld } from '#test/hand-made-world'
import { boardAt, boardOf } from './board.ts'

const START = Date.parse('2025-11-25T08:00:00Z')
const HOUR = 3_600_000
const SLUGS = ['north', 'south']
const SIZE = 6
const NODES: NodeId[] = SLUGS.flatMap((slug) => Array.from({ length: SIZE }, (_, i) => `${slug}/c${i}`))

const need = fc
  .record({
    anyOf: fc.uniqueArray(fc.constantFrom(...NODES, 'west/unknown'), { minLength: 1, maxLength: 3 }),
    most: fc.integer({ min: 1, max: 3 }),
    strength: fc.constantFrom('requires' as const, 'uses' as const),
    buffer: fc.constantFrom(undefined, 'PT1H', 'P1D'),
  })
  .map(({ anyOf, most, strength, buffer }) => ({
    anyOf,
    atLeast: Math.min(most, anyOf.length),
    strength,
    ...(buffer === undefined ? {} : { buffer }),
  }))
const needs = fc.array(need, { maxLength: 3 })
const node = fc.constantFrom(...NODES)
const organisation = fc.constantFrom(...SLUGS)

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('record' as const),
      node,
      condition: fc.constantFrom(...CONDITIONS),
      ago: fc.integer({ min: 0, max: 5 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constant('isolate' as const), node, inHours: fc.integer({ min: -3, max: 3 }) }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('restore' as const), node }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('define' as const), node, needs }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('retire' as const), node }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('look' as const),
      organisation,
      fromNow: fc.integer({ min: -9, max: 9 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 30 }) }) },
)

const component = (id: NodeId, its: Component['needs']): Component => ({ id, name: id, kind: 'platform', needs: its })
const service = (slug: string, its: Service['needs']): Service => ({
  id: `${slug}/s`,
  name: 's',
  statutory: false,
  needs: its,
})
const owner = (id: NodeId) => id.slice(0, id.indexOf('/'))

test('however it came about, the live board is the board of a full evaluation', () => {
  const numRuns = Number(process.env.HOLDFAST_RUNS ?? 400)
  const estates = fc.array(needs, { minLength: NODES.length + 2, maxLength: NODES.length + 2 })
  fc.assert(
    fc.property(estates, fc.array(step, { minLength: 1, maxLength: 40 }), (drawn, steps) => {
      const world = handMadeWorld(START)
      SLUGS.forEach((slug, at) => {
        const components = NODES.filter((id) => owner(id) === slug).map((id) =>
          component(id, drawn[NODES.indexOf(id)]!),
        )
        world.found(slug, slug, { components, services: [service(slug, drawn[NODES.length + at]!)] })
      })
      const incidents = Object.fromEntries(SLUGS.map((slug) => [slug, world.declare(slug)]))
      for (const each of steps) {
        if (each.does === 'wait') world.now += each.hours * HOUR
        else if (each.does === 'look') boardOf(world.models, each.organisation, world.now + each.fromNow * HOUR)
        else {
          const slug = owner(each.node)
          const record = (type: string, data: object) => world.record(slug, { type, v: 1, data })
          const from = (time: Millis) => instant(time)
          if (each.does === 'record')
            record('incident.condition-recorded', {
              incident: null,
              component: each.node,
              condition: each.condition,
              since: from(world.now - each.ago * HOUR),
              reason: 'r',
            })
          else if (each.does === 'isolate')
            world.isolate(slug, incidents[slug]!, [each.node], { since: from(world.now + each.inHours * HOUR) })
          else if (each.does === 'restore') world.restore(slug, incidents[slug]!, [each.node])
          else if (each.does === 'define')
            record('estate.component-defined', { component: component(each.node, each.needs) })
          else record('estate.component-retired', { id: each.node })
        }
        if (steps.indexOf(each) % 5 === 0) boardOf(world.models, 'north', world.now)
      }
      const live = boardOf(world.models, 'north', world.now)
      const whole = boardAt(world.models, 'south', { at: world.now })
      assert.equal(live.graph, whole.graph)
      assert.deepEqual(live.evaluation.degradedFrom, whole.evaluation.degradedFrom)
      assert.deepEqual(live.evaluation.stoppedFrom, whole.evaluation.stoppedFrom)
    }),
    { numRuns },
  )
})

test('a component that was retired keeps its history, stops nothing, and is down again when it is back', () => {
  const world = handMadeWorld(START)
  const needed = [{ anyOf: ['north/c0'], atLeast: 1, strength: 'requires' as const }]
  world.found('north', 'North', { components: [component('north/c0', [])], services: [service('north', needed)] })
  world.isolate('north', world.declare('north'), ['north/c0'])
  const stopped = () => {
    const { graph, evaluation } = boardOf(world.models, 'north', world.now)
    return evaluation.stoppedFrom[graph.index.get('north/s')!]! <= world.now
  }
  assert.equal(stopped(), true)
  world.record('north', { type: 'estate.component-retired', v: 1, data: { id: 'north/c0' } })
  assert.equal(stopped(), false)
  world.record('north', { type: 'estate.component-defined', v: 1, data: { component: component('north/c0', []) } })
  assert.equal(stopped(), true)
})

test('an organisation that has not been added has an empty board, whatever it is called', () => {
  const world = handMadeWorld(START)
  world.found('north', 'North', { components: [component('north/c0', [])], services: [] })
  world.record('live', { type: 'estate.nothing', v: 1, data: {} })
  for (const slug of ['live', 'nowhere']) assert.equal(boardOf(world.models, slug, world.now).graph.size, 0)
  assert.equal(boardOf(world.models, 'north', world.now).graph.size, 1)
})
