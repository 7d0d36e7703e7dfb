import type { NodeId } from '#contexts/estate'
import type { Decider, Instant } from '#kernel'
import type { CommandRole, IncidentEvent } from './events.ts'

export interface Assumption {
  reviewAt: Instant | null
  holds: boolean
}

/** What deciding needs to know of one incident. */
export interface IncidentState {
  readonly status: 'none' | 'open' | 'stood-down'
  readonly declaredAt: Instant | null
  /** Holder by `role` or `cell-lead cell`; undefined where the name was erased. */
  readonly roles: ReadonlyMap<string, string | undefined>
  readonly isolated: ReadonlySet<NodeId>
  readonly decisions: number
  readonly assumptions: readonly Assumption[]
  readonly sitreps: number
}

export function roleKey(role: CommandRole, cell: string | null): string {
  return cell === null ? role : `${role} ${cell}`
}

const initial: IncidentState = {
  status: 'none',
  declaredAt: null,
  roles: new Map(),
  isolated: new Set(),
  decisions: 0,
  assumptions: [],
  sitreps: 0,
}

export const incidentDecider: Decider<IncidentState, IncidentEvent> = {
  initial: () => initial,
  evolve(state, event) {
    switch (event.type) {
      case 'incident.declared':
        return { ...state, status: 'open', declaredAt: event.occurredAt ?? null }
      case 'incident.role-taken':
        return {
          ...state,
          roles: new Map(state.roles).set(roleKey(event.data.role, event.data.cell), event.data.holder),
        }
      case 'incident.role-handed-over':
        return { ...state, roles: new Map(state.roles).set(roleKey(event.data.role, event.data.cell), event.data.to) }
      case 'incident.condition-recorded':
        return event.data.condition === 'isolated'
          ? state
          : { ...state, isolated: without(state, [event.data.component]) }
      case 'incident.components-isolated':
        return { ...state, isolated: new Set([...state.isolated, ...event.data.components]) }
      case 'incident.components-restored':
        return { ...state, isolated: without(state, event.data.components) }
      case 'incident.decision-recorded':
        return { ...state, decisions: state.decisions + 1 }
      case 'incident.assumption-recorded':
        return { ...state, assumptions: [...state.assumptions, { reviewAt: event.data.reviewAt, holds: true }] }
      case 'incident.assumption-reviewed': {
        const { assumption, holds, reviewAt } = event.data
        return {
          ...state,
          assumptions: state.assumptions.map((one, position) =>
            position === assumption - 1 ? { holds, reviewAt } : one,
          ),
        }
      }
      case 'incident.sitrep-issued':
        return { ...state, sitreps: state.sitreps + 1 }
      case 'incident.stood-down':
        return { ...state, status: 'stood-down' }
      default:
        return state
    }
  },
}

function without({ isolated }: IncidentState, components: readonly NodeId[]): ReadonlySet<NodeId> {
  const left = new Set(isolated)
  for (const component of components) left.delete(component)
  return left
}
