import Type, { type Static } from 'typebox'
import { fields, InstantText } from '#command'
import { type Millis, parseInstant } from '#kernel'
import type { Moment } from '../projections/log.ts'

/** `at`: the moment asked about. `knownAt`: only what had been recorded by then (what could we know at the time?). */
export const MomentInput = fields({ at: Type.Optional(InstantText), knownAt: Type.Optional(InstantText) })

export function momentOf(input: Static<typeof MomentInput>, now: Millis): Moment {
  const at = input.at === undefined ? now : parseInstant(input.at)!
  return input.knownAt === undefined ? { at } : { at, knownAt: parseInstant(input.knownAt)! }
}

/** True where the live board answers: nothing but now was asked. */
export function isNow(input: Static<typeof MomentInput>): boolean {
  return input.at === undefined && input.knownAt === undefined
}
