import type { Condition, NodeId } from '#contexts/estate'
import type { EventDeclaration, EventsOf, Instant } from '#kernel'

/** JESIP's first report of a major incident. For a cyber incident: location is the estate hit, access the safe channels, casualties the people at risk. */
export interface Methane {
  readonly major: boolean
  readonly location?: string
  readonly type?: string
  readonly hazards?: string
  readonly access?: string
  readonly casualties?: string
  readonly emergencyServices?: string
}

export const COMMAND_ROLES = ['strategic', 'tactical', 'operational', 'cell-lead'] as const
export type CommandRole = (typeof COMMAND_ROLES)[number]

/** One way that was open when the decision was taken. */
export interface Option {
  readonly title: string
  readonly consequence?: string
  readonly chosen?: boolean
}

/** When it is expected back: three-point estimate. */
export interface ExpectedRestoration {
  readonly optimistic: Instant
  readonly likely: Instant
  readonly pessimistic: Instant
}

/** What was foreseen when the isolation was decided: part of the evidence that it was decided with open eyes. */
export interface Foreseen {
  readonly stopped: readonly { readonly id: NodeId; readonly at: Instant }[]
  readonly degraded: readonly { readonly id: NodeId; readonly at: Instant }[]
}

type Sealed<T> = T | undefined

interface Shapes {
  'incident.declared': { incident: string; title: Sealed<string>; summary: Sealed<string>; methane?: Sealed<Methane> }
  'incident.methane-updated': { incident: string; methane: Sealed<Methane> }
  'incident.role-taken': { incident: string; role: CommandRole; cell: string | null; holder: Sealed<string> }
  'incident.role-handed-over': {
    incident: string
    role: CommandRole
    cell: string | null
    from: Sealed<string>
    to: Sealed<string>
  }
  'incident.condition-recorded': {
    incident: string | null
    component: NodeId
    condition: Condition
    since: Instant
    reason: Sealed<string>
  }
  'incident.components-isolated': {
    incident: string
    components: readonly NodeId[]
    precautionary: boolean
    since: Instant
    expectedRestoration: ExpectedRestoration | null
    foreseen: Foreseen
    rationale: Sealed<string>
    options?: Sealed<readonly Option[]>
    authority?: Sealed<string>
  }
  'incident.components-restored': {
    incident: string
    components: readonly NodeId[]
    at: Instant
    evidence: Sealed<string>
  }
  'incident.decision-recorded': {
    incident: string
    decision: number
    title: Sealed<string>
    chosen: Sealed<string>
    rationale: Sealed<string>
    options?: Sealed<readonly Option[]>
    authority?: Sealed<string>
  }
  'incident.assumption-recorded': {
    incident: string
    assumption: number
    text: Sealed<string>
    reviewAt: Instant
  }
  'incident.assumption-reviewed': {
    incident: string
    assumption: number
    holds: boolean
    reviewAt: Instant | null
    note: Sealed<string>
  }
  'incident.sitrep-issued': {
    incident: string
    sitrep: number
    counts: { stopped: number; degraded: number; normal: number }
    nextUpdateAt: Instant | null
    known: Sealed<string>
    notKnown: Sealed<string>
    doing: Sealed<string>
    advice?: Sealed<string>
  }
  'incident.stood-down': { incident: string; stillIsolated: readonly NodeId[]; reason: Sealed<string> }
}

export type IncidentEvent = EventsOf<Shapes>
type Type = IncidentEvent['type']

/** Every field that holds words typed by people is sealed: nobody can promise that they hold no name. */
const SEALED: { readonly [T in Type]: readonly (keyof Shapes[T] & string)[] } = {
  'incident.declared': ['title', 'summary', 'methane'],
  'incident.methane-updated': ['methane'],
  'incident.role-taken': ['holder'],
  'incident.role-handed-over': ['from', 'to'],
  'incident.condition-recorded': ['reason'],
  'incident.components-isolated': ['rationale', 'options', 'authority'],
  'incident.components-restored': ['evidence'],
  'incident.decision-recorded': ['title', 'chosen', 'rationale', 'options', 'authority'],
  'incident.assumption-recorded': ['text'],
  'incident.assumption-reviewed': ['note'],
  'incident.sitrep-issued': ['known', 'notKnown', 'doing', 'advice'],
  'incident.stood-down': ['reason'],
}

export const INCIDENT_EVENTS = (Object.keys(SEALED) as Type[]).map(
  (type): EventDeclaration => ({ type, v: 1, sealed: SEALED[type] }),
)
