import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Level, LIVE } from '#contexts/estate'
import { instant, type Millis } from '#kernel'
import { type HandMadeWorld, handMadeWorld, inventedEstate } from '#test/hand-made-world'
import { worldFacts } from './public-facts.ts'
import { statusHistory } from './status-history.ts'

const NOW = Date.parse('2025-11-25T06:30:00Z')
const MINUTE = 60_000

function twoCouncils(): HandMadeWorld {
  const world = handMadeWorld(NOW)
  world.found('westminster', 'Westminster City Council', inventedEstate('westminster', 6))
  const shared = { anyOf: ['westminster/corporate-network'], atLeast: 1, strength: 'requires' as const, buffer: 'PT9M' }
  const services = [{ id: 'hackney/shared', name: 'Shared service', statutory: false, needs: [shared] }]
  world.found('hackney', 'London Borough of Hackney', { components: [], services })
  return world
}

type Deed = readonly [what: 'isolate' | 'restore' | 'override' | 'lift', which: number, minutes: number]
const deeds = fc.array(
  fc.tuple(
    fc.constantFrom('isolate' as const, 'restore' as const, 'override' as const, 'lift' as const),
    fc.nat(5),
    fc.integer({ min: 0, max: 8 }),
  ),
  { minLength: 1, maxLength: 12 },
)

/** Plays the deeds; `look` is called after each, and at each minute between them. */
function play(world: HandMadeWorld, plan: readonly Deed[], look: () => void): void {
  const incident = world.declare('westminster')
  const components = ['westminster/corporate-network', 'westminster/documents']
  const say = (type: string, data: object) => world.record('westminster', { type: `statements.${type}`, v: 1, data })
  for (const [what, which, minutes] of plan) {
    const component = [components[which % 2]!]
    const service = `westminster/service-${which}`
    if (what === 'isolate') world.isolate('westminster', incident, component)
    else if (what === 'restore') world.restore('westminster', incident, component)
    else if (what === 'lift') say('override-lifted', { service, reason: 'Made up' })
    else {
      const until = which % 2 ? instant(world.now + 3 * MINUTE) : null
      say('status-overridden', { service, level: (['normal', 'degraded', 'stopped'] as const)[which % 3], until })
    }
    look()
    for (let passed = 0; passed < minutes; passed++) {
      world.now += MINUTE
      look()
    }
  }
}

test('the history is what somebody who looked every minute would have written down', () => {
  fc.assert(
    fc.property(deeds, (plan) => {
      const world = twoCouncils()
      const seen = new Map<string, Level>()
      const written = new Map<Millis, string[]>()
      const watch = () => {
        for (const { slug, services } of worldFacts(world.models, LIVE, world.now).organisations)
          for (const { slug: service, level } of services) {
            const id = `${slug}/${service}`
            const before = seen.get(id) ?? 'normal'
            seen.set(id, level)
            if (before !== level) written.set(world.now, [...(written.get(world.now) ?? []), `${id} ${before}`])
          }
      }
      watch()
      play(world, plan, watch)
      const told = new Map<Millis, string[]>()
      for (const { slug, changes } of worldFacts(world.models, LIVE, world.now).organisations)
        for (const { at, services } of changes)
          told.set(at, [...(told.get(at) ?? []), ...services.map((one) => `${slug}/${one.slug} ${one.from}`)])
      // Two records of one moment are one change, and what was undone within it was none.
      for (const [at, lines] of told) {
        const services = new Set(lines.map((line) => line.split(' ')[0]))
        assert.equal(services.size, lines.length, 'a service changes once in a moment')
        for (const one of services)
          assert.ok(
            written.get(at)?.some((line) => line.startsWith(`${one} `)),
            `${one} ${at}`,
          )
      }
      for (const [at, lines] of written)
        for (const [service, count] of counted(lines))
          if (count === 1)
            assert.ok(
              told.get(at)?.some((line) => line.startsWith(`${service} `)),
              `${service} at ${instant(at)}`,
            )
    }),
  )
})

test('the history is the same for whoever looks often, seldom or once', () => {
  fc.assert(
    fc.property(deeds, (plan) => {
      const histories = [true, false].map((often) => {
        const world = twoCouncils()
        play(world, plan, () => often && void worldFacts(world.models, LIVE, world.now))
        return worldFacts(world.models, LIVE, world.now).organisations.map(({ changes }) => changes)
      })
      assert.deepEqual(histories[0], histories[1])
    }),
  )
})

test('a long history is cut at the same place for everybody, and what is left is the end of the whole', () => {
  fc.assert(
    fc.property(deeds, fc.integer({ min: 1, max: 5 }), (plan, window) => {
      const [often, once, whole] = [window, window, 1000].map((most, position) => {
        const world = twoCouncils()
        const look = () => statusHistory(world.models, LIVE, world.now, most)
        play(world, plan, () => position === 0 && void look())
        return look()
      })
      assert.deepEqual(often, once)
      for (const [organisation, changes] of once!)
        assert.deepEqual(changes, whole!.get(organisation)!.slice(-changes.length || Number.POSITIVE_INFINITY))
    }),
  )
})

function counted(lines: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const line of lines) {
    const service = line.split(' ')[0]!
    counts.set(service, (counts.get(service) ?? 0) + 1)
  }
  return counts
}
