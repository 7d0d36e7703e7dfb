import type { Counts } from '#contexts/incident'
import { type Millis, parseInstant } from '#kernel'
import { type Words, wordsIn, wordsOf } from '../core/catalogue/index.ts'
import { countsOf, type Issue, type OrganisationFacts } from '../core/facts.ts'
import { capital, marked, nextUpdate } from '../core/words.ts'
import { changeParts, changeTitle } from './change-words.ts'
import type { Feed, Item } from './feed.ts'
import { homeOf, stamp, statementUrl, tag } from './names.ts'
import { headlineOf, partsOf, practice, unmarked } from './said.ts'

/** Feeds are windows: what was said before stays on the pages. */
const MOST = 50

/** Each version of what residents were told, and each change of a service's status. */
export function updatesFeed(facts: OrganisationFacts, issue: Issue, file: string): Feed {
  const { slug, name, exercise } = facts
  const words = wordsOf(facts)
  const items = updates(facts, issue)
  return {
    title: marked(exercise, words.say('feed.title', { name }), words),
    language: words.code,
    subtitle: nowOf(facts, words),
    author: marked(exercise, name, words),
    home: homeOf(issue, slug),
    self: `${homeOf(issue, slug)}/${file}`,
    updatedAt: newest(items, parseInstant(facts.changedAt)!),
    revision: issue.revision,
    items,
  }
}

/** The same of all organisations in one. */
export function regionFeed(region: string, members: readonly OrganisationFacts[], issue: Issue, file: string): Feed {
  const words = wordsIn(issue.language)
  const { say } = words
  const exercise = members.some((one) => one.exercise)
  const items = latest(
    members.flatMap((facts) =>
      updates(facts, issue).map((item) => {
        const text = unmarked(item.title, facts.exercise, wordsOf(facts))
        return { ...item, title: marked(facts.exercise, say('feed.member', { name: facts.name, text }), words) }
      }),
    ),
  )
  const name = say('feed.region', { region })
  return {
    title: marked(exercise, say('feed.title', { name }), words),
    language: words.code,
    subtitle: marked(exercise, capital(words.truth(sumOf(members.map(({ services }) => countsOf(services))))), words),
    author: marked(exercise, name, words),
    home: `${issue.url}/`,
    self: `${issue.url}/${file}`,
    updatedAt: newest(items, Math.max(0, ...members.map(({ changedAt }) => parseInstant(changedAt)!))),
    revision: issue.revision,
    items,
  }
}

/** "12 of 60 services have stopped ... Next update by 3pm on ...", without the time of rendering. */
export function nowOf(facts: OrganisationFacts, words: Words): string {
  const next = nextUpdate(facts, words)
  const now = capital(words.truth(countsOf(facts.services)))
  return marked(facts.exercise, next ? `${now} ${next}` : now, words)
}

export function updates(facts: OrganisationFacts, issue: Issue): Item[] {
  const { slug, exercise } = facts
  const words = wordsOf(facts)
  const said = facts.statements
    .filter(({ audience }) => audience === 'residents')
    .map((version): Item => {
      const publishedAt = parseInstant(version.publishedAt)!
      return {
        id: tag(issue, facts, publishedAt, `statements/${version.statement}/${version.version}`),
        url: statementUrl(issue, slug, version.statement),
        title: headlineOf(version, exercise, words),
        parts: [...practice(exercise, words), ...partsOf(version, words)],
        publishedAt,
        updatedAt: version.withdrawnAt === null ? publishedAt : parseInstant(version.withdrawnAt)!,
      }
    })
  const changed = facts.changes.map(
    (change): Item => ({
      id: tag(issue, facts, change.at, `status/${stamp(change.at)}`),
      url: homeOf(issue, slug),
      title: marked(exercise, changeTitle(change, words), words),
      parts: [...practice(exercise, words), ...changeParts(change, words)],
      publishedAt: change.at,
      updatedAt: change.at,
    }),
  )
  return latest([...said, ...changed])
}

function latest(items: readonly Item[]): Item[] {
  // Of things of one moment, the later one in the journal is the newer.
  return items
    .toReversed()
    .sort((a, b) => b.publishedAt - a.publishedAt)
    .slice(0, MOST)
}

function newest(items: readonly Item[], otherwise: Millis): Millis {
  return items.length === 0 ? otherwise : Math.max(...items.map(({ updatedAt }) => updatedAt))
}

function sumOf(all: readonly Counts[]): Counts {
  const sum = (of: keyof Counts) => all.reduce((total, counts) => total + counts[of], 0)
  return { stopped: sum('stopped'), limited: sum('limited'), usual: sum('usual'), total: sum('total') }
}
