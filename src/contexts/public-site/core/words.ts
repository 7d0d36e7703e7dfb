import type { Level } from '#contexts/estate'
import { type Cause, type Expectation, kindred, reasons } from '#contexts/incident'
import { sayDate, sayTime } from '#platform/words'
import { countsOf, type OrganisationFacts, type ServiceFacts } from './facts.ts'

const EXERCISE = 'EXERCISE'
export const LEVEL_WORDS: Record<Level, string> = { stopped: 'Stopped', degraded: 'Limited', normal: 'As usual' }

/** For titles and names that leave the page: a headline quoted alone must still say that it is an exercise. */
export function marked(exercise: boolean, text: string): string {
  return exercise ? `${EXERCISE}: ${text}` : text
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const TWO_DAYS = 172_800_000

/** When it should be back, as whole sentences; null where nobody has said. A far time is said by its day only. */
export function expectation(cause: Cause): string | null {
  const { expected, neighbour } = cause
  if (!expected) return null
  const by = (at: number) => (at - cause.since > TWO_DAYS ? sayDate(at) : sayTime(at))
  const who = neighbour ?? 'We'
  const hoped = `${who} had expected to reconnect by ${by(expected.likely)}.`
  const told: Record<Expectation['phase'], string> = {
    ahead: `${who} ${neighbour ? 'expects' : 'expect'} to reconnect by ${by(expected.likely)}. It could be as early as ${by(expected.earliest)} or as late as ${by(expected.latest)}.`,
    late: `${hoped} It could now be as late as ${by(expected.latest)}.`,
    passed: `${hoped} There is no new time yet.`,
  }
  return expected.earliest === expected.latest && expected.phase === 'ahead'
    ? `${who} ${neighbour ? 'expects' : 'expect'} to reconnect by ${by(expected.likely)}.`
    : told[expected.phase]
}

/** "Stopped since ..., because .... We expect ...": for services that share level, start, doer and outlook; null where all is as usual. */
export function story(services: readonly ServiceFacts[]): string | null {
  const { level, since, cause, override } = services[0]!
  if (level === 'normal') return null
  const start = since === null ? '' : ` since ${sayTime(since)}`
  const back = cause && expectation(cause)
  const more = back ?? override?.told
  return `${LEVEL_WORDS[level]}${start}${cause ? `, because ${reasons(services)[0]}` : ''}.${more ? ` ${more}` : ''}`
}

/** Services with the same key have the same story. */
export function storyKey({ level, since, cause, override }: ServiceFacts): string {
  return JSON.stringify([level, since, cause && kindred(cause), cause && expectation(cause), override])
}

/** Null where everything runs as usual and nothing was promised. */
export function nextUpdate(facts: OrganisationFacts): string | null {
  const { usual, total } = countsOf(facts.services)
  if (!facts.nextUpdate)
    return usual === total
      ? null
      : 'No time is set for the next update. This page changes as soon as something changes.'
  const at = sayTime(facts.nextUpdate.at)
  return facts.nextUpdate.overdue ? `An update was due by ${at}. It is late.` : `Next update by ${at}.`
}

/** True also on a dead copy that nobody refreshes any more. */
export function staleness(confirmedUntil: number): string {
  return `If you read this after ${sayTime(confirmedUntil)}, it may be out of date.`
}
