import type { NodeId } from '#contexts/estate'
import type { Model } from '#journal'
import type { Instant } from '#kernel'
import type { Audience, RouteKind, RoutePurpose, StatementsEvent } from '../core/events.ts'
import type { StatementsEntry } from './entry.ts'

/** A way to reach the organisation, with the age of what is said of it. What was erased is null. */
export interface ContactRoute {
  readonly route: string
  readonly kind: RouteKind
  readonly purpose: RoutePurpose
  readonly audiences: readonly Audience[]
  /** Empty: for everything. */
  readonly services: readonly NodeId[]
  readonly name: string | null
  readonly address: string | null
  readonly hours: string | null
  readonly works: boolean
  readonly checkedAt: Instant
  /** ISO 8601 duration. */
  readonly waitingTime: string | null
  readonly note: string | null
  /** The entry that set it. */
  readonly entry: number
}

type Heard = Extract<StatementsEvent['type'], `statements.route-${string}`>
const TYPES: readonly Heard[] = ['statements.route-set', 'statements.route-checked', 'statements.route-removed']

/** How can the organisation be reached now, in the order in which the routes were first set? */
export const contactRoutes: Model<Map<string, ContactRoute>> = {
  name: 'statements.contact-routes',
  types: TYPES,
  initial: () => new Map(),
  apply(routes, heard) {
    const entry = heard as StatementsEntry
    if (entry.type === 'statements.route-set') {
      const { name = null, address = null, hours = null, note = null, ...data } = entry.data
      routes.set(data.route, { ...data, name, address, hours, note, entry: entry.number })
    } else if (entry.type === 'statements.route-checked') {
      const { route, works, checkedAt, waitingTime, note = null } = entry.data
      const before = routes.get(route)
      if (before) routes.set(route, { ...before, works, checkedAt, waitingTime, note })
    } else if (entry.type === 'statements.route-removed') routes.delete(entry.data.route)
  },
}
