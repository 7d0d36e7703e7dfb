import { kindred, reasons, subject, truth } from '#contexts/incident'
import { countLevels, key } from './fact-keys.ts'
import type { ComponentFact, Facts, IsolationFact, ServiceFact } from './facts.ts'
import { outlook, sayOutlook } from './outlook.ts'
import { stopped as asSentence, capital, namesOf, type Sentence, sentence, wordsOf } from './sentence.ts'

const MOST_NAMES = 12

/** "12 of 60 services have stopped, 13 are limited and 35 are running as usual." */
export function theTruth({ services, language }: Facts): Sentence[] {
  return [sentence(capital(truth(countLevels(services), language)), key.services)]
}

/** The same as a heading, without its full stop. */
export function theHeadline(facts: Facts): Sentence[] {
  return theTruth(facts).map(({ text, facts: on }) => sentence(text.replace(/\.$/, ''), on))
}

const soonestHurt = (a: ServiceFact, b: ServiceFact) =>
  a.bearable === b.bearable
    ? Number(b.statutory) - Number(a.statutory) || (a.name < b.name ? -1 : 1)
    : a.bearable < b.bearable
      ? -1
      : 1

function services(facts: Facts, level: ServiceFact['level'], most = MOST_NAMES): Sentence[] {
  const words = wordsOf(facts)
  const found = facts.services.filter((one) => one.level === level).sort(soonestHurt)
  if (found.length === 0) return []
  // Of what runs as usual only the named can become untrue; of what does not, readers count on the list being whole.
  const linked = level === 'normal' ? found.slice(0, most) : found
  return [sentence(words.say(`services.${level}`, { names: namesOf(found, most, words) }), linked.map(key.service))]
}

export const stoppedServices = (facts: Facts) => services(facts, 'stopped')
export const limitedServices = (facts: Facts) => services(facts, 'degraded')
export const usualServices = (facts: Facts) =>
  facts.services.every(({ level }) => level === 'normal') ? theTruth(facts) : services(facts, 'normal')

/** "We disconnected all our networks at 6:30am ..., as a precaution." */
export function ownIsolations(facts: Facts, most = MOST_NAMES): Sentence[] {
  const { say, time } = wordsOf(facts)
  return facts.isolations
    .filter(({ neighbour }) => neighbour === null)
    .map((one) => {
      const said = { what: whatOf(facts, one, most), time: time(one.since) }
      return sentence(say(one.precautionary ? 'isolation.precaution' : 'isolation.plain', said), key.isolation(one))
    })
}

function whatOf(facts: Facts, one: IsolationFact, most: number): string {
  const { say, t, list } = wordsOf(facts)
  const hit = new Set(one.components.map(({ id }) => id))
  const networks = facts.components.filter(({ kind }) => kind === 'network')
  const all = networks.length > 1 && networks.every(({ id }) => hit.has(id))
  const others = one.components.filter(({ kind }) => !all || kind !== 'network')
  const names = [
    ...(all ? [t('isolation.networks')] : []),
    ...others.map((component) => subject({ neighbour: null, ...component }, facts.language)),
  ]
  const left = names.length - most
  return list(left > 1 ? [...names.slice(0, most), say('isolation.others', { count: left })] : names)
}

/** Why, where it is not our own disconnecting: a neighbour's, or something out of order. One sentence for each doer and deed. */
export function otherReasons(facts: Facts): Sentence[] {
  const { say, time } = wordsOf(facts)
  const hit = facts.services.flatMap(({ cause }) =>
    cause && (cause.neighbour !== null || cause.condition !== 'isolated') ? [{ cause }] : [],
  )
  return [...Map.groupBy(hit, ({ cause }) => kindred(cause)).values()]
    .sort((x, y) => y.length - x.length)
    .map((same) => {
      const since = Math.min(...same.map(({ cause }) => cause.since))
      const reason = capital(reasons(same, facts.language)[0]!)
      return sentence(
        say('reason.since', { reason, time: time(since) }),
        same.map(({ cause }) => key.condition(cause)),
      )
    })
}

/** When it may be back, in the words of the yardstick, with the chance behind them. */
export function outlooks(facts: Facts): Sentence[] {
  const words = wordsOf(facts)
  const { say, t, time } = words
  const several = facts.isolations.filter(({ neighbour, expected }) => neighbour === null && expected).length > 1
  return facts.isolations.flatMap((one) => {
    if (!one.expected) return []
    const own = several ? say('outlook.what.at', { time: time(one.since) }) : t('outlook.what.own')
    const what = one.neighbour === null ? own : say('outlook.what.neighbour', { neighbour: one.neighbour })
    const found = outlook(one.expected, facts.at)
    const text = found
      ? sayOutlook(found, what, facts.at, words)
      : say('outlook.passed', { what, time: time(one.expected.pessimistic) })
    return [sentence(text, key.expected(one), key.isolation(one))]
  })
}

