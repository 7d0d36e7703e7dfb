import type { EstateEvent, NodeId } from '#contexts/estate'
import type { IncidentEvent } from '#contexts/incident'
import type { Audience, StatementsEvent } from '#contexts/statements'
import type { Model } from '#journal'
import type { Entry, Instant } from '#kernel'
import { isPublic } from '../core/facts.ts'

export interface Listings {
  readonly listedAt: Map<NodeId, Instant>
  changedAt: Instant | null
}

type Heard = (EstateEvent | IncidentEvent | StatementsEvent)['type']
const TYPES: readonly Heard[] = [
  'estate.organisation-added',
  'estate.service-defined',
  'estate.service-retired',
  'incident.condition-recorded',
  'incident.components-isolated',
  'incident.components-restored',
  'incident.stood-down',
  'statements.published',
  'statements.withdrawn',
  'statements.status-overridden',
  'statements.override-lifted',
  'statements.route-set',
  'statements.route-checked',
  'statements.route-removed',
  'statements.advice-set',
]

/** Since when is each service listed, and when did anything about them last change? */
export const listings: Model<Listings> = {
  name: 'public-site.listings',
  types: TYPES,
  initial: () => ({ listedAt: new Map(), changedAt: null }),
  apply(state, entry: Entry) {
    const { audience } = entry.data as { audience?: Audience }
    // That something was said to staff is not the public's to see.
    if (audience !== undefined && !isPublic(audience)) return
    state.changedAt = entry.recordedAt
    if (entry.type !== 'estate.service-defined') return
    const { id } = (entry.data as { service: { id: NodeId } }).service
    if (!state.listedAt.has(id)) state.listedAt.set(id, entry.recordedAt)
  },
}
