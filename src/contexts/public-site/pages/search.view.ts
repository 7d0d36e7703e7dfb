import type { Level } from '#contexts/estate'
import type { LanguageCode } from '#platform/words'
import { ASKED_FOR } from '../core/asked-for.ts'
import { wordsIn } from '../core/catalogue/index.ts'
import type { Issue, OrganisationFacts } from '../core/facts.ts'
import { find, type SearchableService } from '../core/find.ts'
import { themeOf } from '../core/themes.ts'
import { marked } from '../core/words.ts'
import { STYLES } from './first-lines.view.ts'
import { type Frame, onPaper, type Surroundings, surroundings } from './frame.view.ts'
import { homePath, inLanguages } from './place.ts'

/** What is published for searching: all that a page of results says, of the same revision as the pages. */
export interface SearchIndex {
  readonly organisation: {
    readonly slug: string
    readonly called: string
    readonly exercise: boolean
    readonly languages: readonly LanguageCode[]
  }
  /** Says EXERCISE where it is one. */
  readonly notice: string | null
  readonly issue: Issue
  readonly services: readonly SearchableService[]
}

export function searchIndex(facts: OrganisationFacts, issue: Issue): SearchIndex {
  const { t } = wordsIn(issue.language)
  return {
    organisation: {
      slug: facts.slug,
      called: facts.name,
      exercise: facts.exercise,
      languages: facts.languages,
    },
    notice: facts.exercise ? t('exercise.banner') : null,
    issue,
    services: facts.services.map((service) => ({
      slug: service.slug,
      service: service.name,
      level: service.level,
      words: [t(`theme.${themeOf(service)}`), ASKED_FOR[service.lgsl ?? 0] ?? ''].join(' ').trim(),
    })),
  }
}

interface Found {
  readonly name: string
  readonly url: string
  readonly state: string
  readonly style: string
}

export interface SearchPage extends Frame {
  readonly query: string
  /** Null where nothing was asked. */
  readonly outcome: string | null
  readonly found: readonly Found[]
  readonly all: readonly Found[]
  /** Said on a copy that cannot search. */
  readonly copy: boolean
}

/** Results where something was asked; always all services from A to Z. */
export function searchPage(index: SearchIndex, query: string, copy = false): SearchPage {
  const { organisation, issue, services } = index
  const words = wordsIn(issue.language)
  const { say, t } = words
  const asked = query.trim()
  const found = asked === '' ? [] : find(services, asked)
  const home = homePath(organisation, issue)
  const path = `/search${asked ? `?${new URLSearchParams({ q: asked })}` : ''}`
  const link = ({ slug, service, level }: { slug: string; service: string; level: Level }): Found => ({
    name: service,
    url: `${home}/services/${slug}`,
    state: t(`level.${level}`),
    style: STYLES[level],
  })
  const source = say('frame.source.own', { organisation: organisation.called })
  const links = [
    { name: t('frame.services'), url: home },
    { name: t('frame.contact'), url: `${home}/contact` },
  ]
  const around: Surroundings = surroundings(
    { name: organisation.called, home, exercise: organisation.exercise, source, links },
    issue,
  )
  return {
    ...around,
    title: marked(organisation.exercise, say('search.title', { organisation: organisation.called }), words),
    query: asked,
    outcome:
      asked === ''
        ? null
        : found.length === 0
          ? say('search.none', { query: asked })
          : say('search.found', { count: found.length, query: asked }),
    found: found.map(link),
    all: services.map(link),
    copy,
    languages: inLanguages(organisation, issue, path),
    paper: onPaper(`${issue.url}${home}${path}`, issue),
  }
}
