import { type Instant, instant, type Millis, parseInstant, type Refusal } from '#kernel'
import { refuse } from './refusals.ts'

/** RFC 3339 in any offset to UTC, so that the journal holds one form. */
export function utc(time: Instant): Instant {
  return instant(parseInstant(time)!)
}

export function notYet(time: Instant | undefined, now: Millis, pointer: string): Refusal | null {
  if (time === undefined || parseInstant(time)! <= now) return null
  const detail = `is later than now (${instant(now)})`
  return refuse('time-in-the-future', `${pointer} ${detail}. Check the date, the time and the offset.`, [
    { pointer, detail },
  ])
}

export function over(time: Instant | undefined, now: Millis, pointer: string): Refusal | null {
  if (time === undefined || parseInstant(time)! > now) return null
  const detail = `is not after now (${instant(now)})`
  return refuse('time-in-the-past', `${pointer} ${detail}. Give a later time.`, [{ pointer, detail }])
}
