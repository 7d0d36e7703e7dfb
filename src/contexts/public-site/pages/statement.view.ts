import { mainLanguage } from '#contexts/estate'
import { type Words, wordsIn } from '../core/catalogue/index.ts'
import {
  type Issue,
  type OrganisationFacts,
  PUBLIC_AUDIENCES,
  type PublicAudience,
  type StatementFacts,
} from '../core/facts.ts'
import { headFor } from '../formats/head.ts'
import { statementData } from '../formats/linked-data.ts'
import { type Frame, frame } from './frame.view.ts'
import { homePath } from './place.ts'
import { headlineOf } from './statement-lines.view.ts'
import { type Version, versionOf } from './wording.view.ts'

interface ToAudience {
  /** Names its place on the page. */
  readonly id: PublicAudience
  readonly heading: string
  readonly headline: string
  readonly current: Version
  readonly earlier: readonly Version[]
}

interface SpokenOf {
  readonly text: string
  readonly url: string
}

export interface StatementPage extends Frame {
  readonly heading: string
  readonly number: string
  /** Said where the page's other words are in another language. */
  readonly inOneLanguage: string | null
  readonly audiences: readonly ToAudience[]
  readonly services: readonly SpokenOf[]
}

/** The numbers of the statements that have been made to people outside, the newest first. */
export function statementNumbers({ statements }: OrganisationFacts): number[] {
  return [...new Set(statements.map(({ statement }) => statement))].sort((a, b) => b - a)
}

/** One statement in all its versions, to whomever outside it was made. */
export function statementPage(facts: OrganisationFacts, statement: number, issue: Issue): StatementPage {
  const words = wordsIn(issue.language)
  const { say } = words
  const main = mainLanguage(facts)
  const own = facts.statements.filter((one) => one.statement === statement)
  const audiences = PUBLIC_AUDIENCES.flatMap((audience) => {
    const versions = own.filter((one) => one.audience === audience)
    return versions.length === 0 ? [] : [toAudience(audience, versions, words)]
  })
  const heading = audiences[0]!.headline
  const title = say('statement.title', { headline: heading, number: statement, organisation: facts.name })
  return {
    ...frame(facts, issue, `/statements/${statement}`, title),
    head: headFor(facts, issue, statementData(facts, statement, issue)),
    heading,
    number: say('statement.number', { number: statement }),
    inOneLanguage:
      main === issue.language ? null : say('statement.inOneLanguage', { language: wordsIn(main).t('language.name') }),
    audiences,
    services: spokenOf(facts, own.at(-1)!, issue),
  }
}

function toAudience(id: PublicAudience, versions: readonly StatementFacts[], words: Words): ToAudience {
  const current = versions.at(-1)!
  const earlier = versions.slice(0, -1).map((one, position) => versionOf(one, words, versions[position + 1]))
  return {
    id,
    heading: words.say(`statement.${id}`),
    headline: headlineOf(current, words),
    current: versionOf(current, words),
    earlier: earlier.reverse(),
  }
}

function spokenOf(facts: OrganisationFacts, { services }: StatementFacts, issue: Issue): SpokenOf[] {
  const { say } = wordsIn(issue.language)
  const home = homePath(facts, issue)
  return services.flatMap(({ id, level }) => {
    const service = facts.services.find(({ slug }) => `${facts.slug}/${slug}` === id)
    const state = say(`level.${level}`).toLowerCase()
    if (!service) return []
    return [
      {
        text: say('statement.service', { service: service.name, level: state }),
        url: `${home}/services/${service.slug}`,
      },
    ]
  })
}
