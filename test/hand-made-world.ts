import type { Estate } from '#contexts/estate'
import { createModels, type LiveModels } from '#journal'
import { type Clocks, type Entry, type Event, instant, type Millis, uuidv7 } from '#kernel'
import { estate as estateRoom } from '../src/contexts/estate/room.ts'
import { incident as incidentRoom } from '../src/contexts/incident/room.ts'
import { publicSite } from '../src/contexts/public-site/room.ts'
import { statements as statementsRoom } from '../src/contexts/statements/room.ts'

/** Models fed with entries made by hand, under a clock that the test moves: no database, and the house's own code. */
export interface HandMadeWorld {
  readonly models: LiveModels
  readonly clocks: Clocks
  now: Millis
  record(organisation: string, event: Event): number
  found(slug: string, name: string, estate: Omit<Estate, 'organisation'>): void
  declare(organisation: string): string
  isolate(organisation: string, incident: string, components: readonly string[], more?: Record<string, unknown>): void
  restore(organisation: string, incident: string, components: readonly string[]): void
}

export function handMadeWorld(now: Millis, world = 'live'): HandMadeWorld {
  const rooms = [estateRoom, incidentRoom, statementsRoom, publicSite]
  const models = createModels(
    rooms.flatMap((room) => room.models),
    (model, error) => {
      throw new Error(`model ${model}`, { cause: error })
    },
  )
  const numbers = new Map<string, number>()
  const made: HandMadeWorld = {
    models,
    clocks: { of: () => ({ now: () => made.now }) },
    now,
    record(organisation, event) {
      const number = (numbers.get(organisation) ?? 0) + 1
      numbers.set(organisation, number)
      const recordedAt = instant(made.now)
      const entry: Entry = {
        organisation,
        number,
        stream: 'hand-made',
        version: number,
        type: event.type,
        v: event.v,
        data: event.data,
        occurredAt: event.occurredAt ?? recordedAt,
        reportedAt: null,
        recordedAt,
        actor: { kind: 'operator' },
        command: null,
        erased: [],
      }
      models.apply([entry])
      return number
    },
    found(slug, name, estate) {
      const add = (type: string, data: unknown) => made.record(slug, { type, v: 1, data })
      add('estate.organisation-added', { slug, name, kind: 'council', world })
      for (const component of estate.components) add('estate.component-defined', { component })
      for (const service of estate.services) add('estate.service-defined', { service })
    },
    declare(organisation) {
      const incident = uuidv7(made.now)
      made.record(organisation, {
        type: 'incident.declared',
        v: 1,
        data: { incident, title: 'Secret title', summary: 'Secret summary' },
      })
      return incident
    },
    isolate(organisation, incident, components, more = {}) {
      const hit = components.map((id) => ({ id, at: instant(made.now) }))
      const data = {
        incident,
        components,
        precautionary: true,
        since: instant(made.now),
        expectedRestoration: null,
        foreseen: { stopped: hit, degraded: [] },
        rationale: 'Secret rationale',
        options: [{ title: 'Secret option' }],
        authority: 'Secret authority',
        ...more,
      }
      made.record(organisation, { type: 'incident.components-isolated', v: 1, data })
    },
    restore(organisation, incident, components) {
      const data = { incident, components, at: instant(made.now), evidence: 'Secret evidence' }
      made.record(organisation, { type: 'incident.components-restored', v: 1, data })
    },
  }
  return made
}

/** An invented estate: every service needs one network, every third one also a system that only degrades it. */
export function inventedEstate(slug: string, services: number): Omit<Estate, 'organisation'> {
  const requires = (id: string) => ({ anyOf: [`${slug}/${id}`], atLeast: 1, strength: 'requires' as const })
  return {
    components: [
      { id: `${slug}/corporate-network`, name: 'Corporate network', kind: 'network', needs: [] },
      { id: `${slug}/documents`, name: 'Document store', kind: 'platform', needs: [] },
    ],
    services: Array.from({ length: services }, (_, i) => ({
      id: `${slug}/service-${i}`,
      name: `Invented service number ${i}`,
      statutory: false,
      needs:
        i % 3 === 0
          ? []
          : i % 3 === 1
            ? [requires('corporate-network')]
            : [{ ...requires('documents'), strength: 'uses' as const }],
    })),
  }
}
