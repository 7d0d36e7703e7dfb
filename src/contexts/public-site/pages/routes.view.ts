import type { ContactRoute } from '#contexts/statements'
import { parseInstant } from '#kernel'
import type { Words } from '../core/catalogue/index.ts'
import type { OrganisationFacts, PublicAudience } from '../core/facts.ts'
import { hrefOf, inOrder } from '../core/routes.ts'
import { duration } from '../core/words.ts'

/** A way to reach the organisation, as people read it. */
export interface RouteLine {
  readonly name: string
  readonly kind: string
  readonly address: string | null
  readonly href: string | null
  readonly broken: boolean
  readonly waits: string | null
  readonly hours: string | null
  readonly note: string | null
  readonly checked: string
  readonly services: string | null
}

export function routeLine(route: ContactRoute, facts: OrganisationFacts, words: Words): RouteLine {
  const { kind, address, works, hours, note } = route
  const wait = route.waitingTime && duration(route.waitingTime, words)
  const named = facts.services.filter(({ slug }) => route.services.includes(`${facts.slug}/${slug}`))
  return {
    name: route.name ?? words.say(`route.kind.${kind}`),
    kind: words.say(`route.kind.${kind}`),
    // A telephone number is not broken over two lines.
    address: kind === 'phone' || kind === 'text' ? (address?.replaceAll(' ', '\u00a0') ?? null) : address,
    href: works && address !== null ? hrefOf(kind, address) : null,
    broken: !works,
    waits: works && wait ? words.say('route.waits', { time: wait }) : null,
    hours,
    note,
    checked: words.say('route.checked', { time: words.time(parseInstant(route.checkedAt)!) }),
    services:
      named.length === 0 ? null : words.say('route.for', { services: words.list(named.map(({ name }) => name)) }),
  }
}

/** Those for an audience and for everything, emergencies first. */
export function routesFor(facts: OrganisationFacts, audience: PublicAudience): ContactRoute[] {
  return inOrder(
    facts.routes.filter(({ audiences, services }) => audiences.includes(audience) && services.length === 0),
  )
}
