import type { ComponentKind, Condition, Level } from '#contexts/estate'
import type { Instant, Millis } from '#kernel'

/** `ahead` of the likely time, `late` between the likely and the latest time, `passed` after both. */
type Phase = 'ahead' | 'late' | 'passed'

export interface Expectation {
  readonly earliest: Millis
  readonly likely: Millis
  readonly latest: Millis
  readonly phase: Phase
}

/** The recorded condition at the end of a service's chain. */
export interface Cause {
  /** Null where the cause is the organisation's own. */
  readonly neighbour: string | null
  readonly name: string
  readonly kind: ComponentKind
  readonly condition: Exclude<Condition, 'operational'>
  readonly precautionary: boolean
  readonly since: Millis
  readonly expected: Expectation | null
}

export interface ServiceFacts {
  /** The part of its id after the slash: `pay-council-tax`. */
  readonly slug: string
  readonly name: string
  readonly level: Level
  /** When that level began; null while it runs as usual. */
  readonly since: Millis | null
  readonly cause: Cause | null
  readonly listedAt: Instant
}

/** An incident that has touched services; of others the public hears nothing. */
export interface IncidentFacts {
  readonly id: string
  readonly state: 'investigating' | 'identified' | 'monitoring' | 'resolved'
  readonly startedAt: Instant
  readonly declaredAt: Instant
  readonly resolvedAt: Instant | null
  readonly stopsServices: boolean
}

/** What may be said in public about one organisation, as its own clock stands. Holds no words that staff typed about the incident. */
export interface OrganisationFacts {
  readonly slug: string
  readonly name: string
  readonly exercise: boolean
  readonly services: readonly ServiceFacts[]
  readonly incidents: readonly IncidentFacts[]
  readonly nextUpdate: { readonly at: Millis; readonly overdue: boolean } | null
  /** The last recorded change of its services or their state. */
  readonly changedAt: Instant
}

/** One printing: what the words, the JSON and the headers of a publication share. Times are by the organisation's clock. */
export interface Issue {
  readonly revision: number
  readonly madeAt: Millis
  readonly confirmedUntil: Millis
  /** Absolute, without a slash at its end. */
  readonly url: string
}

export interface Counts {
  readonly stopped: number
  readonly limited: number
  readonly usual: number
  readonly total: number
}

export function countsOf(services: readonly ServiceFacts[]): Counts {
  const of = (level: Level) => services.filter((service) => service.level === level).length
  return { stopped: of('stopped'), limited: of('degraded'), usual: of('normal'), total: services.length }
}
