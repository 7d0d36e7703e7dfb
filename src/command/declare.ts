import type { Static, TSchema } from 'typebox'
import type { Models } from '#journal'
import type { Actor, Decider, Decision, Entry, Event, JsonObject, Millis, Refusal, Role } from '#kernel'

/** What a command or query may look at: its organisation's time, and everything that the models keep. */
export interface Context {
  readonly organisation: string
  readonly now: Millis
  readonly models: Models
}

/** What a query may read beside the models. */
export interface ReadContext extends Context {
  /** Entries of the organisation's journal numbered above `after`, in order. */
  readonly readJournal: (after: number, limit: number) => Promise<Entry[]>
}

/** What `decide` is given beside the state: everything is a value by now. */
export interface Given<Input, Facts> extends Context {
  readonly input: Input
  readonly facts: Facts
  readonly actor: Actor
  /** A fresh UUIDv7 for whatever the command brings into being. */
  readonly id: string
}

/** Events with what else the caller is to be told. */
export interface Answered<E extends Event> {
  readonly events: readonly E[]
  readonly answer: JsonObject
}

/**
 * A command as every transport serves it: page, API, OpenAPI text, command line and exercise read this one declaration.
 * Its `decide` is pure and synchronous; what must be looked up arrives as `facts`.
 */
export interface Command {
  /** `room.verb`, as in `incident.isolate`. */
  readonly name: string
  readonly summary: string
  readonly description?: string
  readonly input: TSchema
  readonly roles: readonly Role[]
  /** What the answer holds beside `entries`. */
  readonly answers?: TSchema
  /** May be given to an organisation that has no journal yet. */
  readonly founds?: boolean
  readonly stream: (input: never, id: string) => string
  readonly decider: Decider<never, never>
  readonly facts?: (input: never, context: Context) => unknown
  readonly decide: (state: never, given: never) => Decision | Answered<Event>
}

interface CommandOf<Input extends TSchema, State, E extends Event, Facts> {
  readonly name: string
  readonly summary: string
  readonly description?: string
  readonly input: Input
  readonly roles: readonly Role[]
  readonly answers?: TSchema
  readonly founds?: boolean
  readonly stream: (input: Static<Input>, id: string) => string
  readonly decider: Decider<State, E>
  /** May be asynchronous and may refuse; runs before the stream is read, and again after a conflict. */
  readonly facts?: (input: Static<Input>, context: Context) => Facts | Refusal | Promise<Facts | Refusal>
  readonly decide: (state: State, given: Given<Static<Input>, Facts>) => Decision<E> | Answered<E>
}

export function command<Input extends TSchema, State, E extends Event, Facts = undefined>(
  declared: CommandOf<Input, State, E, Facts>,
): Command {
  return declared as unknown as Command
}

/** A read of an organisation: `GET /api/v1/{organisation}/{name}`, or POST where the question needs a body. Changes nothing. */
export interface Query {
  readonly name: string
  readonly summary: string
  readonly description?: string
  readonly method: 'GET' | 'POST'
  readonly input: TSchema
  readonly roles: readonly Role[]
  readonly answers?: TSchema
  readonly read: (input: never, context: ReadContext) => unknown
}

interface QueryOf<Input extends TSchema> {
  readonly name: string
  readonly summary: string
  readonly description?: string
  readonly method?: 'GET' | 'POST'
  readonly input: Input
  readonly roles: readonly Role[]
  readonly answers?: TSchema
  readonly read: (input: Static<Input>, context: ReadContext) => object | Refusal | Promise<object | Refusal>
}

export function query<Input extends TSchema>(declared: QueryOf<Input>): Query {
  return { method: 'GET', ...declared } as unknown as Query
}
