import type { Actor, Entry, Event, JsonObject } from '#kernel'

/** Events for one stream, all or nothing, at the version that was read. */
export interface AppendRequest {
  readonly organisation: string
  readonly stream: string
  /** The version of the stream that the decision was taken on; 0 for a stream that must not exist yet. */
  readonly expectedVersion: number
  readonly events: readonly Event[]
  readonly actor: Actor
  /** Remembered for good: the same id again is answered with the first answer. `digest` (hex) tells a repeat from a reuse. */
  readonly command?: { readonly id: string; readonly digest: string; readonly answer: JsonObject }
}

export type AppendResult =
  | { readonly kind: 'appended'; readonly entries: readonly Entry[] }
  /** Somebody else was first: the stream stands at `version`. */
  | { readonly kind: 'conflict'; readonly version: number }
  /** This command id has been answered before, with these entry numbers and this answer. */
  | {
      readonly kind: 'repeated'
      readonly digest: string
      readonly numbers: readonly number[]
      readonly answer: JsonObject
    }
