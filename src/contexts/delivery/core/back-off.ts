import type { Millis } from '#kernel'

const FIRST: Millis = 30_000
const LONGEST: Millis = 3_600_000
/** Nobody is believed who asks us to come back later than that. */
const MOST_ASKED: Millis = 86_400_000

/**
 * How long to wait after the given number of attempts: anything up to twice as long each time ("full jitter"), so that
 * 10,000 who failed together do not come back together. Never sooner than the receiver asked.
 */
export function backOff(attempts: number, chance: number, asked: Millis | null = null): Millis {
  const ceiling = Math.min(LONGEST, FIRST * 2 ** Math.max(0, attempts - 1))
  return Math.max(Math.floor(chance * ceiling), Math.min(asked ?? 0, MOST_ASKED))
}
