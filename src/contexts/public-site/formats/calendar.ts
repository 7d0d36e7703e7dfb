import { type Millis, parseInstant } from '#kernel'
import { wordsOf } from '../core/catalogue/index.ts'
import type { Issue, OrganisationFacts } from '../core/facts.ts'
import { marked } from '../core/words.ts'
import { homeOf } from './names.ts'
import { line, plain } from './text.ts'
import { nowOf } from './updates.ts'

export const CALENDAR = 'text/calendar; charset=utf-8'

/** RFC 5545: one event, which moves with the promise. Where nothing is promised it is cancelled, as a calendar cannot be empty. */
export function nextUpdateCalendar(facts: OrganisationFacts, issue: Issue): string {
  const { name, slug, exercise, nextUpdate } = facts
  const start = nextUpdate?.at ?? parseInstant(facts.changedAt)!
  const words = wordsOf(facts)
  const { say } = words
  const summary = say(nextUpdate ? (nextUpdate.overdue ? 'calendar.late' : 'calendar.due') : 'calendar.none', { name })
  const host = new URL(issue.url).hostname.replace(/[^\w.-]/g, '')
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Holdfast//What works now//EN',
    'METHOD:PUBLISH',
    property('X-WR-CALNAME', marked(exercise, say('feed.calendar', { name }), words)),
    'REFRESH-INTERVAL;VALUE=DURATION:PT15M',
    `X-HOLDFAST-REVISION:${issue.revision}`,
    'BEGIN:VEVENT',
    `UID:next-update-${exercise ? 'exercise-' : ''}${slug}@${host}`,
    `DTSTAMP:${utc(issue.madeAt)}`,
    `DTSTART:${utc(start)}`,
    'DURATION:PT15M',
    // A calendar takes the higher one for the newer; revisions only ever grow.
    `SEQUENCE:${issue.revision}`,
    `STATUS:${nextUpdate ? 'CONFIRMED' : 'CANCELLED'}`,
    'TRANSP:TRANSPARENT',
    property('SUMMARY', marked(exercise, line(summary, 200), words)),
    property('DESCRIPTION', nowOf(facts, words)),
    `URL:${homeOf(issue, slug)}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ]
    .map((one) => `${folded(one)}\r\n`)
    .join('')
}

function utc(at: Millis): string {
  return new Date(at).toISOString().replace(/[-:]|\.\d+/g, '')
}

function property(name: string, text: string): string {
  return `${name}:${plain(text)
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\n/g, '\\n')
    .replace(/\t/g, ' ')}`
}

/** At most 75 octets a line, without cutting a character in two. */
function folded(content: string): string {
  const lines: string[] = []
  let current = ''
  let octets = 0
  for (const character of content) {
    const size = Buffer.byteLength(character)
    if (octets + size > 75) {
      lines.push(current)
      current = ' '
      octets = 1
    }
    current += character
    octets += size
  }
  return [...lines, current].join('\r\n')
}
