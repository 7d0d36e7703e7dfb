import type { NodeId } from '#contexts/estate'
import { type Decision, type Instant, instant, type Millis } from '#kernel'
import type { DeskState } from './desk-state.ts'
import type { Audience, RouteKind, RoutePurpose, StatementsEvent } from './events.ts'
import { AUDIENCES } from './events.ts'
import { refuse } from './refusals.ts'
import { notYet, utc } from './times.ts'

type Decided = Decision<StatementsEvent>
const MOST = 200

export interface SetRoute {
  readonly route: string
  readonly kind: RouteKind
  readonly purpose: RoutePurpose
  readonly audiences?: readonly Audience[]
  readonly name: string
  readonly address: string
  readonly hours?: string
  readonly note?: string
  readonly works?: boolean
  readonly checkedAt?: Instant
  readonly waitingTime?: string
}

export function setRoute(state: DeskState, input: SetRoute, services: readonly NodeId[], now: Millis): Decided {
  const future = notYet(input.checkedAt, now, '/checkedAt')
  if (future) return future
  if (state.routes.size >= MOST && !state.routes.has(input.route))
    return refuse('too-many', `There are ${MOST} ways to reach you. Remove one that is not used.`)
  const { route, kind, purpose, name, address, hours, note } = input
  return [
    {
      type: 'statements.route-set',
      v: 1,
      data: {
        route,
        kind,
        purpose,
        audiences: input.audiences ?? AUDIENCES,
        services,
        works: input.works ?? true,
        checkedAt: input.checkedAt ? utc(input.checkedAt) : instant(now),
        waitingTime: input.waitingTime ?? null,
        name,
        address,
        ...(hours ? { hours } : {}),
        ...(note ? { note } : {}),
      },
    },
  ]
}

export interface CheckRoute {
  readonly route: string
  readonly works: boolean
  readonly checkedAt?: Instant
  readonly waitingTime?: string
  readonly note?: string
}

export function checkRoute(state: DeskState, input: CheckRoute, now: Millis): Decided {
  if (!state.routes.has(input.route)) return unknownRoute(input.route)
  const future = notYet(input.checkedAt, now, '/checkedAt')
  if (future) return future
  const { route, works, waitingTime = null, note } = input
  const checkedAt = input.checkedAt ? utc(input.checkedAt) : instant(now)
  return [
    {
      type: 'statements.route-checked',
      v: 1,
      data: { route, works, checkedAt, waitingTime, ...(note ? { note } : {}) },
    },
  ]
}

/** Removed twice is removed. */
export function removeRoute(state: DeskState, { route }: { route: string }): Decided {
  return state.routes.has(route) ? [{ type: 'statements.route-removed', v: 1, data: { route } }] : []
}

function unknownRoute(route: string) {
  return refuse('unknown-route', `${route} is not among the ways to reach you. Set it first, or check its spelling.`, [
    { pointer: '/route', detail: 'is not the name of a route' },
  ])
}
