import { groupsOf } from '#platform/log'

const MINUTE = 60_000
const MOST_KEYS = 50_000

export interface RateLimit {
  /** Takes one for `key`: 0 where it may pass, else the milliseconds until it may. */
  take(key: string, now: number): number
}

/**
 * A bucket of `perMinute` for each key that refills evenly (GCRA, as in ITU-T I.371): for each key only the time is kept
 * at which its bucket will be full again.
 */
export function createRateLimit(perMinute: number): RateLimit {
  const fullAt = new Map<string, number>()
  const interval = MINUTE / perMinute
  return {
    take(key, now) {
      if (fullAt.size >= MOST_KEYS) forgetFull(fullAt, now)
      const full = Math.max(fullAt.get(key) ?? 0, now)
      const wait = full + interval - MINUTE - now
      // Rounding in the sum of intervals must not cost anybody their last request.
      if (wait > 1e-3) return wait
      fullAt.set(key, full + interval)
      return 0
    },
  }
}

function forgetFull(fullAt: Map<string, number>, now: number): void {
  for (const [key, at] of fullAt) if (at <= now) fullAt.delete(key)
  // Too many callers at once to tell apart: everybody starts afresh rather than memory running out.
  if (fullAt.size >= MOST_KEYS) fullAt.clear()
}

/** One caller: an IPv4 address, or the /64 that an IPv6 network hands to one customer. */
export function addressKey(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
  return plain.includes(':') ? groupsOf(plain).slice(0, 4).join(':') : plain
}
