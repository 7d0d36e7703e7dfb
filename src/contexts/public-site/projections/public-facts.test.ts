import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LIVE } from '#contexts/estate'
import { instant, NEVER } from '#kernel'
import { type HandMadeWorld, handMadeWorld, inventedEstate } from '#test/hand-made-world'
import { worldFacts } from './public-facts.ts'

const NOW = Date.parse('2025-11-25T06:30:00Z')
const HOUR = 3_600_000

function westminster(): HandMadeWorld {
  const world = handMadeWorld(NOW)
  world.found('westminster', 'Westminster City Council', inventedEstate('westminster', 3))
  return world
}

const look = (world: HandMadeWorld) => worldFacts(world.models, LIVE, world.now)
const factsOf = (world: HandMadeWorld) => look(world).organisations[0]!
const say = (world: HandMadeWorld, type: string, data: object) =>
  world.record('westminster', { type: `statements.${type}`, v: 1, data })
const published = (world: HandMadeWorld, audience: string, more: object = {}) =>
  say(world, 'published', {
    statement: 1,
    audience,
    version: 1,
    incident: null,
    nextUpdateAt: null,
    services: [],
    breakGlass: false,
    ...more,
  })

test('an override is what the public sees, with its words and without the reason behind it, until its time is over', () => {
  const world = westminster()
  world.isolate('westminster', world.declare('westminster'), ['westminster/corporate-network'])
  const service = 'westminster/service-1'
  const derived = factsOf(world).services[1]!
  assert.equal(derived.level, 'stopped')
  world.now += HOUR
  const until = instant(world.now + HOUR)
  say(world, 'status-overridden', { service, level: 'degraded', until, reason: 'Secret', told: 'On paper only.' })
  const { level, since, cause, override } = factsOf(world).services[1]!
  assert.deepEqual(
    { level, since, cause, override },
    {
      level: 'degraded',
      since: world.now,
      cause: null,
      override: { told: 'On paper only.' },
    },
  )
  assert.equal(look(world).nextChangeAt, world.now + HOUR)
  world.now += HOUR
  assert.deepEqual(factsOf(world).services[1], derived)
  assert.equal(look(world).nextChangeAt, NEVER)
})

test('an override that is lifted leaves what follows from the records', () => {
  const world = westminster()
  const before = factsOf(world).services
  say(world, 'status-overridden', { service: 'westminster/service-0', level: 'stopped', until: null, told: 'Closed.' })
  assert.equal(factsOf(world).services[0]!.level, 'stopped')
  say(world, 'override-lifted', { service: 'westminster/service-0', reason: 'Open again' })
  assert.deepEqual(factsOf(world).services, before)
})

test('what is said to staff and members changes nothing that the public could notice', () => {
  const world = westminster()
  const before = factsOf(world)
  world.now += HOUR
  for (const audience of ['staff', 'members']) published(world, audience)
  say(world, 'withdrawn', { statement: 1, audience: 'staff', reason: 'Wrong' })
  assert.deepEqual(factsOf(world), before)
  published(world, 'press')
  assert.equal(factsOf(world).changedAt, instant(world.now))
  assert.deepEqual(
    factsOf(world).statements.map(({ audience }) => audience),
    ['press'],
  )
})

test('the promise of a next update is the last one made to residents; a statement keeps the one before it', () => {
  const world = westminster()
  const incident = world.declare('westminster')
  world.isolate('westminster', incident, ['westminster/corporate-network'])
  const sitrep = (at: number) =>
    world.record('westminster', {
      type: 'incident.sitrep-issued',
      v: 1,
      data: { incident, sitrep: 1, counts: {}, nextUpdateAt: instant(at) },
    })
  const due = () => factsOf(world).nextUpdate?.at ?? null
  sitrep(NOW + 5 * HOUR)
  assert.equal(due(), NOW + 5 * HOUR)
  world.now += HOUR
  published(world, 'residents', { incident, nextUpdateAt: instant(NOW + 3 * HOUR) })
  assert.equal(due(), NOW + 3 * HOUR)
  published(world, 'press', { incident, nextUpdateAt: instant(NOW + 9 * HOUR) })
  assert.equal(due(), NOW + 3 * HOUR)
  world.now = NOW + 3 * HOUR
  assert.equal(factsOf(world).nextUpdate!.overdue, true)
  published(world, 'residents', { incident, version: 2 })
  assert.equal(due(), null)
  world.now += HOUR
  sitrep(NOW + 8 * HOUR)
  assert.equal(due(), NOW + 8 * HOUR)
  world.record('westminster', { type: 'incident.stood-down', v: 1, data: { incident, reason: 'Over' } })
  assert.equal(due(), null)
})

test('a withdrawn statement promises nothing and stays in the record', () => {
  const world = westminster()
  published(world, 'residents', { nextUpdateAt: instant(NOW + HOUR) })
  assert.equal(factsOf(world).nextUpdate!.at, NOW + HOUR)
  say(world, 'withdrawn', { statement: 1, audience: 'residents', reason: 'Wrong' })
  assert.equal(factsOf(world).nextUpdate, null)
  assert.equal(factsOf(world).statements[0]!.withdrawnAt, instant(NOW))
})

test('an incident that the organisation has spoken of is public, also where it touches no service', () => {
  const world = westminster()
  const incident = world.declare('westminster')
  assert.deepEqual(factsOf(world).incidents, [])
  published(world, 'residents', { incident })
  assert.equal(factsOf(world).incidents[0]!.state, 'investigating')
})

test('routes are those for people outside, and a service has its own', () => {
  const world = westminster()
  const route = { kind: 'phone', purpose: 'general', works: true, checkedAt: instant(NOW), waitingTime: null }
  const set = (name: string, audiences: string[], services: string[] = []) =>
    say(world, 'route-set', { ...route, route: name, audiences, services, name, address: '020 7946 0000' })
  set('all', ['residents', 'staff'])
  set('own', ['partners'], ['westminster/service-2'])
  set('internal', ['staff', 'members'], ['westminster/service-2'])
  const { routes, services } = factsOf(world)
  assert.deepEqual(
    routes.map((one) => one.route),
    ['all', 'own'],
  )
  assert.deepEqual(
    services.map((one) => one.routes.map((own) => own.route)),
    [[], [], ['own']],
  )
})
