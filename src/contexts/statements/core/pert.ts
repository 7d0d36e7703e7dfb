import type { Millis } from '#kernel'

/** When something is expected back: the three points that people are asked for. */
export interface Estimate {
  readonly optimistic: Millis
  readonly likely: Millis
  readonly pessimistic: Millis
}

/**
 * The chance that it is back before `time`, given that it is not back at `now`.
 *
 * PERT, the beta distribution between the outer points with mean (o + 4l + p) / 6: smooth, never outside what people
 * said, and most of its weight near what they hold likely. A triangle would give a far pessimistic point, which people
 * name out of caution, about twice the weight.
 */
export function chanceBefore(estimate: Estimate, time: Millis, now: Millis): number {
  if (time <= now) return 0
  const by = pert(estimate)
  const open = 1 - by(now)
  // What should have been back long ago tells nothing any more.
  if (open <= 1e-9) return 0
  return Math.min(1, Math.max(0, (by(time) - by(now)) / open))
}

/** The cumulative distribution of the estimate. */
function pert({ optimistic, likely, pessimistic }: Estimate): (time: Millis) => number {
  const range = pessimistic - optimistic
  if (range <= 0) return (time) => (time >= pessimistic ? 1 : 0)
  const alpha = 1 + (4 * (likely - optimistic)) / range
  const beta = 1 + (4 * (pessimistic - likely)) / range
  return (time) => incompleteBeta((time - optimistic) / range, alpha, beta)
}

/** Regularised incomplete beta function for 1 <= a, b <= 5, by its continued fraction (DLMF 8.17.22). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  // The fraction converges fast below the mean only.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a)
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a
  let fraction = 1
  for (let m = 60; m >= 1; m--) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    const odd = (-(a + m - 1) * (a + b + m - 1) * x) / ((a + 2 * m - 2) * (a + 2 * m - 1))
    fraction = 1 + odd / (1 + even / fraction)
  }
  return front / fraction
}

/** Stirling's series, lifted to where it is exact to double precision. */
function logGamma(z: number): number {
  let lift = 0
  let at = z
  while (at < 12) {
    lift += Math.log(at)
    at += 1
  }
  const inverse = 1 / (at * at)
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse / 1188)))) / at
  return (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series - lift
}
