import type { ComponentKind, Level } from '#contexts/estate'
import { type Cause, type Counts, countsOf, type Expectation, type OrganisationFacts } from './facts.ts'
import { plainName } from './plain-name.ts'
import { sayDate, sayTime } from './times.ts'

export const EXERCISE = 'EXERCISE'
export const LEVEL_WORDS: Record<Level, string> = { stopped: 'Stopped', degraded: 'Limited', normal: 'As usual' }

/** For titles and names that leave the page: a headline quoted alone must still say that it is an exercise. */
export function marked(exercise: boolean, text: string): string {
  return exercise ? `${EXERCISE}: ${text}` : text
}

/** The one sentence: "21 of 48 services have stopped, 8 are limited and 19 are running as usual." */
export function truth(counts: Counts): string {
  const { stopped, limited, usual, total } = counts
  if (total === 0) return 'no services are listed here yet.'
  if (usual === total)
    return total === 1 ? 'the one service is running as usual.' : `all ${total} services are running as usual.`
  const be = (count: number) => (count === 1 ? 'is' : 'are')
  const parts = [
    stopped > 0 && `${stopped === 1 ? 'has' : 'have'} stopped`,
    limited > 0 && `${be(limited)} limited`,
    usual > 0 && `${be(usual)} running as usual`,
  ]
  const numbers = [stopped, limited, usual]
  const said = parts.flatMap((part, i) => (part ? [{ part, count: numbers[i]! }] : []))
  const first = said[0]!
  const rest = said.slice(1).map(({ part, count }) => `${count} ${part}`)
  const head = `${first.count} of ${total} service${total === 1 ? '' : 's'} ${first.part}`
  if (first.count === total) return `${total === 1 ? 'the one service' : `all ${total} services`} ${first.part}.`
  return `${[head, ...rest.slice(0, -1)].join(', ')}${rest.length > 0 ? ` and ${rest.at(-1)}` : ''}.`
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const UNNAMED: Partial<Record<ComponentKind, string>> = { supplier: 'supplier', team: 'team' }

/** Why, as a clause after "because". Isolation is told as what it is: never as compromise, and as a precaution where it is one. */
export function because(cause: Cause): string {
  const precaution = cause.precautionary ? ' as a precaution' : ''
  switch (cause.condition) {
    case 'isolated':
      return `${cause.neighbour ?? 'we'} ${cause.neighbour ? 'has' : 'have'} disconnected ${subject(cause, 'its')}${precaution}`
    case 'unavailable':
      return `we cannot use ${subject(cause)}`
    case 'degraded':
      return `we can use ${subject(cause)} only in part`
    case 'unknown':
      return `we are checking whether we can rely on ${subject(cause)}`
  }
}

function subject(cause: Cause, possessive?: 'its'): string {
  const { neighbour } = cause
  const unnamed = UNNAMED[cause.kind]
  const owner = neighbour === null ? 'our' : (possessive ?? 'the')
  const of = neighbour !== null && !possessive ? ` of ${neighbour}` : ''
  // Whom an organisation buys from, and which of its people are missing, is not the public page's to tell.
  if (unnamed) return `one of ${owner} ${unnamed}s${of}`
  const { text, proper } = plainName(cause.name)
  if (proper) return neighbour === null ? text : `${text} at ${neighbour}`
  return `${owner} ${text}${of}`
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

/** The distinct reasons of all that is impaired, the one behind most services first. */
export function reasons(facts: OrganisationFacts): string[] {
  const counted = new Map<string, number>()
  for (const { cause } of facts.services) if (cause) counted.set(because(cause), (counted.get(because(cause)) ?? 0) + 1)
  return [...counted].sort((a, b) => b[1] - a[1]).map(([reason]) => reason)
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
