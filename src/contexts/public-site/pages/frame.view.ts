import { mainLanguage } from '#contexts/estate'
import { exerciseMark } from '#contexts/incident'
import { innerPolicy } from '#platform/http'
import { formStylesheet, type SafeHtml, stylesheet } from '#platform/views'
import { type Words, wordsIn } from '../core/catalogue/index.ts'
import type { Issue, OrganisationFacts } from '../core/facts.ts'
import { marked, staleness } from '../core/words.ts'
import { homePath, type InLanguage, inLanguages } from './place.ts'

const POLICY = innerPolicy([stylesheet.source, formStylesheet.source])

export interface Link {
  readonly name: string
  readonly url: string
}

/** What every public page carries besides its own matter. */
export interface Frame {
  readonly lang: string
  /** The same page in the languages that the organisation speaks; empty where it is one. */
  readonly languages: readonly InLanguage[]
  /** The language of what people typed, where it is not the page's. */
  readonly typedIn: string | null
  readonly t: Words['t']
  readonly title: string
  readonly owner: string
  readonly home: string
  readonly exercise: boolean
  readonly mark: string
  readonly style: SafeHtml
  /** For browsers that have the page from another web server. */
  readonly policy: string
  /** For feeds and formats: what goes into the page's head. */
  readonly head: SafeHtml | null
  readonly more: string
  readonly links: readonly Link[]
  readonly source: string
  readonly made: string
  readonly stale: string
  readonly revision: string
  /** The site's address, for links that lead somewhere on paper. */
  readonly site: string
  /** On paper alone: where the page is, if it can be looked at again. */
  readonly paper: string | null
}

/** All of a frame but what each page has of its own. */
export type Surroundings = Omit<Frame, 'title' | 'languages'>

interface Owner {
  readonly name: string
  readonly home: string
  readonly exercise: boolean
  readonly source: string
  readonly typedIn?: string | null
  readonly links?: readonly Link[]
}

/** Around pages of the region. */
export function surroundings(owner: Owner, issue: Issue): Surroundings {
  const words = wordsIn(issue.language)
  const { name, home, exercise, source, typedIn = null, links = [] } = owner
  return {
    lang: words.code,
    typedIn,
    t: words.t,
    owner: name,
    home,
    exercise,
    mark: exerciseMark(words.code),
    style: stylesheet.text,
    policy: POLICY,
    head: null,
    more: words.say('frame.more', { organisation: name }),
    links,
    source,
    made: words.say('frame.made', { time: words.time(issue.madeAt) }),
    stale: staleness(issue.confirmedUntil, words),
    revision: words.say('frame.revision', { revision: issue.revision }),
    site: issue.url,
    paper: null,
  }
}

const made = new WeakMap<OrganisationFacts, { issue: Issue; around: Surroundings }>()

/** Around pages of an organisation: made once for all of them. */
function around(facts: OrganisationFacts, issue: Issue): Surroundings {
  const last = made.get(facts)
  if (last?.issue === issue) return last.around
  const { t, say } = wordsIn(issue.language)
  const home = homePath(facts, issue)
  const main = mainLanguage(facts)
  const links = [
    { name: t('frame.services'), url: home },
    { name: t('frame.contact'), url: `${home}/contact` },
    { name: t('frame.statements'), url: `${home}/statements` },
    { name: t('frame.affected'), url: `${home}/affected` },
    { name: t('frame.subscribe'), url: `/${facts.slug}/subscribe` },
    { name: t('frame.partners'), url: `${home}/partners` },
    { name: t('frame.press'), url: `${home}/press` },
    { name: t('frame.region'), url: '/' },
  ]
  const source = say('frame.source.own', { organisation: facts.name })
  const fresh = surroundings(
    {
      name: facts.name,
      home,
      exercise: facts.exercise,
      source,
      links,
      typedIn: main === issue.language ? null : main,
    },
    issue,
  )
  made.set(facts, { issue, around: fresh })
  return fresh
}

export function onPaper(address: string, issue: Issue): string {
  return wordsIn(issue.language).say('frame.paper', { address })
}

/** `path`: of the page within the organisation, such as `/contact`. */
export function frame(facts: OrganisationFacts, issue: Issue, path: string, title: string): Frame {
  return {
    ...around(facts, issue),
    title: marked(facts.exercise, title, wordsIn(issue.language)),
    languages: inLanguages(facts, issue, path),
    paper: onPaper(`${issue.url}${homePath(facts, issue)}${path}`, issue),
  }
}
