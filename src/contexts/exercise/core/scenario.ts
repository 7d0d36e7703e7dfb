import type { Json, JsonObject, Millis, Role } from '#kernel'
import type { Check } from './matchers.ts'

/** A checked scenario: texts of `$file` are in place, `$kept` is still to be filled in. */
export interface Scenario {
  readonly file: string
  readonly exercise: string
  readonly title: string
  /** Shown wherever output of the exercise is shown; says EXERCISE. */
  readonly notice: string
  readonly starts: Millis
  /** Steps up to here are played at once; from here the clock runs on. */
  readonly now: Millis
  readonly speed: number
  readonly organisations: readonly string[]
  readonly steps: readonly Step[]
}

export type Step = CommandStep | ExpectStep

export interface CommandStep {
  readonly kind: 'command'
  /** From 1, over all steps. */
  readonly number: number
  readonly line: number
  readonly at: Millis
  readonly organisation: string
  readonly as: Role
  /** Which invented person acts, where one must differ from another. */
  readonly by?: string
  readonly command: string
  readonly input: JsonObject
  /** Names with RFC 6901 pointers into the answer. */
  readonly keep: readonly { readonly name: string; readonly pointer: string }[]
}

export interface ExpectStep {
  readonly kind: 'expect'
  readonly number: number
  readonly line: number
  readonly at: Millis
  readonly organisation: string
  readonly read: string
  readonly query: JsonObject
  readonly that: readonly Check[]
}

/** The same value with kept values in the place of `{ $kept: name }`. Names that nothing was kept under stay as they are. */
export function fillKept(value: Json, kept: ReadonlyMap<string, Json>): Json {
  if (Array.isArray(value)) return value.map((item) => fillKept(item, kept))
  if (value === null || typeof value !== 'object') return value
  const name = value.$kept
  if (typeof name === 'string') return kept.get(name) ?? value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fillKept(inner, kept)]))
}
