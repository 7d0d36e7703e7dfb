import type { ComponentKind, Level } from '#contexts/estate'
import { sayDate, sayTime } from '#platform/words'
import {
  type Cause,
  type Counts,
  countsOf,
  type Expectation,
  type OrganisationFacts,
  type ServiceFacts,
} from './facts.ts'
import { plainName } from './plain-name.ts'

const EXERCISE = 'EXERCISE'
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
  return becauseOf([cause])
}

const NAMED = 3

/** The same for causes that differ only in what was hit (see `kindred`), the weightiest first. */
function becauseOf(causes: readonly Cause[]): string {
  const cause = causes[0]!
  const precaution = cause.precautionary ? ' as a precaution' : ''
  const { neighbour } = cause
  const isolated = cause.condition === 'isolated'
  const subjects = [...new Set(causes.map((one) => subject(one, isolated ? 'its' : undefined)))]
  const what = listed(subjects.length > NAMED ? [...subjects.slice(0, NAMED), 'other systems'] : subjects)
  switch (cause.condition) {
    case 'isolated':
      return `${neighbour ?? 'we'} ${neighbour ? 'has' : 'have'} disconnected ${what}${precaution}`
    case 'unavailable':
      return `we cannot use ${what}`
    case 'degraded':
      return `we can use ${what} only in part`
    case 'unknown':
      return `we are checking whether we can rely on ${what}`
  }
}

function listed(items: readonly string[]): string {
  return items.length > 1 ? `${items.slice(0, -1).join(', ')} and ${items.at(-1)}` : (items[0] ?? '')
}

/** Causes with the same key make one sentence: same doer, same deed, same promise. */
function kindred({ neighbour, condition, precautionary }: Cause): string {
  return JSON.stringify([neighbour, condition, precautionary])
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

/** The distinct reasons of all that is impaired, as clauses, the one behind most services first. */
export function reasons(services: readonly ServiceFacts[]): string[] {
  const causes = services.flatMap(({ cause }) => cause ?? [])
  return byWeight(causes, kindred).map((same) => becauseOf(byWeight(same, ({ name }) => name).map((one) => one[0]!)))
}

/** "Stopped since ..., because .... We expect ...": for services that share level, start, doer and outlook; null where all is as usual. */
export function story(services: readonly ServiceFacts[]): string | null {
  const { level, since, cause } = services[0]!
  if (level === 'normal') return null
  const start = since === null ? '' : ` since ${sayTime(since)}`
  const back = cause && expectation(cause)
  return `${LEVEL_WORDS[level]}${start}${cause ? `, because ${reasons(services)[0]}` : ''}.${back ? ` ${back}` : ''}`
}

/** Services with the same key have the same story. */
export function storyKey({ level, since, cause }: ServiceFacts): string {
  return JSON.stringify([level, since, cause && kindred(cause), cause && expectation(cause)])
}

function byWeight<T>(items: readonly T[], key: (item: T) => string): T[][] {
  return [...Map.groupBy(items, key).values()].sort((a, b) => b.length - a.length)
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
