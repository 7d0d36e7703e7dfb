import assert from 'node:assert/strict'
import { test } from 'node:test'
import { handMadeWorld } from '#test/hand-made-world'
import { whatIf } from './what-if.ts'

test('of two ways to keep a service up, the one that is down already is not offered', () => {
  const world = handMadeWorld(Date.parse('2025-11-25T08:00:00Z'))
  const ways = ['north/a', 'north/b']
  world.found('north', 'North', {
    components: ways.map((id) => ({ id, name: id, kind: 'network', needs: [] })),
    services: [
      { id: 'north/s', name: 's', statutory: true, needs: [{ anyOf: ways, atLeast: 1, strength: 'requires' }] },
    ],
  })
  const incident = world.declare('north')
  for (const [down, left] of [ways, ways.toReversed()] as [string, string][]) {
    world.isolate('north', incident, [down])
    const changes = ways.map((component) => ({ component, condition: 'isolated' as const }))
    const { keepAlive, stopped } = whatIf(world.models, 'north', changes, world.now)
    assert.equal(stopped.length, 1)
    assert.deepEqual(keepAlive?.spare, [left])
    world.restore('north', incident, [down])
  }
})
