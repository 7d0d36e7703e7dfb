import type { Condition, NodeId } from '#contexts/estate'
import {
  type Instant,
  instant,
  isWritable,
  type Millis,
  NEVER,
  parseDuration,
  parseInstant,
  type Refusal,
} from '#kernel'
import { type IncidentDecision, inFuture, notOpen, utc } from './decide.ts'
import type { ExpectedRestoration, Foreseen, Option } from './events.ts'
import { refuse } from './refusals.ts'
import type { IncidentState } from './state.ts'

/** The condition that holds of each component named, and when an isolation is planned; looked up before deciding. */
export type Current = ReadonlyMap<
  NodeId,
  { readonly condition: Condition; readonly since: Millis; readonly planned: Millis | null }
>

export interface RecordCondition {
  readonly component: NodeId
  readonly condition: Condition
  readonly since?: Instant
  readonly reason: string
  readonly incident?: string
}

export function recordCondition(
  state: IncidentState,
  input: RecordCondition,
  component: NodeId,
  current: Current,
  now: Millis,
): IncidentDecision {
  const { condition, reason } = input
  const refused =
    (input.incident === undefined ? null : notOpen(state, input.incident)) ?? inFuture(input.since, now, '/since')
  if (refused) return refused
  const known = current.get(component) ?? { condition: 'operational', since: 0 }
  const since = input.since === undefined ? now : parseInstant(input.since)!
  if (known.condition === condition && (input.since === undefined || known.since === since)) return []
  return [
    {
      type: 'incident.condition-recorded',
      v: 1,
      data: { incident: input.incident ?? null, component, condition, since: instant(since), reason },
      occurredAt: instant(since),
    },
  ]
}

export interface Isolate {
  readonly incident: string
  readonly precautionary: boolean
  readonly rationale: string
  readonly options?: readonly (Option | string)[]
  readonly authority?: string
  readonly since?: Instant
  /** Each a time or a duration from `since`. */
  readonly expectedRestoration?: { readonly optimistic: string; readonly likely: string; readonly pessimistic: string }
}

export function isolate(
  state: IncidentState,
  input: Isolate,
  components: readonly NodeId[],
  current: Current,
  foreseen: Foreseen,
  now: Millis,
): IncidentDecision {
  const { incident, precautionary, rationale, authority } = input
  const refused = notOpen(state, incident)
  if (refused) return refused
  const since = input.since === undefined ? now : parseInstant(input.since)!
  const expectedRestoration = expectation(input.expectedRestoration, since)
  if (expectedRestoration && 'refused' in expectedRestoration) return expectedRestoration
  const fresh = components.filter((component) => {
    const known = current.get(component)
    if (!known) return true
    const already = known.condition === 'isolated' ? known.since : (known.planned ?? NEVER)
    // One that is planned, or was recorded to begin later, is brought forward.
    return already > since
  })
  if (fresh.length === 0) return []
  const options = input.options?.map((option) => (typeof option === 'string' ? { title: option } : option))
  return [
    {
      type: 'incident.components-isolated',
      v: 1,
      data: {
        incident,
        components: [...new Set(fresh)].sort(),
        precautionary,
        since: instant(since),
        expectedRestoration,
        foreseen,
        rationale,
        ...(options ? { options } : {}),
        ...(authority ? { authority } : {}),
      },
      // A planned isolation has been decided by now, even if it takes hold later.
      occurredAt: instant(Math.min(since, now)),
    },
  ]
}

function expectation(input: Isolate['expectedRestoration'], since: Millis): ExpectedRestoration | Refusal | null {
  if (!input) return null
  const times = [input.optimistic, input.likely, input.pessimistic].map((text) => {
    const duration = parseDuration(text)
    return duration === null ? parseInstant(text)! : since + duration
  })
  const [optimistic, likely, pessimistic] = times as [Millis, Millis, Millis]
  if (!(since <= optimistic && optimistic <= likely && likely <= pessimistic && isWritable(pessimistic)))
    return refuse('times-out-of-order', 'Give since, optimistic, likely and pessimistic in this order of time.', [
      {
        pointer: '/expectedRestoration',
        detail: 'must run from optimistic over likely to pessimistic, all after since',
      },
    ])
  return { optimistic: instant(optimistic), likely: instant(likely), pessimistic: instant(pessimistic) }
}

export interface Restore {
  readonly incident: string
  readonly evidence: string
  readonly at?: Instant
}

export function restore(
  state: IncidentState,
  input: Restore,
  components: readonly NodeId[],
  current: Current,
  now: Millis,
): IncidentDecision {
  const { incident, evidence } = input
  const refused = notOpen(state, incident) ?? inFuture(input.at, now, '/at')
  if (refused) return refused
  const down = components.filter((component) => {
    const known = current.get(component)
    return known && (known.condition !== 'operational' || known.planned !== null)
  })
  if (down.length === 0) return []
  const at = input.at === undefined ? now : parseInstant(input.at)!
  // A planned isolation that has not begun can be called off: only a loss that has begun must end after it began.
  const early = down.find((component) => {
    const { condition, since } = current.get(component)!
    return condition !== 'operational' && since > at
  })
  if (early !== undefined)
    return refuse(
      'times-out-of-order',
      `${early} went down at ${instant(current.get(early)!.since)}, after that. Check /at.`,
      [{ pointer: '/at', detail: 'is before the component went down' }],
    )
  return [
    {
      type: 'incident.components-restored',
      v: 1,
      data: { incident, components: [...new Set(down)].sort(), at: input.at ? utc(input.at) : instant(now), evidence },
      occurredAt: instant(at),
    },
  ]
}

const MOST_ERRORS = 50
const MOST_SUGGESTIONS = 10

/** Qualified ids of one's own components; a refusal naming those that are not there or not ours, the first fifty of them. */
export function ownComponents(
  organisation: string,
  named: readonly { readonly id: string; readonly pointer: string }[],
  exists: (id: NodeId) => boolean,
  nearest: (id: NodeId) => string | undefined,
): NodeId[] | Refusal {
  const errors: { pointer: string; detail: string }[] = []
  const found: NodeId[] = []
  let foreign = 0
  let unknown = 0
  for (const { id, pointer } of named) {
    const qualified = id.includes('/') ? id : `${organisation}/${id}`
    if (!qualified.startsWith(`${organisation}/`)) {
      foreign += 1
      if (errors.length < MOST_ERRORS)
        errors.push({ pointer, detail: `${id} belongs to another organisation, which records its own components` })
    } else if (!exists(qualified)) {
      unknown += 1
      if (errors.length >= MOST_ERRORS) continue
      // Looking for the nearest name is slow: thousands of unknown ones would hold up everybody else.
      const near = errors.length < MOST_SUGGESTIONS ? nearest(qualified) : undefined
      errors.push({ pointer, detail: `${id} is not a component here${near ? `; did you mean ${near}?` : ''}` })
    } else found.push(qualified)
  }
  if (errors.length === 0) return found
  const all = foreign + unknown
  const more = all > 1 ? ` (and ${all - 1} more)` : ''
  return refuse(
    unknown === 0 ? 'not-our-component' : 'unknown-component',
    `${errors[0]!.detail}${more}.`.replace('?.', '?'),
    errors,
  )
}
