import type { Models } from '#journal'
import type { NodeId } from '../core/estate.ts'
import { estates, worldOf } from './estates.ts'

/** What every organisation of the same world has: live and exercise estates never see each other. */
export function knownNodes(models: Models, organisation: string): Map<string, ReadonlySet<NodeId>> {
  const world = worldOf(models, organisation)
  const known = new Map<string, ReadonlySet<NodeId>>()
  for (const slug of models.organisations()) {
    const state = models.of(estates, slug)
    if (state.organisation?.world === world)
      known.set(slug, new Set([...state.components.keys(), ...state.services.keys()]))
  }
  return known
}
