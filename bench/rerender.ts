import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPublisher, openRegister, publicSiteSchema } from '#contexts/public-site'
import { migrate } from '#platform/database'
import { silentLog } from '#platform/log'
import { handMadeWorld, inventedEstate } from '#test/hand-made-world'
import { worldFacts } from '../src/contexts/public-site/projections/public-facts.ts'
import { encode } from '../src/contexts/public-site/publication/document.ts'
import { organisationDocuments } from '../src/contexts/public-site/publication/render.ts'
import { type Figure, quantile } from './figure.ts'
import { withDatabase } from './house.ts'

const COUNCILS = 33
const SERVICES = 50
const CHANGES = 12
const NOW = Date.parse('2025-11-25T06:30:00Z')
const SHARED = 'council-0/corporate-network'

/** 33 invented councils of 50 services, a third of which stand on one council's network: isolating that changes every page. */
function region() {
  const world = handMadeWorld(NOW)
  const needs = [{ anyOf: [SHARED], atLeast: 1, strength: 'requires' as const }]
  for (let i = 0; i < COUNCILS; i++) {
    const estate = inventedEstate(`council-${i}`, SERVICES)
    const services = estate.services.map((service, n) => (n % 3 === 1 ? { ...service, needs } : service))
    world.found(`council-${i}`, `Invented Council ${i}`, { ...estate, services })
  }
  return world
}

/** One isolation that changes all pages of 33 organisations: until all are served, and stage by stage. */
export async function benchRerender(): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'holdfast-bench-'))
  try {
    return await withDatabase(async (database) => {
      await migrate(database, [publicSiteSchema])
      const register = openRegister(database, 'bench')
      const world = region()
      const publisher = createPublisher({
        models: world.models,
        clocks: world.clocks,
        directory,
        url: 'https://status.example.org',
        region: 'London',
        log: silentLog,
        register: () => register,
      })
      publisher.changed(['council-0'])
      await publisher.flush()
      const incident = world.declare('council-0')
      const served: number[] = []
      const kept: number[] = []
      let documents = 0
      for (let i = 0; i < CHANGES; i++) {
        const before = publisher.revision()
        world.now += 60_000
        if (i % 2 === 0) world.isolate('council-0', incident, [SHARED])
        else world.restore('council-0', incident, [SHARED])
        const began = performance.now()
        publisher.changed(['council-0'])
        while (publisher.revision() === before) await new Promise(setImmediate)
        served.push(performance.now() - began)
        await publisher.flush()
        kept.push(performance.now() - began)
      }
      const stages = stagesOf(world)
      documents = stages.documents
      await publisher.close()
      return [
        {
          name: `re-render of ${COUNCILS} organisations x ${SERVICES} services after one isolation, median`,
          value: Math.round(quantile(served, 0.5)),
          unit: 'ms',
          target: '< 1000 ms',
          note: `${documents} documents; worst of ${CHANGES}: ${Math.round(Math.max(...served))} ms; ${stages.told}`,
        },
        {
          name: '... until it is complete in the folder, with brotli, median',
          value: Math.round(quantile(kept, 0.5)),
          unit: 'ms',
        },
      ]
    })
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function stagesOf(world: ReturnType<typeof handMadeWorld>) {
  const time = <T>(work: () => T): [T, number] => {
    const before = process.cpuUsage()
    const made = work()
    const { user, system } = process.cpuUsage(before)
    return [made, Math.round((user + system) / 1000)]
  }
  const [facts, looking] = time(() => worldFacts(world.models, 'live', world.now).organisations)
  const issue = { revision: 1, madeAt: world.now, confirmedUntil: world.now, url: 'https://status.example.org' }
  const [rendered, rendering] = time(() => facts.flatMap((one) => [...organisationDocuments(one, issue)]))
  const [, encoding] = time(() => rendered.map((one) => encode(one, 1, 'now')))
  return {
    documents: rendered.length,
    told: `of processor time: facts ${looking} ms, words ${rendering} ms, gzip and digests ${encoding} ms`,
  }
}
