import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NEVER } from '#kernel'
import { compile } from './compile.ts'
import { naiveTimes } from './naive-times.test.ts'
import { randomEstates, seeded } from './random-world.test.ts'
import { singlePointsOfFailure } from './single-points.ts'

const RUNS = Number(process.env.HOLDFAST_RUNS ?? 10_000) / 10

test('in random worlds the single points are those that stopping each component alone shows, ranked', () => {
  const random = seeded(3)
  for (let run = 0; run < RUNS; run++) {
    const estates = randomEstates(random)
    const graph = compile(estates)
    const organisation = run % 3 === 0 ? 'org0' : undefined
    const services = estates
      .filter((estate) => organisation === undefined || estate.organisation === organisation)
      .flatMap((estate) => estate.services.map(({ id }) => id))
    const expected = estates
      .flatMap((estate) => estate.components)
      .map(({ id }) => {
        const times = naiveTimes(estates, new Map([[id, { degradedFrom: 0, stoppedFrom: 0 }]]))
        return { component: id, services: services.filter((service) => times.get(service)!.stoppedFrom !== NEVER) }
      })
      .filter((point) => point.services.length > 0)
      .sort((a, b) => b.services.length - a.services.length || (a.component < b.component ? -1 : 1))
    const found = singlePointsOfFailure(graph, organisation === undefined ? {} : { organisation })
    assert.deepEqual(
      found.map(({ component, services: lost }) => ({
        component: graph.ids[component],
        services: lost.map((node) => graph.ids[node]),
      })),
      expected,
    )
  }
})

test('an organisation that no estate names is refused', () => {
  assert.throws(() => singlePointsOfFailure(compile([]), { organisation: 'nowhere' }), /No loaded estate/)
})
