import type { NodeId } from '#contexts/estate'
import type { Millis } from '#kernel'
import { sayTime } from '#platform/words'
import type { WhatIf } from '../projections/what-if.ts'
import { counted, someOf } from './say.ts'

/** One way to act with what would follow: the figures that are compared, and recorded with the decision. */
export interface Way {
  /** See `textOf`. */
  readonly text: string
  readonly title: string
  readonly components: number
  readonly stoppedNow: number
  readonly stoppedInADay: number
  readonly stopped: number
  readonly limited: number
  readonly statutory: number
  readonly firstMtpd: { readonly at: Millis; readonly name: string } | null
  readonly others: readonly string[]
}

const DAY = 86_400_000
const HOUR = 3_600_000

export function wayOf(
  { text, title, components }: Pick<Way, 'text' | 'title' | 'components'>,
  answer: WhatIf,
  now: Millis,
  isStatutory: (service: NodeId) => boolean,
): Way {
  const by = (until: Millis) => answer.stopped.filter(({ at }) => Date.parse(at) <= until).length
  const first = answer.breaches.find(({ objective }) => objective === 'mtpd')
  return {
    text,
    title,
    components,
    stoppedNow: by(now),
    stoppedInADay: by(now + DAY),
    stopped: answer.stopped.length,
    limited: answer.degraded.length,
    statutory: answer.stopped.filter(({ id }) => isStatutory(id)).length,
    firstMtpd: first
      ? { at: Date.parse(first.at), name: answer.stopped.find(({ id }) => id === first.service)!.name }
      : null,
    others: answer.organisations.map(({ name }) => name),
  }
}

/** Hours in which services are down until `until`, added up over services: what a false alarm costs them. */
export function serviceHours({ stopped }: Pick<WhatIf, 'stopped'>, until: Millis): number {
  return Math.round(stopped.reduce((sum, { at }) => sum + Math.max(0, until - Date.parse(at)), 0) / HOUR)
}

/** As the decision records it: what was seen, and when. */
export function consequence(way: Way, now: Millis): string {
  const seen = `As seen at ${sayTime(now)}`
  if (way.components === 0) return `${seen}: nothing is disconnected, and nothing stops because of us.`
  const mtpd = way.firstMtpd
    ? ` The first to pass its MTPD is ${way.firstMtpd.name}, at ${sayTime(way.firstMtpd.at)}.`
    : ''
  const others = way.others.length > 0 ? ` It also hits ${someOf(way.others, 5)}.` : ''
  return (
    `${seen}: ${counted(way.components, 'component')} disconnected; ${way.stoppedNow} services stop at once, ` +
    `${way.stoppedInADay} within 24 hours, ${way.stopped} in all (${way.statutory} statutory); ${way.limited} are limited.` +
    `${mtpd}${others}`
  )
}
