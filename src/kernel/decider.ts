import type { Event } from './event.ts'
import type { Refusal } from './refusal.ts'

/** Events, or a refusal as a value. An empty list means "already so". */
export type Decision<E extends Event = Event> = readonly E[] | Refusal

/**
 * `evolve` never throws: a recorded fact cannot be refused. The state belongs to one fold, which may change it in place;
 * `decide` must not.
 */
export interface Decider<State, E extends Event = Event> {
  readonly initial: () => State
  readonly evolve: (state: State, event: E) => State
}
