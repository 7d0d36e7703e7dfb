import { innerPolicy } from '#platform/http'
import { formStylesheet, type SafeHtml, stylesheet } from '#platform/views'
import { type Words, wordsIn } from '../core/catalogue/index.ts'
import type { Issue, OrganisationFacts } from '../core/facts.ts'
import { marked, staleness } from '../core/words.ts'

const POLICY = innerPolicy([stylesheet.source, formStylesheet.source])

export interface Link {
  readonly name: string
  readonly url: string
}

/** What every public page carries besides its own matter. */
export interface Frame {
  readonly lang: string
  readonly t: Words['t']
  readonly title: string
  readonly owner: string
  readonly home: string
  readonly exercise: boolean
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
}

/** All of a frame but the title, which pages of one owner share. */
export type Surroundings = Omit<Frame, 'title'>

interface Owner {
  readonly name: string
  readonly home: string
  readonly exercise: boolean
  readonly source: string
  readonly links?: readonly Link[]
}

/** Around pages of the region. */
export function surroundings(owner: Owner, issue: Issue): Surroundings {
  const words = wordsIn(issue.language)
  const { name, home, exercise, source, links = [] } = owner
  return {
    lang: words.code,
    t: words.t,
    owner: name,
    home,
    exercise,
    style: stylesheet.text,
    policy: POLICY,
    head: null,
    more: words.say('frame.more', { organisation: name }),
    links,
    source,
    made: words.say('frame.made', { time: words.time(issue.madeAt) }),
    stale: staleness(issue.confirmedUntil, words),
    revision: words.say('frame.revision', { revision: issue.revision }),
  }
}

const made = new WeakMap<OrganisationFacts, { issue: Issue; around: Surroundings }>()

/** Around pages of an organisation: made once for all of them. */
function around(facts: OrganisationFacts, issue: Issue): Surroundings {
  const last = made.get(facts)
  if (last?.issue === issue) return last.around
  const { t, say } = wordsIn(issue.language)
  const home = `/${facts.slug}`
  const links = [
    { name: t('frame.services'), url: home },
    { name: t('frame.contact'), url: `${home}/contact` },
    { name: t('frame.statements'), url: `${home}/statements` },
    { name: t('frame.affected'), url: `${home}/affected` },
    { name: t('frame.subscribe'), url: `${home}/subscribe` },
    { name: t('frame.partners'), url: `${home}/partners` },
    { name: t('frame.press'), url: `${home}/press` },
    { name: t('frame.region'), url: '/' },
  ]
  const source = say('frame.source.own', { organisation: facts.name })
  const fresh = surroundings({ name: facts.name, home, exercise: facts.exercise, source, links }, issue)
  made.set(facts, { issue, around: fresh })
  return fresh
}

export function frame(facts: OrganisationFacts, issue: Issue, title: string): Frame {
  return { ...around(facts, issue), title: marked(facts.exercise, title, wordsIn(issue.language)) }
}
