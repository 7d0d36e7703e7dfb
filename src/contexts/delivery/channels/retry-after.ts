import type { Millis } from '#kernel'

/** `Retry-After` in milliseconds (RFC 9110, 10.2.3): seconds, or a date. Null where it is neither. */
export function retryAfterOf(header: string | null | undefined, now: Millis = Date.now()): Millis | null {
  if (!header) return null
  if (/^\d{1,9}$/.test(header.trim())) return Number(header.trim()) * 1000
  const date = Date.parse(header)
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}
