import type { Level } from '#contexts/estate'
import type { Cause, Counts } from '#contexts/incident'
import type { Audience, ContactRoute, PublishedVersion, ServiceAdvice } from '#contexts/statements'
import type { Instant, Millis } from '#kernel'
import type { LanguageCode } from '#platform/words'

/** What is said to staff and members never leaves the console. */
export const PUBLIC_AUDIENCES = ['residents', 'partners', 'press'] as const satisfies readonly Audience[]
export type PublicAudience = (typeof PUBLIC_AUDIENCES)[number]

export function isPublic(audience: Audience): audience is PublicAudience {
  return PUBLIC_AUDIENCES.some((one) => one === audience)
}

export interface ServiceFacts {
  /** The part of its id after the slash: `pay-council-tax`. */
  readonly slug: string
  readonly name: string
  readonly level: Level
  /** When that level began; null while it runs as usual. */
  readonly since: Millis | null
  readonly cause: Cause | null
  /** Somebody says this level, whatever follows from the records: then there is no cause, and these are the words for why. */
  readonly override: { readonly told: string | null } | null
  /** Local Government Service List number. */
  readonly lgsl: number | null
  /** Null where nobody has given any. */
  readonly advice: ServiceAdvice | null
  /** The ways to reach it that are its own; those for everything are the organisation's. */
  readonly routes: readonly ContactRoute[]
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

/** One version of what was said to people outside, in order of publication; a withdrawn one says so. */
export interface StatementFacts extends PublishedVersion {
  readonly audience: PublicAudience
}

/** Services whose status the public saw change at one moment. */
export interface StatusChange {
  readonly at: Millis
  readonly services: readonly {
    readonly slug: string
    readonly name: string
    readonly from: Level
    readonly to: Level
  }[]
}

/** Of words that staff typed, only what was published as a statement, a route, advice, or why a status is overridden. */
export interface OrganisationFacts {
  readonly slug: string
  readonly name: string
  /** Nine-character code of the Office for National Statistics. */
  readonly gss: string | null
  readonly exercise: boolean
  /** In which it speaks to the public, the main one first. */
  readonly languages: readonly LanguageCode[]
  /** `told`: it records here what is so. `taken`: read off what it publishes elsewhere. */
  readonly source: 'told' | 'taken'
  readonly services: readonly ServiceFacts[]
  readonly incidents: readonly IncidentFacts[]
  /** In order of publication, the newest last. */
  readonly statements: readonly StatementFacts[]
  /** For residents, partners or press, in the order in which they were set. */
  readonly routes: readonly ContactRoute[]
  /** The last of them, the newest last. */
  readonly changes: readonly StatusChange[]
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
  readonly language: LanguageCode
}

/** An issue before it is put into words. */
export type Printing = Omit<Issue, 'language'>

export function countsOf(services: readonly ServiceFacts[]): Counts {
  const of = (level: Level) => services.filter((service) => service.level === level).length
  return { stopped: of('stopped'), limited: of('degraded'), usual: of('normal'), total: services.length }
}
