import type { EventDeclaration, EventsOf } from '#kernel'
import type { LanguageCode } from '#platform/words'
import type { Component, NodeId, Service } from './estate.ts'

/** Which world an organisation lives in for good: `live`, or the exercise of this name. Worlds never mix. */
export type World = string
export const LIVE: World = 'live'

export interface Organisation {
  readonly slug: string
  readonly name: string
  readonly kind: string
  /** Nine-character code of the Office for National Statistics, such as E09000033. */
  readonly gss?: string
  readonly world: World
  /** In which it speaks to the public, the main one first. */
  readonly languages: readonly LanguageCode[]
}

/** That of its statements, feeds and messages, and of the pages at its own address. */
export function mainLanguage({ languages }: Pick<Organisation, 'languages'>): LanguageCode {
  return languages[0] ?? 'en-GB'
}

interface Shapes {
  'estate.organisation-added': Omit<Organisation, 'languages'>
  /** In which it speaks to the public, the main one first. */
  'estate.languages-set': { readonly languages: readonly LanguageCode[] }
  /** Also when revised: the event holds the whole component. */
  'estate.component-defined': { readonly component: Component }
  'estate.component-retired': { readonly id: NodeId }
  'estate.service-defined': { readonly service: Service }
  'estate.service-retired': { readonly id: NodeId }
  /** Somebody who knows says that what the template assumed is so. */
  'estate.assumptions-confirmed': { readonly nodes: readonly NodeId[] }
}

export type EstateEvent = EventsOf<Shapes>

export const ESTATE_EVENTS = (
  [
    'estate.organisation-added',
    'estate.languages-set',
    'estate.component-defined',
    'estate.component-retired',
    'estate.service-defined',
    'estate.service-retired',
    'estate.assumptions-confirmed',
  ] as const satisfies readonly (keyof Shapes)[]
).map((type): EventDeclaration => ({ type, v: 1, sealed: [] }))
