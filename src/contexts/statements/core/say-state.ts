import { kindred, listed, reasons, subject, truth } from '#contexts/incident'
import { sayTime } from '#platform/words'
import { countLevels, key } from './fact-keys.ts'
import type { ComponentFact, Facts, IsolationFact, ServiceFact } from './facts.ts'
import { outlook, sayOutlook } from './outlook.ts'
import { stopped as asSentence, capital, namesOf, type Sentence, sentence } from './sentence.ts'

const MOST_NAMES = 12

/** "12 of 60 services have stopped, 13 are limited and 35 are running as usual." */
export function theTruth({ services }: Facts): Sentence[] {
  return [sentence(capital(truth(countLevels(services))), key.services)]
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

function services(facts: Facts, level: ServiceFact['level'], lead: string, most = MOST_NAMES): Sentence[] {
  const found = facts.services.filter((one) => one.level === level).sort(soonestHurt)
  if (found.length === 0) return []
  // Of what runs as usual only the named can become untrue; of what does not, readers count on the list being whole.
  const linked = level === 'normal' ? found.slice(0, most) : found
  return [
    sentence(
      `${lead}: ${namesOf(
        found.map(({ name }) => name),
        most,
      )}.`,
      linked.map(key.service),
    ),
  ]
}

export const stoppedServices = (facts: Facts) => services(facts, 'stopped', 'These services have stopped')
export const limitedServices = (facts: Facts) => services(facts, 'degraded', 'These services are limited')
export const usualServices = (facts: Facts) =>
  facts.services.every(({ level }) => level === 'normal')
    ? theTruth(facts)
    : services(facts, 'normal', 'These services run as usual')

/** "We disconnected all our networks at 6:30am ..., as a precaution." */
export function ownIsolations(facts: Facts, most = MOST_NAMES): Sentence[] {
  return facts.isolations
    .filter(({ neighbour }) => neighbour === null)
    .map((one) =>
      sentence(
        `We disconnected ${whatOf(facts, one, most)} at ${sayTime(one.since)}${one.precautionary ? ', as a precaution' : ''}.`,
        key.isolation(one),
      ),
    )
}

function whatOf({ components }: Facts, one: IsolationFact, most: number): string {
  const hit = new Set(one.components.map(({ id }) => id))
  const networks = components.filter(({ kind }) => kind === 'network')
  const all = networks.length > 1 && networks.every(({ id }) => hit.has(id))
  const others = one.components.filter(({ kind }) => !all || kind !== 'network')
  const names = [
    ...(all ? ['all our networks'] : []),
    ...others.map((component) => subject({ neighbour: null, ...component })),
  ]
  return listed(names.length > most + 1 ? [...names.slice(0, most), `${names.length - most} other systems`] : names)
}

/** Why, where it is not our own disconnecting: a neighbour's, or something out of order. One sentence for each doer and deed. */
export function otherReasons(facts: Facts): Sentence[] {
  const hit = facts.services.flatMap(({ cause }) =>
    cause && (cause.neighbour !== null || cause.condition !== 'isolated') ? [{ cause }] : [],
  )
  return [...Map.groupBy(hit, ({ cause }) => kindred(cause)).values()]
    .sort((x, y) => y.length - x.length)
    .map((same) => {
      const since = Math.min(...same.map(({ cause }) => cause.since))
      return sentence(
        `${capital(reasons(same)[0]!)} (since ${sayTime(since)}).`,
        same.map(({ cause }) => key.condition(cause)),
      )
    })
}

/** When it may be back, in the words of the yardstick, with the chance behind them. */
export function outlooks(facts: Facts): Sentence[] {
  const own = facts.isolations.filter(({ neighbour, expected }) => neighbour === null && expected)
  return facts.isolations.flatMap((one) => {
    if (!one.expected) return []
    const when = own.length > 1 ? ` at ${sayTime(one.since)}` : ''
    const what =
      one.neighbour === null
        ? when
          ? `the systems that we disconnected${when}`
          : 'the systems that we have disconnected'
        : `the systems that ${one.neighbour} has disconnected`
    const found = outlook(one.expected, facts.at)
    const text = found
      ? sayOutlook(found, what, facts.at)
      : `We had expected ${what} to be available by ${sayTime(one.expected.pessimistic)} at the latest. There is no new estimate yet.`
    return [sentence(text, key.expected(one), key.isolation(one))]
  })
}

export function noEstimate(facts: Facts): Sentence[] {
  const without = facts.isolations.filter(({ expected }) => expected === null)
  return without.length > 0 && without.length === facts.isolations.length
    ? [
        sentence(
          'Nobody can say yet when the systems that are disconnected will be available.',
          without.map(key.isolation),
        ),
      ]
    : []
}

const USED_BY_PEOPLE = ['platform', 'telephony', 'application']
const byUse = (a: ComponentFact, b: ComponentFact) =>
  USED_BY_PEOPLE.indexOf(a.kind) - USED_BY_PEOPLE.indexOf(b.kind) || b.neededBy - a.neededBy || (a.id < b.id ? -1 : 1)

/** Which of the systems that people use work, and which do not. Said only when some do not. */
export function systems(facts: Facts): Sentence[] {
  const used = facts.components.filter(({ kind }) => USED_BY_PEOPLE.includes(kind)).sort(byUse)
  const of = (level: ComponentFact['level'], lead: string) => {
    const found = used.filter((one) => one.level === level).slice(0, MOST_NAMES)
    return found.length === 0
      ? []
      : [
          sentence(
            `${lead}: ${namesOf(
              found.map(({ name }) => name),
              MOST_NAMES,
            )}.`,
            found.map(key.component),
          ),
        ]
  }
  if (used.every(({ level }) => level === 'normal')) return []
  return [
    ...of('normal', 'These systems work'),
    ...of('degraded', 'These systems work only in part'),
    ...of('stopped', 'These systems do not work'),
  ]
}

const SOON = 2 * 86_400_000

/** What stops next if nothing changes: one sentence for each time, the soonest first. */
export function forecasts(facts: Facts, most = 6): Sentence[] {
  const soon = facts.services.filter(({ stopsAt }) => stopsAt !== null && stopsAt <= facts.at + SOON)
  return [...Map.groupBy(soon.sort(soonestHurt), ({ stopsAt }) => stopsAt!)]
    .sort(([one], [other]) => one - other)
    .slice(0, most)
    .map(([at, stopping]) => {
      const names = namesOf(
        stopping.map(({ name }) => name),
        MOST_NAMES,
      )
      return sentence(`If nothing changes, these stop at ${sayTime(at)}: ${names}.`, stopping.map(key.forecast))
    })
}

/** Figures for those who answer for the council by law. */
export function statutory({ services: all }: Facts): Sentence[] {
  const found = all.filter((one) => one.statutory)
  if (found.length === 0) return []
  const { stopped, limited } = countLevels(found)
  const hit = stopped + limited
  const text =
    hit === 0
      ? `All ${found.length} services that the law requires of us are running as usual.`
      : `Of the ${found.length} services that the law requires of us, ${stopped} ${stopped === 1 ? 'has' : 'have'} stopped and ${limited} ${limited === 1 ? 'is' : 'are'} limited.`
  return [sentence(text, key.statutory)]
}

const LEVEL: Record<ServiceFact['level'], string> = { normal: 'as usual', degraded: 'limited', stopped: 'stopped' }

/** To staff: whose status is set by hand, and why. */
export function overrides({ services: all }: Facts): Sentence[] {
  return all.flatMap((one) => {
    if (!one.override) return []
    const why = one.override.reason ? ` The reason: ${asSentence(one.override.reason)}` : ''
    return [
      sentence(
        `The status of ${one.name} is set by hand: ${LEVEL[one.level]}, where the records say ${LEVEL[one.derived]}.${why}`,
        key.override(one),
        key.service(one),
      ),
    ]
  })
}

/** What residents are told of a status that a person has set. */
export function overridesTold({ services: all }: Facts): Sentence[] {
  return all.flatMap((one) =>
    one.override?.told ? [sentence(`${one.name}: ${asSentence(one.override.told)}`, key.override(one))] : [],
  )
}

/** That it is dealt with as an incident. Outsiders hear of it once it has touched a service. */
export function theIncident({ incident, services: all }: Facts, outside: boolean): Sentence[] {
  if (!incident || (outside && all.every(({ level }) => level === 'normal'))) return []
  const text =
    incident.stoodDownAt === null
      ? `We declared an incident at ${sayTime(incident.declaredAt)} and are dealing with it as one.`
      : `We declared an incident at ${sayTime(incident.declaredAt)} and stood it down at ${sayTime(incident.stoodDownAt)}.`
  return [sentence(text, key.incident(incident))]
}