export function noEstimate(facts: Facts): Sentence[] {
  const without = facts.isolations.filter(({ expected }) => expected === null)
  return without.length > 0 && without.length === facts.isolations.length
    ? [sentence(wordsOf(facts).t('outlook.none'), without.map(key.isolation))]
    : []
}

const USED_BY_PEOPLE = ['platform', 'telephony', 'application']
const byUse = (a: ComponentFact, b: ComponentFact) =>
  USED_BY_PEOPLE.indexOf(a.kind) - USED_BY_PEOPLE.indexOf(b.kind) || b.neededBy - a.neededBy || (a.id < b.id ? -1 : 1)

/** Which of the systems that people use work, and which do not. Said only when some do not. */
export function systems(facts: Facts): Sentence[] {
  const used = facts.components.filter(({ kind }) => USED_BY_PEOPLE.includes(kind)).sort(byUse)
  const words = wordsOf(facts)
  const of = (level: ComponentFact['level']) => {
    const found = used.filter((one) => one.level === level).slice(0, MOST_NAMES)
    if (found.length === 0) return []
    return [
      sentence(words.say(`systems.${level}`, { names: namesOf(found, MOST_NAMES, words) }), found.map(key.component)),
    ]
  }
  if (used.every(({ level }) => level === 'normal')) return []
  return [...of('normal'), ...of('degraded'), ...of('stopped')]
}

const SOON = 2 * 86_400_000

/** What stops next if nothing changes: one sentence for each time, the soonest first. */
export function forecasts(facts: Facts, most = 6): Sentence[] {
  const words = wordsOf(facts)
  const soon = facts.services.filter(({ stopsAt }) => stopsAt !== null && stopsAt <= facts.at + SOON)
  return [...Map.groupBy(soon.sort(soonestHurt), ({ stopsAt }) => stopsAt!)]
    .sort(([one], [other]) => one - other)
    .slice(0, most)
    .map(([at, stopping]) => {
      const names = namesOf(stopping, MOST_NAMES, words)
      return sentence(words.say('forecast.stops', { time: words.time(at), names }), stopping.map(key.forecast))
    })
}

/** Figures for those who answer for the council by law. */
export function statutory(facts: Facts): Sentence[] {
  const { say } = wordsOf(facts)
  const found = facts.services.filter((one) => one.statutory)
  const count = found.length
  if (count === 0) return []
  const { stopped, limited } = countLevels(found)
  const said = {
    stopped: say('statutory.stopped', { count: stopped }),
    limited: say('statutory.limited', { count: limited }),
  }
  const usual = stopped + limited === 0
  return [sentence(usual ? say('statutory.usual', { count }) : say('statutory.hit', { count, ...said }), key.statutory)]
}

/** To staff: whose status is set by hand, and why. */
export function overrides(facts: Facts): Sentence[] {
  const { say } = wordsOf(facts)
  return facts.services.flatMap((one) => {
    if (!one.override) return []
    const { name } = one
    const set = say('override.set', { name, level: say(`level.${one.level}`), derived: say(`level.${one.derived}`) })
    const { reason } = one.override
    const text = reason ? `${set} ${say('override.reason', { reason: asSentence(reason) })}` : set
    return [sentence(text, key.override(one), key.service(one))]
  })
}

/** What residents are told of a status that a person has set. */
export function overridesTold(facts: Facts): Sentence[] {
  const { say } = wordsOf(facts)
  return facts.services.flatMap((one) =>
    one.override?.told
      ? [sentence(say('service.line', { name: one.name, text: asSentence(one.override.told) }), key.override(one))]
      : [],
  )
}

/** That it is dealt with as an incident. Outsiders hear of it once it has touched a service. */
export function theIncident(facts: Facts, outside: boolean): Sentence[] {
  const { incident } = facts
  if (!incident || (outside && facts.services.every(({ level }) => level === 'normal'))) return []
  const { say, time } = wordsOf(facts)
  const declared = time(incident.declaredAt)
  const text =
    incident.stoodDownAt === null
      ? say('incident.open', { time: declared })
      : say('incident.over', { time: declared, over: time(incident.stoodDownAt) })
  return [sentence(text, key.incident(incident))]
}
