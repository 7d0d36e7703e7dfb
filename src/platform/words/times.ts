import type { Millis } from '#kernel'

const PARTS = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  hourCycle: 'h23',
})

const PARTS_OF_DATE = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
})

interface Said {
  readonly clock: string
  readonly date: string
}

/** A publication says few times, each on hundreds of pages; Intl takes as long for one as a template for ten lines. */
const said = new Map<Millis, Said>()
const MOST_KEPT = 1000

function say(at: Millis): Said {
  const minute = Math.floor(at / 60_000) * 60_000
  let known = said.get(minute)
  if (!known) {
    if (said.size >= MOST_KEPT) said.clear()
    known = sayAnew(minute)
    said.set(minute, known)
  }
  return known
}

function sayAnew(at: Millis): Said {
  const parts = Object.fromEntries(PARTS.formatToParts(at).map(({ type, value }) => [type, value]))
  const hour = Number(parts.hour)
  const minute = Number(parts.minute)
  const date = `${parts.weekday} ${parts.day} ${parts.month} ${parts.year}`
  if (minute === 0 && hour === 12) return { clock: 'midday', date }
  // "Midnight on Tuesday" can be read as either end of the day.
  if (minute === 0 && hour === 0) return { clock: '12am (the start of the day)', date }
  return {
    clock: `${hour % 12 || 12}${minute ? `:${String(minute).padStart(2, '0')}` : ''}${hour < 12 ? 'am' : 'pm'}`,
    date,
  }
}

/** "6:30am on Tuesday 25 November 2025", London time, GOV.UK style. */
export function sayTime(at: Millis): string {
  const { clock, date } = say(at)
  return `${clock} on ${date}`
}

/** "Tuesday 25 November 2025", London time. */
export function sayDate(at: Millis): string {
  return say(at).date
}

/** "6:30am", London time. */
export function sayClock(at: Millis): string {
  return say(at).clock
}

const HOUR = 3_600_000

/** The first moment of the day after, in London, where a day has 23 to 25 hours. */
export function startOfNextDay(at: Millis): Millis {
  const { year, month, day } = Object.fromEntries(
    PARTS_OF_DATE.formatToParts(at).map(({ type, value }) => [type, value]),
  )
  const inUtc = Date.UTC(Number(year), Number(month) - 1, Number(day) + 1)
  return say(inUtc - HOUR).date === say(inUtc).date ? inUtc - HOUR : inUtc
}
