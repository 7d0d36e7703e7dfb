import { parseInstant } from '#kernel'
import { type Words, wordsOf } from '../../core/catalogue/index.ts'
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

function titleOf({ type, version }: AlertMessage, exercise: boolean, words: Words): string {
  return words.say(`alert.titled.${type}`, { headline: bareHeadlineOf(version, exercise, words) })
}

/** Where programs find the alerts: the newest first. */
export function capIndex(facts: OrganisationFacts, messages: readonly AlertMessage[], issue: Issue): Feed {
  const { slug, name, exercise } = facts
  const words = wordsOf(facts)
  return {
    title: marked(exercise, words.say('feed.alerts', { name }), words),
    language: words.code,
    subtitle: nowOf(facts, words),
    author: marked(exercise, name, words),
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
        title: marked(exercise, titleOf(message, exercise, words), words),
        parts: [...practice(exercise, words), ...partsOf({ ...message.version, withdrawnAt: null }, words)],
        publishedAt: message.sent,
        updatedAt: message.sent,
        otherForm: { type: 'application/cap+xml', url: issue.url + capPath(slug, message) },
      })),
  }
}
