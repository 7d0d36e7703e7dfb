import type { Decider } from '#kernel'
import { LANGUAGES, type LanguageCode } from '#platform/words'
import type { Component, Estate, NodeId, Service } from './estate.ts'
import type { EstateEvent, Organisation } from './events.ts'

export interface EstateState {
  organisation: Organisation | null
  readonly components: Map<NodeId, Component>
  readonly services: Map<NodeId, Service>
  /** Grows with every change, so that whoever compiles a graph knows when to compile it again. */
  revision: number
}

export const estateDecider: Decider<EstateState, EstateEvent> = {
  initial: () => ({ organisation: null, components: new Map(), services: new Map(), revision: 0 }),
  evolve(state, event) {
    state.revision += 1
    switch (event.type) {
      case 'estate.organisation-added':
        state.organisation = { ...event.data, languages: ['en-GB'] }
        break
      case 'estate.languages-set':
        if (state.organisation) state.organisation = { ...state.organisation, languages: spoken(event.data.languages) }
        break
      case 'estate.component-defined':
        state.components.set(event.data.component.id, event.data.component)
        break
      case 'estate.component-retired':
        state.components.delete(event.data.id)
        break
      case 'estate.service-defined':
        state.services.set(event.data.service.id, event.data.service)
        break
      case 'estate.service-retired':
        state.services.delete(event.data.id)
        break
      case 'estate.assumptions-confirmed':
        for (const id of event.data.nodes) {
          confirm(state.components, id)
          confirm(state.services, id)
        }
        break
    }
    return state
  },
}

/** Languages that this version speaks: an entry may have been written by a later one. */
function spoken(languages: readonly LanguageCode[]): readonly LanguageCode[] {
  const known = languages.filter((code) => LANGUAGES.includes(code))
  return known.length > 0 ? known : ['en-GB']
}

function confirm<Node extends { assumed?: boolean }>(nodes: Map<NodeId, Node>, id: NodeId): void {
  const node = nodes.get(id)
  if (!node) return
  const { assumed: _, ...known } = node
  nodes.set(id, known as Node)
}

export function toEstate(state: EstateState): Estate | null {
  if (!state.organisation) return null
  return {
    organisation: state.organisation.slug,
    components: [...state.components.values()],
    services: [...state.services.values()],
  }
}
