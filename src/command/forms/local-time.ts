import { type Instant, instant, type Millis } from '#kernel'

const PARTS = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** `2025-11-25T06:30` as clocks in London show it: the value of a `datetime-local` field. */
export function toLocal(at: Millis): string {
  const parts = Object.fromEntries(PARTS.formatToParts(at).map(({ type, value }) => [type, value]))
  return `${parts.year!.padStart(4, '0')}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`
}

const LOCAL = /^(\d{4})-(\d\d)-(\d\d)[T ](\d{1,2}):(\d\d)(?::\d\d(?:\.\d+)?)?$/
/** What people type where the browser has no picker. */
const TYPED = /^(\d{1,2})\/(\d{1,2})\/(\d{4}),? (\d{1,2})[:.](\d\d)$/

/**
 * London time, as a field gives it (`2025-11-25T06:30`) or as people write it (`25/11/2025 6:30`), to an instant; null
 * where it is neither or there is no such day. Of the hour that comes twice in October, the second is meant.
 */
export function fromLocal(text: string): Instant | null {
  const typed = TYPED.exec(text.trim())
  const parts = typed ? [typed[3], typed[2], typed[1], typed[4], typed[5]] : LOCAL.exec(text.trim())?.slice(1)
  if (!parts) return null
  const [year, month, day, hour, minute] = parts.map(Number) as [number, number, number, number, number]
  const asIfUtc = Date.UTC(year, month - 1, day, hour, minute)
  const date = new Date(asIfUtc)
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23 || minute > 59) return null
  const winter = toLocal(asIfUtc) === date.toISOString().slice(0, 16)
  return instant(winter ? asIfUtc : asIfUtc - 3_600_000)
}
