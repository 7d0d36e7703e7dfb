import type { Level } from '#contexts/estate'
import type { Cause, Counts } from '#contexts/incident'
import type { Instant, Millis } from '#kernel'

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

export function countsOf(services: readonly ServiceFacts[]): Counts {
  const of = (level: Level) => services.filter((service) => service.level === level).length
  return { stopped: of('stopped'), limited: of('degraded'), usual: of('normal'), total: services.length }
}
