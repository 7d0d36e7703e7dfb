import { parseInstant } from '#kernel'
import { wordsOf } from '../../core/catalogue/index.ts'
import type { Issue, OrganisationFacts } from '../../core/facts.ts'
import { marked } from '../../core/words.ts'
import type { Feed } from '../feed.ts'
import { homeOf, tag } from '../names.ts'
import { nowOf } from '../updates.ts'
import { incidentUpdates } from './incident-updates.ts'
import { incidentName } from './statuspage.ts'

const MOST = 25

/** An entry for each incident, as Statuspage's own feeds have it: it grows with each update and keeps its id. */
export function historyFeed(facts: OrganisationFacts, issue: Issue, file: string): Feed {
  const words = wordsOf(facts)
  const { say } = words
  const { slug, name, exercise, incidents } = facts
  const items = incidents
    .slice(-MOST)
    .toReversed()
    .map((incident) => {
      const updates = incidentUpdates(facts, incident)
      return {
        id: tag(issue, facts, parseInstant(incident.declaredAt)!, `incidents/${incident.id}`),
        url: homeOf(issue, slug),
        title: incidentName(facts),
        parts: updates.map(({ status, body }) => ({ heading: say(`incident.${status}`), text: body })),
        publishedAt: parseInstant(incident.declaredAt)!,
        updatedAt: parseInstant(updates[0]!.updated_at)!,
      }
    })
  return {
    title: marked(exercise, say('feed.history', { name }), words),
    language: words.code,
    subtitle: nowOf(facts, words),
    author: marked(exercise, name, words),
    home: homeOf(issue, slug),
    self: `${homeOf(issue, slug)}/${file}`,
    updatedAt: Math.max(parseInstant(facts.changedAt)!, ...items.map(({ updatedAt }) => updatedAt)),
    revision: issue.revision,
    items,
  }
}
