import type { Words } from '../core/catalogue/index.ts'
import type { Issue, OrganisationFacts } from '../core/facts.ts'
import { isEmergency } from '../core/routes.ts'
import { binsOf } from '../core/themes.ts'
import { homePath } from './place.ts'
import { type RouteLine, routeLine, routesFor } from './routes.view.ts'

/** What stands on the first screen of an old phone: whom to call, and whether bins are collected. */
export interface FirstLines {
  readonly emergencies: readonly RouteLine[]
  readonly bins: { readonly state: string; readonly style: string; readonly url: string } | null
  /** The first way that works. */
  readonly call: RouteLine | null
}

export const STYLES = { stopped: 'stopped', degraded: 'limited', normal: 'usual' } as const

export function firstLines(facts: OrganisationFacts, issue: Issue, words: Words): FirstLines {
  const routes = routesFor(facts, 'residents')
  const working = routes.filter((route) => route.works && !isEmergency(route))
  const call = working.find(({ kind }) => kind === 'phone') ?? working[0]
  const bins = binsOf(facts.services)
  return {
    emergencies: routes.filter(isEmergency).map((route) => routeLine(route, facts, words)),
    bins: bins && {
      state: words.say(`level.${bins.level}`),
      style: STYLES[bins.level],
      url: `${homePath(facts, issue)}/services/${bins.slug}`,
    },
    call: call ? routeLine(call, facts, words) : null,
  }
}
