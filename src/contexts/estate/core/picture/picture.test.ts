import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Estate, Need } from '../estate.ts'
import { compile, nodeOf } from '../impact/index.ts'
import { concerns, neighbourhood, reach } from './index.ts'

const RUNS = Number(process.env.HOLDFAST_RUNS ?? 200)

function estate(organisation: string, needs: Record<string, readonly string[]>): Estate {
  const need = (to: string): Need => ({ anyOf: [to], atLeast: 1, strength: 'requires' })
  const components = Object.entries(needs).map(([id, targets]) => ({
    id: `${organisation}/${id}`,
    name: id,
    kind: 'application' as const,
    needs: targets.map((to) => need(to.includes('/') ? to : `${organisation}/${to}`)),
  }))
  return { organisation, components, services: [] }
}

const all = () => true
const order = (a: number, b: number) => a - b

const world = fc.integer({ min: 1, max: 25 }).chain((size) =>
  fc.record({
    needs: fc.array(fc.uniqueArray(fc.nat(size - 1), { maxLength: 4 }), { minLength: size, maxLength: size }),
    middle: fc.nat(size - 1),
    depth: fc.integer({ min: 1, max: 4 }),
    width: fc.integer({ min: 1, max: 5 }),
    most: fc.integer({ min: 1, max: 30 }),
  }),
)

test('in any estate, circles included, each node is shown or counted at most once, and nothing within reach is lost in silence', () => {
  fc.assert(
    fc.property(world, ({ needs, middle, depth, width, most }) => {
      const named = needs.map((to, from) => [`n${from}`, to.filter((one) => one !== from).map((one) => `n${one}`)])
      const graph = compile([estate('here', Object.fromEntries(named))])
      const root = nodeOf(graph, `here/n${middle}`)
      const { nodes, more, links } = neighbourhood(graph, root, { depth, width, most, order, seen: all })
      const shown = nodes.map(({ node }) => node)
      assert.equal(new Set(shown).size, shown.length)
      assert.ok(shown.length <= most)
      const both = new Set(
        [...reach(graph, root, 'needs', all), ...reach(graph, root, 'needed-by', all)].map((r) => r.node),
      )
      both.delete(root)
      const counted = shown.length - 1 + more.reduce((sum, one) => sum + one.count, 0)
      assert.ok(counted <= both.size)
      // Whoever sees no "and so many more" sees everything.
      if (more.length === 0) assert.equal(counted, both.size)
      for (const side of ['needs', 'needed-by'])
        for (let steps = 1; steps <= depth; steps++)
          assert.ok(nodes.filter((one) => one.side === side && one.steps === steps).length <= width + 1)
      for (const one of more)
        assert.ok(one.count > 0 && one.beside.length > 0 && one.beside.every((n) => shown.includes(n)))
      for (const { from, to } of links) assert.ok(shown.includes(from) && shown.includes(to))
    }),
    { numRuns: RUNS },
  )
})

test('300 systems on one network: the worst few are shown, the others counted', () => {
  const systems = Object.fromEntries(Array.from({ length: 300 }, (_, one) => [`s${one}`, ['network']]))
  const graph = compile([estate('here', { ...systems, network: [] })])
  const worst = nodeOf(graph, 'here/s299')
  const { nodes, more } = neighbourhood(graph, nodeOf(graph, 'here/network'), {
    depth: 2,
    width: 8,
    most: 100,
    order: (a, b) => Number(b === worst) - Number(a === worst) || a - b,
    seen: all,
  })
  assert.equal(nodes.length, 9)
  assert.equal(nodes[1]!.node, worst)
  assert.deepEqual(
    more.map(({ side, steps, count }) => ({ side, steps, count })),
    [{ side: 'needed-by', steps: 1, count: 292 }],
  )
})

test('a circle of needs is drawn once and ends', () => {
  const graph = compile([estate('here', { a: ['b'], b: ['c'], c: ['a'] })])
  const { nodes, links, more } = neighbourhood(graph, nodeOf(graph, 'here/a'), {
    depth: 5,
    width: 9,
    most: 9,
    order,
    seen: all,
  })
  assert.deepEqual([nodes.length, links.length, more.length], [3, 3, 0])
  assert.deepEqual(
    reach(graph, nodeOf(graph, 'here/a'), 'needs', all).map(({ node, steps }) => [graph.ids[node], steps]),
    [
      ['here/b', 1],
      ['here/c', 2],
    ],
  )
})

test('behind what the other side shows already, the rest is still counted', () => {
  const needs = [[6], [], [], [6, 13], [], [3, 9], [11], [0], [7], [0], [], [5], [], [7], []]
  const named = needs.map((to, from) => [`n${from}`, to.map((one) => `n${one}`)])
  const graph = compile([estate('here', Object.fromEntries(named))])
  const root = nodeOf(graph, 'here/n5')
  const { nodes, more } = neighbourhood(graph, root, { depth: 3, width: 2, most: 8, order, seen: all })
  const counted = nodes.length - 1 + more.reduce((sum, one) => sum + one.count, 0)
  const both = [...reach(graph, root, 'needs', all), ...reach(graph, root, 'needed-by', all)].map((r) => r.node)
  assert.equal(counted, new Set(both).size - Number(both.includes(root)))
})

test('of a neighbour only what an organisation stands on, or what stands on it, is its concern', () => {
  const graph = compile([
    estate('here', { desk: ['there/platform'], own: [] }),
    estate('there', { platform: ['power'], power: [], secret: ['power'], lodger: ['here/own'] }),
  ])
  const marked = concerns(graph, 'here')
  const ids = graph.ids.filter((_, node) => marked[node] === 1).sort()
  assert.deepEqual(ids, ['here/desk', 'here/own', 'there/lodger', 'there/platform', 'there/power'])
  assert.equal(concerns(graph, 'nobody').includes(1), false)
})
