import { parseInstant } from '#kernel'
import { wordsIn } from '../../core/catalogue/index.ts'
import type { Issue, OrganisationFacts } from '../../core/facts.ts'
import { marked } from '../../core/words.ts'
import type { Feed } from '../feed.ts'
import { homeOf, statementUrl, tag } from '../names.ts'
import { bareHeadlineOf, partsOf, practice } from '../said.ts'
import { nowOf } from '../updates.ts'
import type { AlertMessage } from './messages.ts'

const MOST = 100

export function capPath(slug: string, { identifier }: AlertMessage): string {
  return `/${slug}/cap/${identifier}.xml`
}

/** Where programs find the alerts: the newest first. */
export function capIndex(facts: OrganisationFacts, messages: readonly AlertMessage[], issue: Issue): Feed {
  const { slug, name, exercise } = facts
  return {
    title: marked(exercise, wordsIn().say('feed.alerts', { name })),
    subtitle: nowOf(facts),
    author: marked(exercise, name),
    home: homeOf(issue, slug),
    self: `${homeOf(issue, slug)}/cap/index.atom`,
    updatedAt: messages.at(-1)?.sent ?? parseInstant(facts.changedAt)!,
    revision: issue.revision,
    items: messages
      .slice(-MOST)
      .toReversed()
      .map((message) => ({
        id: tag(issue, facts, message.sent, `cap/${message.identifier}`),
        url: statementUrl(issue, slug, message.version.statement),
        title: marked(exercise, `${message.type}: ${bareHeadlineOf(message.version, exercise)}`),
        parts: [...practice(exercise), ...partsOf({ ...message.version, withdrawnAt: null })],
        publishedAt: message.sent,
        updatedAt: message.sent,
        otherForm: { type: 'application/cap+xml', url: issue.url + capPath(slug, message) },
      })),
  }
}
