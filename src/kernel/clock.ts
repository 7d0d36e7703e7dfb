import type { Millis } from './time.ts'

export interface Clock {
  now(): Millis
}

export const systemClock: Clock = { now: () => Date.now() }

/** Whoever asks for the time asks the organisation's clock: an exercise lives by its scenario's. */
export interface Clocks {
  of(organisation: string): Clock
}
