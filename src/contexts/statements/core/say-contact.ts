import { parseDuration } from '#kernel'
import type { Audience, LinePart, RoutePurpose } from './events.ts'
import { key } from './fact-keys.ts'
import type { Facts, RouteFact, ServiceFact } from './facts.ts'
import { type Sentence, sentence, stopped, type Words, wordsOf } from './sentence.ts'

/** Routes for this audience: emergencies first, what works before what does not. */
function routesFor(facts: Facts, audience: Audience): RouteFact[] {
  const order: readonly RoutePurpose[] = ['emergency', 'out-of-hours', 'general']
  return facts.routes
    .filter((one) => one.audiences.includes(audience) && one.address !== null)
    .sort((a, b) => order.indexOf(a.purpose) - order.indexOf(b.purpose) || Number(b.works) - Number(a.works))
}

/** How to reach us, one sentence a route. Whoever is told of an emergency route is told of 999 first. */
export function reachUs(facts: Facts, audience: Audience): Sentence[] {
  const routes = routesFor(facts, audience)
  const emergency = routes.filter(({ purpose }) => purpose === 'emergency')
  const danger = emergency.length > 0 && !emergency.some(({ address }) => address === '999')
  return [
    ...(danger ? [sentence(wordsOf(facts).t('reach.danger'), emergency.map(key.route))] : []),
    ...routes.filter((one) => !isForNews(one)).map((one) => routeSentence(facts, one)),
  ]
}

function routeSentence(facts: Facts, one: RouteFact): Sentence {
  const words = wordsOf(facts)
  const where = servicesOf(facts, one, addressOf(one, words, one.hours), words)
  const said = words.say(one.works ? `reach.${one.purpose}.${one.kind}` : `reach.broken.${one.kind}`, { where })
  const parts = [said, one.works ? waiting(one, words) : null, one.note ? stopped(one.note) : null]
  return sentence(parts.filter((part) => part !== null).join(' '), key.route(one))
}

/** "020 7000 0000 (Contact centre, 9am to 5pm)" */
function addressOf({ address, name }: RouteFact, { say }: Words, hours: string | null = null): string {
  const named = [name === address ? null : name, hours].filter((word) => word !== null).join(', ')
  return named ? say('reach.named', { address: address!, named }) : address!
}

function servicesOf({ services }: Facts, one: RouteFact, where: string, { say }: Words): string {
  const names = services
    .filter(({ id, name }) => one.services.includes(id) && name !== one.name)
    .map(({ name }) => name)
  if (names.length === 0) return where
  const named = names.length > 4 ? say('reach.services', { count: names.length }) : names.join(', ')
  return say('reach.about', { where, services: named })
}

function waiting({ waitingTime }: RouteFact, words: Words): string | null {
  const minutes = waitingTime === null ? 0 : Math.round((parseDuration(waitingTime) ?? 0) / 60_000)
  return minutes > 0 ? words.say('wait.people', { time: sayWait(minutes, words) }) : null
}

/** "1 hour 20 minutes"; from a day on, whole days. */
export function sayWait(minutes: number, { say }: Words): string {
  const inMinutes = (count: number) => say('wait.minutes', { count })
  if (minutes < 60) return inMinutes(minutes)
  if (minutes >= 1440) return say('wait.days', { count: Math.round(minutes / 1440) })
  const hours = say('wait.hours', { count: Math.floor(minutes / 60) })
  const rest = minutes % 60
  return rest ? say('wait.hoursAndMinutes', { hours, minutes: inMinutes(rest) }) : hours
}

/** Standing lines of one part for this audience. */
export function lines(facts: Facts, audience: Audience, part: LinePart): Sentence[] {
  return facts.lines.flatMap((one) =>
    one.part === part && one.audiences.includes(audience) && one.text !== null
      ? [sentence(stopped(one.text), key.line(one))]
      : [],
  )
}

/** What to do instead, of each service that does not run as usual. */
export function alternatives(facts: Facts): Sentence[] {
  const { say } = wordsOf(facts)
  return facts.services.flatMap((one: ServiceFact) => {
    if (one.level === 'normal' || !one.advice) return []
    const { alternative, noNeedToContact } = one.advice
    const said = [alternative, noNeedToContact].filter((text) => text !== null).map(stopped)
    if (said.length === 0) return []
    return [sentence(say('service.line', { name: one.name, text: said.join(' ') }), key.advice(one), key.service(one))]
  })
}

/** A working page about everything is where people hear more. */
const isForNews = ({ kind, purpose, works, services }: RouteFact) =>
  kind === 'web' && purpose === 'general' && works && services.length === 0

/** When, and where. */
export function nextUpdate(facts: Facts, audience: Audience): Sentence[] {
  const { nextUpdate: next } = facts
  const words = wordsOf(facts)
  const { say, time } = words
  const when = next
    ? [
        sentence(
          say(next.at > facts.at ? 'next.due' : 'next.late', { time: time(next.at) }),
          key.nextUpdate(next.promised),
        ),
      ]
    : []
  const where = routesFor(facts, audience)
    .filter(isForNews)
    .map((one) => sentence(say('next.where', { where: addressOf(one, words) }), key.route(one)))
  return [...when, ...where, ...lines(facts, audience, 'next')]
}
