/** Milliseconds since 1970-01-01T00:00Z: what is calculated with. */
export type Millis = number
/** RFC 3339, always UTC with milliseconds: what is written down. */
export type Instant = string

/** Never comes: later than every time. */
export const NEVER = Number.POSITIVE_INFINITY

/** The first and the last instant of the years 0000 to 9999, beyond which RFC 3339 cannot write. */
const EARLIEST: Millis = -62_167_219_200_000
const LATEST: Millis = 253_402_300_799_999

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d)(?::(\d\d)(\.\d{1,9})?)?([Zz]|[+-]\d\d:\d\d)$/
const DURATION = /^P(?:(\d+)W|(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?)$/

/** RFC 3339 with an offset to milliseconds; null where the text is not one (no offset, 30 February, hour 25). */
export function parseInstant(text: string): Millis | null {
  const parts = RFC3339.exec(text)
  if (!parts) return null
  const [, year, month, day, hour, minute, second = '00', fraction = '', offset = 'Z'] = parts
  const zone = offset.toUpperCase()
  const millis = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${fraction.slice(0, 4)}${zone}`)
  if (Number.isNaN(millis)) return null
  const sign = zone[0] === '-' ? -1 : 1
  const shift = zone === 'Z' ? 0 : sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6))) * 60_000
  // Date.parse rolls 30 February over into March: the day must survive the round trip.
  if (new Date(millis + shift).getUTCDate() !== Number(day)) return null
  // The offset can lead out of the years that RFC 3339 can write: such a time could not be read back.
  return isWritable(millis) ? millis : null
}

/** Whether RFC 3339 has a form for it. */
export function isWritable(millis: Millis): boolean {
  return millis >= EARLIEST && millis <= LATEST
}

export function instant(millis: Millis): Instant {
  return new Date(millis).toISOString()
}

/** A time that never comes is null in JSON, and so is one after the year 9999. */
export function instantOrNull(millis: Millis): Instant | null {
  return isWritable(millis) ? instant(millis) : null
}

/** ISO 8601 duration to milliseconds; null where it is not one. Years and months have no fixed length and are refused. */
export function parseDuration(text: string): Millis | null {
  const parts = DURATION.exec(text)
  if (!parts || text === 'P' || text.endsWith('T')) return null
  const [, weeks, days, hours, minutes, seconds] = parts
  const of = (value: string | undefined, unit: number) => (value === undefined ? 0 : Number(value) * unit)
  const millis =
    of(weeks, 604_800_000) + of(days, 86_400_000) + of(hours, 3_600_000) + of(minutes, 60_000) + of(seconds, 1000)
  return Number.isSafeInteger(Math.round(millis)) ? Math.round(millis) : null
}

/** Milliseconds to the shortest ISO 8601 duration in days, hours, minutes and seconds. */
export function formatDuration(millis: Millis): string {
  if (millis === 0) return 'PT0S'
  const days = Math.floor(millis / 86_400_000)
  const hours = Math.floor((millis % 86_400_000) / 3_600_000)
  const minutes = Math.floor((millis % 3_600_000) / 60_000)
  const seconds = (millis % 60_000) / 1000
  const time = `${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${seconds ? `${seconds}S` : ''}`
  return `P${days ? `${days}D` : ''}${time ? `T${time}` : ''}`
}
