import type { Level } from '#contexts/estate'
import type { Millis } from '#kernel'
import type { TagOptions } from '#platform/views'
import { sayClock } from '#platform/words'
import type { CommandRole } from '../core/events.ts'

const MINUTE = 60_000
const UNITS = [
  { word: 'day', millis: 86_400_000, upTo: Number.POSITIVE_INFINITY },
  { word: 'hour', millis: 3_600_000, upTo: 48 * 3_600_000 },
  { word: 'minute', millis: MINUTE, upTo: 2 * 3_600_000 },
] as const

/** "3 days", "26 hours", "less than a minute": rounded down, for nobody is helped by time that is not there. */
export function sayLength(millis: Millis): string {
  if (millis < MINUTE) return 'less than a minute'
  const unit = UNITS.findLast(({ upTo }) => millis < upTo)!
  return counted(Math.floor(millis / unit.millis), unit.word)
}

/** "in 3 days", "2 hours ago", "now". */
export function sayDistance(at: Millis, now: Millis): string {
  if (Math.abs(at - now) < MINUTE) return 'now'
  return at > now ? `in ${sayLength(at - now)}` : `${sayLength(now - at)} ago`
}

export function counted(count: number, word: string, words = `${word}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? word : words}`
}

/** "a, b and c". */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

/** "a, b and 4 more". */
export function someOf(words: readonly string[], most: number): string {
  return words.length <= most ? listed(words) : `${words.slice(0, most).join(', ')} and ${words.length - most} more`
}

const LEVEL_TAGS: Record<Level, TagOptions> = {
  stopped: { text: 'Stopped', classes: 'govuk-tag--red' },
  degraded: { text: 'Limited', classes: 'govuk-tag--orange' },
  normal: { text: 'As usual', classes: 'govuk-tag--green' },
}

export function levelTag(level: Level): TagOptions {
  return LEVEL_TAGS[level]
}

export const ROLE_WORDS: Record<CommandRole, string> = {
  strategic: 'Strategic (gold)',
  tactical: 'Tactical (silver)',
  operational: 'Operational (bronze)',
  'cell-lead': 'Cell lead',
}

export function sayRole({ role, cell }: { role: CommandRole; cell: string | null }): string {
  return cell === null ? ROLE_WORDS[role] : `${ROLE_WORDS[role]}, ${cell}`
}

const SHORT = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  weekday: 'short',
  day: 'numeric',
  month: 'short',
})

/** "6:30am, Tue 25 Nov": for tables. */
export function sayShort(at: Millis): string {
  return `${sayClock(at)}, ${SHORT.format(at).replace(',', '')}`
}
