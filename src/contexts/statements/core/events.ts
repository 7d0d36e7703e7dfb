import type { Level, NodeId } from '#contexts/estate'
import type { EventDeclaration, EventsOf, Instant } from '#kernel'

export const AUDIENCES = ['residents', 'staff', 'partners', 'members', 'press'] as const
export type Audience = (typeof AUDIENCES)[number]

/** What one audience is told, in the frame of the LGA's Cyber Incident Grab Bag. Paragraphs are lines; an empty part says nothing. */
export interface Wording {
  readonly headline: string
  readonly known: string
  readonly notKnown: string
  readonly doing: string
  /** What you should do. */
  readonly advice: string
  /** When and where you hear more. */
  readonly next: string
}

export const ROUTE_KINDS = ['phone', 'text', 'email', 'web', 'in-person', 'post'] as const
export type RouteKind = (typeof ROUTE_KINDS)[number]

/** emergency: danger now, beside 999. out-of-hours: such as the Emergency Duty Team. general: everything else. */
export const ROUTE_PURPOSES = ['emergency', 'out-of-hours', 'general'] as const
export type RoutePurpose = (typeof ROUTE_PURPOSES)[number]

/** Where a person says in a statement's parts what no record says: standing lines. */
export const LINE_PARTS = ['known', 'notKnown', 'doing', 'advice', 'next'] as const
export type LinePart = (typeof LINE_PARTS)[number]

/** A fact that a draft was made from, linked and not pasted: compared with live state until somebody publishes. */
export interface FactRef {
  /** Such as `service westminster/report-it`, `route contact-centre`, `line invocation`, `expected <isolation entry>`, `next-update`. */
  readonly fact: string
  /** What it said when the draft was made, in short and without words that people typed: equal digests, the same fact. */
  readonly digest: string
  /** The level, where the fact is a service's. */
  readonly level?: Level
  /** Whose wordings stand on it; absent: everybody's. */
  readonly audiences?: readonly Audience[]
}

type Sealed<T> = T | undefined

interface Shapes {
  'statements.drafted': {
    /** 1, 2, ... within the organisation: its public address. */
    statement: number
    incident: string | null
    /** Whose wordings were drafted; absent: everybody's. */
    audiences?: readonly Audience[]
    facts: readonly FactRef[]
    nextUpdateAt: Instant | null
    wordings: Sealed<Partial<Record<Audience, Wording>>>
  }
  'statements.reworded': { statement: number; audience: Audience; wording: Sealed<Wording> }
  /** The next version of what is published already; it is published like a draft. */
  'statements.correction-drafted': {
    statement: number
    audience: Audience
    facts: readonly FactRef[]
    nextUpdateAt: Instant | null
    wording: Sealed<Wording>
    whatChanged: Sealed<string>
  }
  /** Says everything that readers see, so that what was published is read from this entry alone. */
  'statements.published': {
    statement: number
    audience: Audience
    /** 1, 2, ... within statement and audience. */
    version: number
    incident: string | null
    nextUpdateAt: Instant | null
    /** Services told as stopped or limited. */
    services: readonly { readonly id: NodeId; readonly level: Level }[]
    /** Published without a second person. */
    breakGlass: boolean
    wording: Sealed<Wording>
    whatChanged?: Sealed<string>
    reason?: Sealed<string>
  }
  'statements.withdrawn': { statement: number; audience: Audience; reason: Sealed<string> }
  /** A person says a service's public status, against what follows from the records. */
  'statements.status-overridden': {
    service: NodeId
    level: Level
    until: Instant | null
    reason: Sealed<string>
    told: Sealed<string>
  }
  'statements.override-lifted': { service: NodeId; reason: Sealed<string> }
  'statements.route-set': {
    route: string
    kind: RouteKind
    purpose: RoutePurpose
    audiences: readonly Audience[]
    /** The services that it is for; empty: for everything. */
    services: readonly NodeId[]
    works: boolean
    checkedAt: Instant
    /** How long people wait on it now, ISO 8601 duration. */
    waitingTime: string | null
    name: Sealed<string>
    /** The number or address itself. */
    address: Sealed<string>
    hours?: Sealed<string>
    note?: Sealed<string>
  }
  'statements.route-checked': {
    route: string
    works: boolean
    checkedAt: Instant
    waitingTime: string | null
    note?: Sealed<string>
  }
  'statements.route-removed': { route: string }
  /** What people can do while a service is stopped or limited. */
  'statements.advice-set': { service: NodeId; alternative: Sealed<string>; noNeedToContact: Sealed<string> }
  'statements.line-set': { line: string; part: LinePart; audiences: readonly Audience[]; text: Sealed<string> }
  'statements.line-removed': { line: string }
  'statements.enquiry-received': {
    enquiry: string
    outlet: Sealed<string>
    contact: Sealed<string>
    question: Sealed<string>
    deadline: Sealed<string>
  }
  'statements.enquiry-answered': { enquiry: string; answer: Sealed<string> }
}

export type StatementsEvent = EventsOf<Shapes>
type Type = StatementsEvent['type']

/** Every field that holds words typed by people is sealed: nobody can promise that they hold no name. */
const SEALED: { readonly [T in Type]: readonly (keyof Shapes[T] & string)[] } = {
  'statements.drafted': ['wordings'],
  'statements.reworded': ['wording'],
  'statements.correction-drafted': ['wording', 'whatChanged'],
  'statements.published': ['wording', 'whatChanged', 'reason'],
  'statements.withdrawn': ['reason'],
  'statements.status-overridden': ['reason', 'told'],
  'statements.override-lifted': ['reason'],
  'statements.route-set': ['name', 'address', 'hours', 'note'],
  'statements.route-checked': ['note'],
  'statements.route-removed': [],
  'statements.advice-set': ['alternative', 'noNeedToContact'],
  'statements.line-set': ['text'],
  'statements.line-removed': [],
  'statements.enquiry-received': ['outlet', 'contact', 'question', 'deadline'],
  'statements.enquiry-answered': ['answer'],
}

export const STATEMENTS_EVENTS = (Object.keys(SEALED) as Type[]).map(
  (type): EventDeclaration => ({ type, v: 1, sealed: SEALED[type] }),
)
