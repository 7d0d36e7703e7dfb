/** What an organisation's services stand on. Node ids are qualified everywhere in the core: `westminster/pay-council-tax`. */
export type NodeId = string

export const COMPONENT_KINDS = [
  'network',
  'site',
  'identity',
  'platform',
  'application',
  'data',
  'telephony',
  'channel',
  'supplier',
  'team',
] as const
export type ComponentKind = (typeof COMPONENT_KINDS)[number]

/** `requires`: lost without it. `uses`: degraded without it. */
export type Strength = 'requires' | 'uses'

/** A need on `anyOf`, of which `atLeast` must hold; one target is 1 of 1. Its loss bites `buffer` later (ISO 8601 duration). */
export interface Need {
  readonly anyOf: readonly NodeId[]
  readonly atLeast: number
  readonly strength: Strength
  /** ISO 8601 duration; absent means at once. */
  readonly buffer?: string
}

export interface Component {
  readonly id: NodeId
  readonly name: string
  readonly kind: ComponentKind
  readonly owner?: string
  readonly needs: readonly Need[]
  /** Taken from a template and not yet confirmed by anybody. */
  readonly assumed?: boolean
}

export interface Service {
  readonly id: NodeId
  readonly name: string
  /** Local Government Service List number. */
  readonly lgsl?: number
  readonly owner?: string
  readonly statutory: boolean
  /** ISO 8601 durations. */
  readonly rto?: string
  readonly mtpd?: string
  readonly needs: readonly Need[]
  readonly assumed?: boolean
}

export interface Estate {
  readonly organisation: string
  readonly components: readonly Component[]
  readonly services: readonly Service[]
}
