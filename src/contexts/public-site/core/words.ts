import { type Cause, kindred, markedAsExercise } from '#contexts/incident'
import { type Millis, parseDuration } from '#kernel'
import type { Words } from './catalogue/index.ts'
import { countsOf, type OrganisationFacts, type ServiceFacts } from './facts.ts'

/** For titles and names that leave the page: a headline quoted alone must still say that it is an exercise. */
export function marked(exercise: boolean, text: string, words: Words): string {
  return markedAsExercise(exercise, text, words.code)
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const TWO_DAYS = 172_800_000

/** When it should be back, as whole sentences; null where nobody has said. A far time is said by its day only. */
export function expectation(cause: Cause, words: Words): string | null {
  const { expected, neighbour } = cause
  if (!expected) return null
  const by = (at: Millis) => (at - cause.since > TWO_DAYS ? words.date(at) : words.time(at))
  const times = { likely: by(expected.likely), earliest: by(expected.earliest), latest: by(expected.latest) }
  const phase = expected.phase === 'ahead' && expected.earliest === expected.latest ? 'aheadOne' : expected.phase
  if (neighbour === null) return words.say(`expect.${phase}`, times)
  return words.say(`expect.neighbour.${phase}`, { neighbour, ...times })
}

/** "Stopped since ..., because ...": for services that share level, start, doer and deed; null where all is as usual. */
export function state(services: readonly ServiceFacts[], words: Words): string | null {
  const { level, since, cause, override } = services[0]!
  if (level === 'normal') return null
  const said = words.say(`level.${level}`)
  const reason = cause ? words.reasons(services)[0]! : null
  const told = since === null ? undated(said, reason, words) : dated(said, words.time(since), reason, words)
  return override?.told ? `${told} ${override.told}` : told
}

/** The same with what is expected. */
export function story(services: readonly ServiceFacts[], words: Words): string | null {
  const { cause } = services[0]!
  const told = state(services, words)
  const outlook = cause && expectation(cause, words)
  return told !== null && outlook ? `${told} ${outlook}` : told
}

/** Services with the same key are in the same state, told by the same words. */
export function stateKey({ level, since, cause, override }: ServiceFacts): string {
  return JSON.stringify([level, since, cause && kindred(cause), override])
}

/** Why services are impaired and what is expected, the reason behind most of them first. */
export function reasonsWithOutlook(services: readonly ServiceFacts[], words: Words): string[] {
  const hit = services.filter(({ cause }) => cause !== null)
  return [...Map.groupBy(hit, ({ cause }) => kindred(cause!)).values()]
    .sort((a, b) => b.length - a.length)
    .map((same) => {
      const outlooks = new Set(same.map(({ cause }) => expectation(cause!, words)))
      const outlook = outlooks.size === 1 ? [...outlooks][0] : null
      const reason = `${capital(words.reasons(same)[0]!)}.`
      return outlook ? `${reason} ${outlook}` : reason
    })
}

function dated(level: string, time: string, reason: string | null, { say }: Words): string {
  return reason === null ? say('story.state', { level, time }) : say('story.stateBecause', { level, time, reason })
}

function undated(level: string, reason: string | null, { say }: Words): string {
  return reason === null ? say('story.undated', { level }) : say('story.undatedBecause', { level, reason })
}

/** Null where everything runs as usual and nothing was promised. */
export function nextUpdate(facts: OrganisationFacts, words: Words): string | null {
  const { usual, total } = countsOf(facts.services)
  if (!facts.nextUpdate) return usual === total ? null : words.say('next.none')
  const time = words.time(facts.nextUpdate.at)
  return words.say(facts.nextUpdate.overdue ? 'next.overdue' : 'next.due', { time })
}

/** True also on a dead copy that nobody refreshes any more. */
export function staleness(confirmedUntil: Millis, words: Words): string {
  return words.say('stale.after', { time: words.time(confirmedUntil) })
}

const UNITS = [
  { key: 'duration.days', millis: 86_400_000 },
  { key: 'duration.hours', millis: 3_600_000 },
  { key: 'duration.minutes', millis: 60_000 },
] as const

/** ISO 8601 to "1 hour and 20 minutes", to the minute; null where it is none or nothing. */
export function duration(text: string, words: Words): string | null {
  let left = parseDuration(text) ?? 0
  const parts = UNITS.flatMap(({ key, millis }) => {
    const count = Math.floor(left / millis)
    left -= count * millis
    return count === 0 ? [] : [words.say(key, { count })]
  })
  return parts.length === 0 ? null : words.list(parts)
}
