import type { Millis } from '#kernel'

/** A token bucket as it was left: `tokens` at the time `filledAt`. */
export interface Bucket {
  readonly tokens: number
  readonly filledAt: Millis
}

export interface Rate {
  readonly perSecond: number
  /** What may leave at once after a rest. */
  readonly burst: number
}

/** As it stands at `now`; a clock that has gone back fills nothing. */
export function filled({ tokens, filledAt }: Bucket, { perSecond, burst }: Rate, now: Millis): Bucket {
  const passed = Math.max(0, now - filledAt)
  return { tokens: Math.min(burst, tokens + (passed * perSecond) / 1000), filledAt: Math.max(now, filledAt) }
}

/** Milliseconds until a whole token is there. */
export function nextToken({ tokens }: Bucket, { perSecond }: Rate): Millis {
  return tokens >= 1 ? 0 : Math.ceil(((1 - tokens) * 1000) / perSecond)
}
