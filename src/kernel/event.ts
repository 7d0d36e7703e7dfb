import type { Actor } from './actor.ts'
import type { Instant } from './time.ts'

/** A fact that a decision yields. `occurredAt` defaults to the moment of recording. */
export interface Event<Type extends string = string, Data = unknown> {
  readonly type: Type
  readonly v: number
  readonly data: Data
  readonly occurredAt?: Instant
  readonly reportedAt?: Instant
}

/** A fact in the journal, numbered from 1 within its organisation, with its three times. */
export interface Entry<E extends Event = Event> {
  readonly organisation: string
  readonly number: number
  readonly stream: string
  /** Position in its stream, from 1. */
  readonly version: number
  readonly type: E['type']
  readonly v: number
  readonly data: E['data']
  readonly occurredAt: Instant
  readonly reportedAt: Instant | null
  readonly recordedAt: Instant
  readonly actor: Actor
  readonly command: string | null
  /** Sealed fields of `data` that have been erased, and so are absent from it. */
  readonly erased: readonly string[]
}

/**
 * What the journal must know of an event type. `sealed` names top-level fields of `data` that hold words typed by
 * people or personal data: they are kept beside the journal in erasable rows, and the leaf carries a salted digest.
 */
export interface EventDeclaration {
  readonly type: string
  readonly v: number
  readonly sealed: readonly string[]
}

/** The shape of the data of each event type of a room: `{ 'incident.declared': {...}, ... }` to a union of events. */
export type EventsOf<Shapes> = { [Type in keyof Shapes & string]: Event<Type, Shapes[Type]> }[keyof Shapes & string]
