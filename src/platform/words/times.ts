import type { Millis } from '#kernel'
import { catalogue } from './catalogue.ts'
import type { LanguageCode } from './languages.ts'

export const timeTexts = catalogue(
  {
    'time.at': '{clock} on {date}',
    'time.am': '{time}am',
    'time.pm': '{time}pm',
    'time.midday': 'midday',
    // "Midnight on Tuesday" can be read as either end of the day.
    'time.midnight': '12am (the start of the day)',
    'time.date': '{weekday} {day} {month} {year}',
  },
  {},
)

/** How a language tells the time, always London's, as GOV.UK writes it. */
export interface Times {
  /** "6:30am on Tuesday 25 November 2025" */
  time(at: Millis): string
  /** "Tuesday 25 November 2025" */
  date(at: Millis): string
  /** "6:30am" */
  clock(at: Millis): string
}

interface Said {
  readonly time: string
  readonly clock: string
  readonly date: string
}

/** A publication says few times, each on hundreds of pages; Intl takes as long for one as a template for ten lines. */
const MOST_KEPT = 1000

function tellerOf(language: LanguageCode): Times {
  const tell = teller(language)
  const known = new Map<Millis, Said>()
  const of = (at: Millis): Said => {
    const minute = Math.floor(at / 60_000) * 60_000
    let said = known.get(minute)
    if (!said) {
      if (known.size >= MOST_KEPT) known.clear()
      said = tell(minute)
      known.set(minute, said)
    }
    return said
  }
  return { time: (at) => of(at).time, date: (at) => of(at).date, clock: (at) => of(at).clock }
}

function teller(language: LanguageCode): (at: Millis) => Said {
  const { say, t } = timeTexts.in(language)
  const format = new Intl.DateTimeFormat(language, {
    timeZone: 'Europe/London',
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  })
  const sayClock = (hour: number, minute: number) => {
    if (minute === 0 && hour === 12) return t('time.midday')
    if (minute === 0 && hour === 0) return t('time.midnight')
    const time = `${hour % 12 || 12}${minute ? `:${String(minute).padStart(2, '0')}` : ''}`
    return say(hour < 12 ? 'time.am' : 'time.pm', { time })
  }
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
    const { weekday = '', day = '', month = '', year = '' } = parts
    const clock = sayClock(Number(parts.hour), Number(parts.minute))
    const date = say('time.date', { weekday, day, month, year })
    return { clock, date, time: say('time.at', { clock, date }) }
  }
}

const tellers = new Map<LanguageCode, Times>()

export function timesIn(language: LanguageCode = 'en-GB'): Times {
  let known = tellers.get(language)
  if (!known) {
    known = tellerOf(language)
    tellers.set(language, known)
  }
  return known
}

/** What the console says, in English. */
export const { time: sayTime, date: sayDate, clock: sayClock } = timesIn()

const PARTS_OF_DATE = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
})
const HOUR = 3_600_000

/** The first moment of the day after, in London, where a day has 23 to 25 hours. */
export function startOfNextDay(at: Millis): Millis {
  const { year, month, day } = Object.fromEntries(
    PARTS_OF_DATE.formatToParts(at).map(({ type, value }) => [type, value]),
  )
  const inUtc = Date.UTC(Number(year), Number(month) - 1, Number(day) + 1)
  return sayDate(inUtc - HOUR) === sayDate(inUtc) ? inUtc - HOUR : inUtc
}
