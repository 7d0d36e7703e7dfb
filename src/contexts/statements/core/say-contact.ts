import { parseDuration } from '#kernel'
import { sayTime } from '#platform/words'
import type { Audience, LinePart, RouteKind, RoutePurpose } from './events.ts'
import { key } from './fact-keys.ts'
import type { Facts, RouteFact, ServiceFact } from './facts.ts'
import { type Sentence, sentence, stopped } from './sentence.ts'

const VERBS: Record<RouteKind, string> = {
  phone: 'ring',
  text: 'text',
  email: 'e-mail',
  web: 'use',
  'in-person': 'come to',
  post: 'write to',
}

const LEADS: Record<RoutePurpose, string> = {
  emergency: 'For emergencies only',
  'out-of-hours': 'Out of hours',
  general: 'You can',
}

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
    ...(danger ? [sentence('If somebody is in danger, ring 999 first.', emergency.map(key.route))] : []),
    ...routes.filter((one) => !isForNews(one)).map((one) => routeSentence(facts, one)),
  ]
}

function routeSentence(facts: Facts, one: RouteFact): Sentence {
  const named = [one.name === one.address ? null : one.name, one.hours].filter((word) => word !== null).join(', ')
  const where = `${one.address}${named ? ` (${named})` : ''}`
  const note = one.note ? ` ${stopped(one.note)}` : ''
  const about = servicesOf(facts, one)
  if (!one.works)
    return sentence(
      `Do not ${VERBS[one.kind]} ${where}${about}: it does not work at the moment.${note}`,
      key.route(one),
    )
  const lead = one.purpose === 'general' ? 'You can' : `${LEADS[one.purpose]},`
  return sentence(`${lead} ${VERBS[one.kind]} ${where}${about}.${waiting(one)}${note}`, key.route(one))
}

function servicesOf({ services }: Facts, { services: ids, name: own }: RouteFact): string {
  const names = services.filter(({ id, name }) => ids.includes(id) && name !== own).map(({ name }) => name)
  return names.length === 0 ? '' : ` about ${names.length > 4 ? `${names.length} services` : names.join(', ')}`
}

function waiting({ waitingTime }: RouteFact): string {
  const minutes = waitingTime === null ? 0 : Math.round((parseDuration(waitingTime) ?? 0) / 60_000)
  return minutes > 0 ? ` People wait about ${sayWait(minutes)}.` : ''
}

export function sayWait(minutes: number): string {
  const of = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'}`
  if (minutes < 60) return of(minutes, 'minute')
  if (minutes < 1440) {
    const rest = minutes % 60
    return `${of(Math.floor(minutes / 60), 'hour')}${rest ? ` ${of(rest, 'minute')}` : ''}`
  }
  return of(Math.round(minutes / 1440), 'day')
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
  return facts.services.flatMap((one: ServiceFact) => {
    if (one.level === 'normal' || !one.advice) return []
    const { alternative, noNeedToContact } = one.advice
    const said = [alternative, noNeedToContact].filter((text) => text !== null).map(stopped)
    return said.length === 0 ? [] : [sentence(`${one.name}: ${said.join(' ')}`, key.advice(one), key.service(one))]
  })
}

/** A working page about everything is where people hear more. */
const isForNews = ({ kind, purpose, works, services }: RouteFact) =>
  kind === 'web' && purpose === 'general' && works && services.length === 0

/** When, and where. */
export function nextUpdate(facts: Facts, audience: Audience): Sentence[] {
  const { nextUpdate: next } = facts
  const when = next
    ? [
        sentence(
          next.at > facts.at
            ? `Next update by ${sayTime(next.at)}.`
            : `An update was due by ${sayTime(next.at)}. It is late.`,
          key.nextUpdate(next.promised),
        ),
      ]
    : []
  const where = routesFor(facts, audience)
    .filter(isForNews)
    .map((one) =>
      sentence(
        `You hear more at ${one.address}${one.name && one.name !== one.address ? ` (${one.name})` : ''}.`,
        key.route(one),
      ),
    )
  return [...when, ...where, ...lines(facts, audience, 'next')]
}
