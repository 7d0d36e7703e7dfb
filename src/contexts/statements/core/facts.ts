import type { ComponentKind, Level, NodeId } from '#contexts/estate'
import type { Cause } from '#contexts/incident'
import type { Instant, Millis } from '#kernel'
import type { LanguageCode } from '#platform/words'
import type { Audience, LinePart, RouteKind, RoutePurpose } from './events.ts'
import type { Estimate } from './pert.ts'

export interface OverrideFact {
  readonly level: Level
  readonly until: Instant | null
  readonly told: string | null
  readonly reason: string | null
  readonly entry: number
}

export interface AdviceFact {
  readonly alternative: string | null
  readonly noNeedToContact: string | null
  readonly entry: number
}

export interface ServiceFact {
  readonly id: NodeId
  readonly name: string
  readonly statutory: boolean
  /** How long it can be stopped before people are hurt: its maximum tolerable period of disruption; NEVER where nobody has said. */
  readonly bearable: Millis
  /** As it is told: an override wins. */
  readonly level: Level
  /** What follows from the records. */
  readonly derived: Level
  readonly since: Millis | null
  readonly cause: Cause | null
  readonly override: OverrideFact | null
  readonly advice: AdviceFact | null
  /** When it stops if nothing changes; null while it is stopped, or where it never does. */
  readonly stopsAt: Millis | null
}

export interface ComponentFact {
  readonly id: NodeId
  readonly name: string
  readonly kind: ComponentKind
  readonly level: Level
  /** How many services and components name it among their needs. */
  readonly neededBy: number
}

/** A recorded decision to disconnect, of which something is still disconnected. */
export interface IsolationFact {
  /** Its number in the journal of whose it is. */
  readonly entry: number
  readonly organisation: string
  /** Null where it is the organisation's own. */
  readonly neighbour: string | null
  /** What of it is still disconnected. */
  readonly components: readonly { readonly id: NodeId; readonly name: string; readonly kind: ComponentKind }[]
  readonly since: Millis
  readonly precautionary: boolean
  readonly expected: Estimate | null
}

export interface RouteFact {
  readonly route: string
  readonly kind: RouteKind
  readonly purpose: RoutePurpose
  readonly audiences: readonly Audience[]
  readonly services: readonly NodeId[]
  readonly name: string | null
  readonly address: string | null
  readonly hours: string | null
  readonly works: boolean
  readonly waitingTime: string | null
  readonly note: string | null
  readonly entry: number
}

export interface LineFact {
  readonly line: string
  readonly part: LinePart
  readonly audiences: readonly Audience[]
  readonly text: string | null
  readonly entry: number
}

export interface IncidentFact {
  readonly id: string
  readonly declaredAt: Millis
  readonly stoodDownAt: Millis | null
}

/** What is recorded of one organisation at one moment: all that a statement may be made from. */
export interface Facts {
  readonly organisation: { readonly slug: string; readonly name: string }
  /** In which it speaks to the public. */
  readonly language: LanguageCode
  readonly exercise: boolean
  readonly at: Millis
  readonly services: readonly ServiceFact[]
  readonly components: readonly ComponentFact[]
  readonly isolations: readonly IsolationFact[]
  readonly routes: readonly RouteFact[]
  readonly lines: readonly LineFact[]
  readonly incident: IncidentFact | null
  /** `promised`: by the statement itself; otherwise the last situation report has set it. */
  readonly nextUpdate: { readonly at: Millis; readonly promised: boolean } | null
}
