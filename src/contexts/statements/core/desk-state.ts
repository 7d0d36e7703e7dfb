import type { Level, NodeId } from '#contexts/estate'
import type { Decider, Instant } from '#kernel'
import type { StatementsEvent } from './events.ts'

/** What deciding needs to know of routes, standing lines, overrides and enquiries. */
export interface DeskState {
  readonly routes: ReadonlySet<string>
  readonly lines: ReadonlySet<string>
  readonly overrides: ReadonlyMap<NodeId, { readonly level: Level; readonly until: Instant | null }>
  /** Enquiries by whether they have been answered. */
  readonly enquiries: ReadonlyMap<string, boolean>
}

const initial: DeskState = { routes: new Set(), lines: new Set(), overrides: new Map(), enquiries: new Map() }

export const deskDecider: Decider<DeskState, StatementsEvent> = {
  initial: () => initial,
  evolve(state, event) {
    switch (event.type) {
      case 'statements.route-set':
        return { ...state, routes: new Set(state.routes).add(event.data.route) }
      case 'statements.route-removed':
        return { ...state, routes: without(state.routes, event.data.route) }
      case 'statements.line-set':
        return { ...state, lines: new Set(state.lines).add(event.data.line) }
      case 'statements.line-removed':
        return { ...state, lines: without(state.lines, event.data.line) }
      case 'statements.status-overridden': {
        const { service, level, until } = event.data
        return { ...state, overrides: new Map(state.overrides).set(service, { level, until }) }
      }
      case 'statements.override-lifted': {
        const overrides = new Map(state.overrides)
        overrides.delete(event.data.service)
        return { ...state, overrides }
      }
      case 'statements.enquiry-received':
        return { ...state, enquiries: new Map(state.enquiries).set(event.data.enquiry, false) }
      case 'statements.enquiry-answered':
        return { ...state, enquiries: new Map(state.enquiries).set(event.data.enquiry, true) }
      default:
        return state
    }
  },
}

function without(all: ReadonlySet<string>, one: string): ReadonlySet<string> {
  const left = new Set(all)
  left.delete(one)
  return left
}
