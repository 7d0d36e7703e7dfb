import type { Millis } from '#kernel'
import { sayDate, startOfNextDay } from '#platform/words'
import { inFives, type Likelihood, likelihood } from './likelihood.ts'
import { chanceBefore, type Estimate } from './pert.ts'
import { capital, type Words } from './sentence.ts'

/** Before the start of `day`, London time, it is back with this chance. */
export interface Outlook {
  readonly day: Millis
  readonly percent: number
  readonly word: Likelihood
}

const FURTHEST = 400
const STILL_UNLIKELY = 35
const WORTH_SAYING = 25

/**
 * The day that is worth naming. First choice: the last day before which a return is still unlikely, as that is what
 * people must plan for. Where the chance jumps over that band from one day to the next: the first day before which a
 * return is likely. Null when the estimate has run out.
 */
export function outlook(estimate: Estimate, now: Millis): Outlook | null {
  if (estimate.pessimistic <= now) return null
  let unlikely: Outlook | null = null
  let day = startOfNextDay(now)
  for (let days = 0; days < FURTHEST; days++) {
    const percent = inFives(chanceBefore(estimate, day, now))
    const found = { day, percent, word: likelihood(percent) }
    if (percent <= STILL_UNLIKELY) unlikely = found
    else if (unlikely && unlikely.percent >= WORTH_SAYING) return unlikely
    else if (percent > 50) return found
    day = startOfNextDay(day)
  }
  return unlikely
}

/** "The systems are unlikely to be available before the end of this week (before Saturday 29 November 2025, a chance of about 35%)." */
export function sayOutlook({ day, percent, word }: Outlook, what: string, now: Millis, words: Words): string {
  const { say, t, date } = words
  const named = say('outlook.day', { date: date(day) })
  const told = (when: string) => capital(say(`outlook.${word}`, { what, when }))
  return endsTheWeek(day, now)
    ? say('outlook.chanceAndDay', { outlook: told(t('outlook.week')), when: named, percent })
    : say('outlook.chance', { outlook: told(named), percent })
}

const DAY = 86_400_000

/** The Saturday at the end of the working week that `now` lies in. */
function endsTheWeek(day: Millis, now: Millis): boolean {
  return sayDate(day).startsWith('Saturday') && day > now && day - now <= 5 * DAY
}
