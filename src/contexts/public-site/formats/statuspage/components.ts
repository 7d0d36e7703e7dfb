import { instant } from '#kernel'
import { wordsOf } from '../../core/catalogue/index.ts'
import type { OrganisationFacts, ServiceFacts } from '../../core/facts.ts'
import { marked } from '../../core/words.ts'
import { COMPONENT_STATUS } from './shapes.ts'

/** All services, in one flat list: a client that doesn't know groups would count a group as one service more. */
export function components(facts: OrganisationFacts) {
  return facts.services.map((service, position) => component(facts, service, position + 1))
}

function component(facts: OrganisationFacts, service: ServiceFacts, position: number) {
  const words = wordsOf(facts)
  const { say, because } = words
  const { cause, override, listedAt } = service
  const since = service.since === null ? listedAt : instant(service.since)
  return {
    id: service.slug,
    name: marked(facts.exercise, service.name, words),
    status: COMPONENT_STATUS[service.level],
    created_at: listedAt,
    updated_at: [since, listedAt, facts.changedAt].toSorted().at(-1)!,
    position,
    description: cause
      ? say('story.undatedBecause', { level: say(`level.${service.level}`), reason: because(cause) })
      : (override?.told ?? null),
    showcase: true,
    start_date: null,
    group_id: null,
    page_id: facts.slug,
    group: false,
    only_show_if_degraded: false,
  }
}
