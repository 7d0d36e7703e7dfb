import { wordsIn } from '../core/catalogue/index.ts'
import type { Issue, OrganisationFacts } from '../core/facts.ts'
import { inOrder, isEmergency } from '../core/routes.ts'
import { type Frame, frame } from './frame.view.ts'
import { type RouteLine, routeLine, routesFor } from './routes.view.ts'

export interface ContactPage extends Frame {
  readonly emergencies: readonly RouteLine[]
  readonly general: readonly RouteLine[]
  readonly services: readonly RouteLine[]
}

export function contactPage(facts: OrganisationFacts, issue: Issue): ContactPage {
  const words = wordsIn(issue.language)
  const all = routesFor(facts, 'residents')
  const own = facts.routes.filter(({ services, audiences }) => services.length > 0 && audiences.includes('residents'))
  const lines = (routes: typeof all) => routes.map((route) => routeLine(route, facts, words))
  return {
    ...frame(facts, issue, '/contact', words.say('contact.title', { organisation: facts.name })),
    emergencies: lines(all.filter(isEmergency)),
    general: lines(all.filter((route) => !isEmergency(route))),
    services: lines(inOrder(own)),
  }
}
