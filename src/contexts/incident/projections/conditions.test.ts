import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CONDITIONS, type Condition, ownTimes } from '#contexts/estate'
import { instant, NEVER } from '#kernel'
import { handMadeWorld } from '#test/hand-made-world'
import { currentConditions } from './board.ts'
import { conditions, inForce } from './conditions.ts'
import { incidents } from './incidents.ts'

const START = Date.parse('2025-11-25T08:00:00Z')
const HOUR = 3_600_000
const NODE = 'north/network'

function north() {
  const world = handMadeWorld(START)
  const component = { id: NODE, name: 'Network', kind: 'platform' as const, needs: [] }
  world.found('north', 'North', { components: [component], services: [] })
  const incident = world.declare('north')
  const at = (hours: number) => instant(START + hours * HOUR)
  return {
    incident: () => world.models.of(incidents, 'north').get(incident)!,
    now: (hours: number) => {
      world.now = START + hours * HOUR
    },
    record: (condition: Condition, since: number) =>
      world.record('north', {
        type: 'incident.condition-recorded',
        v: 1,
        data: { incident: null, component: NODE, condition, since: at(since), reason: 'r' },
      }),
    isolate: (since: number) => world.isolate('north', incident, [NODE], { since: at(since) }),
    restore: () => world.restore('north', incident, [NODE]),
    current: () => currentConditions(world.models, 'north', [NODE], world.now).get(NODE),
    records: () => world.models.of(conditions, 'north').records.get(NODE) ?? [],
    at: (hours: number) => {
      const found = inForce(world.models.of(conditions, 'north').records.get(NODE), START + hours * HOUR)
      return found ? `${found.condition} since ${(found.since - START) / HOUR}` : 'nothing'
    },
  }
}

test('given a planned isolation, when another condition is recorded meanwhile, then it still begins when it was to', () => {
  const { now, isolate, record, at, incident, current } = north()
  isolate(6)
  now(1)
  record('degraded', 1)
  now(2)
  record('operational', 2)
  assert.deepEqual([1, 2, 5, 6, 9].map(at), [
    'degraded since 1',
    'operational since 2',
    'operational since 2',
    'isolated since 6',
    'isolated since 6',
  ])
  assert.deepEqual(current(), { condition: 'operational', since: START + 2 * HOUR, planned: START + 6 * HOUR })
  assert.deepEqual([...incident().isolated], [NODE], 'and can be called off')
})

test('given a planned isolation, when the component is restored before it begins, then it does not begin', () => {
  const { now, isolate, record, restore, at, incident } = north()
  isolate(6)
  now(1)
  record('degraded', 1)
  now(2)
  restore()
  assert.deepEqual([1, 2, 6].map(at), ['degraded since 1', 'operational since 2', 'operational since 2'])
  assert.deepEqual([...incident().isolated], [])
})

test('given a planned isolation, when it is brought forward, then it holds since then', () => {
  const { now, isolate, at } = north()
  isolate(6)
  now(1)
  isolate(2)
  assert.deepEqual([1, 2, 6].map(at), ['nothing', 'isolated since 2', 'isolated since 2'])
})

test('given a planned isolation that has begun, when anything is recorded of a time before, then that holds', () => {
  const { now, isolate, record, at, incident } = north()
  isolate(6)
  now(7)
  record('degraded', 5)
  assert.deepEqual([5, 6, 8].map(at), ['degraded since 5', 'degraded since 5', 'degraded since 5'])
  assert.deepEqual([...incident().isolated], [])
})

const END = 40
const step = fc.oneof(
  fc.record({ does: fc.constant('record' as const), condition: fc.constantFrom(...CONDITIONS), ago: fc.nat(4) }),
  fc.record({ does: fc.constant('isolate' as const), in: fc.integer({ min: -3, max: 6 }) }),
  fc.record({ does: fc.constant('restore' as const) }),
  fc.record({ does: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 4 }) }),
)

test('at every hour there holds what a plain diary says, in whatever order things were recorded', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), fc.nat(END), (steps, look) => {
      const house = north()
      // The diary: what is so in each hour as far as it has come, and the hour of a plan.
      const hours: Condition[] = Array.from({ length: END + 1 }, () => 'operational')
      let plan: number | null = null
      let time = 4
      house.now(time)
      const from = (since: number, condition: Condition) => hours.fill(condition, since)
      for (const one of steps) {
        if (plan !== null && plan <= time) {
          from(plan, 'isolated')
          plan = null
        }
        if (one.does === 'wait') {
          time += one.hours
          house.now(time)
        } else if (one.does === 'record') {
          house.record(one.condition, time - one.ago)
          if (one.condition === 'isolated') plan = null
          from(time - one.ago, one.condition)
        } else if (one.does === 'restore') {
          house.restore()
          plan = null
          from(time, 'operational')
        } else {
          house.isolate(time + one.in)
          plan = one.in > 0 ? time + one.in : null
          if (one.in <= 0) from(time + one.in, 'isolated')
        }
      }
      if (plan !== null) from(plan, 'isolated')
      for (let hour = 0; hour <= END; hour++)
        assert.equal(house.at(hour).split(' ')[0]!.replace('nothing', 'operational'), hours[hour], `hour ${hour}`)

      const start = (bad: (condition: Condition) => boolean) => {
        let first = hours.findIndex((condition, hour) => hour >= look && bad(condition))
        if (first < 0) return NEVER
        while (first > 0 && bad(hours[first - 1]!)) first--
        return START + first * HOUR
      }
      assert.deepEqual(ownTimes(house.records(), START + look * HOUR), {
        degradedFrom: start((condition) => condition !== 'operational'),
        stoppedFrom: start((condition) => condition === 'isolated' || condition === 'unavailable'),
      })
    }),
    { numRuns: Number(process.env.HOLDFAST_RUNS ?? 2000) },
  )
})
