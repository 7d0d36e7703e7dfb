import { wordsIn } from '../core/catalogue/index.ts'
import { countsOf, type Issue, type OrganisationFacts, type ServiceFacts } from '../core/facts.ts'
import { inOrder } from '../core/routes.ts'
import { THEMES, themeOf } from '../core/themes.ts'
import { state, stateKey } from '../core/words.ts'
import { STYLES } from './first-lines.view.ts'
import { homePath } from './place.ts'
import { type RouteLine, routeLine } from './routes.view.ts'

interface ServiceLine {
  readonly name: string
  readonly url: string
  /** While it is stopped or limited. */
  readonly instead: string | null
  readonly routes: readonly RouteLine[]
}

/** Services that share level, start and reason: told once. */
interface ServiceGroup {
  readonly style: string
  /** Null where they run as usual. */
  readonly story: string | null
  readonly services: readonly ServiceLine[]
}

export interface ThemeSection {
  readonly id: string
  readonly heading: string
  /** "2 stopped, 1 limited" */
  readonly state: string
  readonly style: string
  readonly groups: readonly ServiceGroup[]
}

const ORDER = { stopped: 0, degraded: 1, normal: 2 } as const

/** By what people look for; in each, what is stopped or limited comes first. */
export function themeSections(facts: OrganisationFacts, issue: Issue): ThemeSection[] {
  const words = wordsIn(issue.language)
  const byTheme = Map.groupBy(facts.services, themeOf)
  return THEMES.flatMap((theme) => {
    const services = byTheme.get(theme)
    if (!services) return []
    const { stopped, limited } = countsOf(services)
    const counts = [
      ...(stopped > 0 ? [words.say('organisation.theme.stopped', { count: stopped })] : []),
      ...(limited > 0 ? [words.say('organisation.theme.limited', { count: limited })] : []),
    ]
    return {
      id: theme,
      heading: words.say(`theme.${theme}`),
      state: counts.length > 0 ? words.list(counts) : words.say('organisation.theme.usual'),
      style: stopped > 0 ? 'stopped' : limited > 0 ? 'limited' : 'usual',
      groups: groups(facts, services, issue),
    }
  })
}

function groups(facts: OrganisationFacts, services: readonly ServiceFacts[], issue: Issue): ServiceGroup[] {
  const words = wordsIn(issue.language)
  return [...Map.groupBy(services, stateKey).values()]
    .sort((a, b) => ORDER[a[0]!.level] - ORDER[b[0]!.level] || b.length - a.length)
    .map((members) => ({
      style: STYLES[members[0]!.level],
      story: state(members, words),
      services: members.map((service) => line(facts, service, issue)),
    }))
}

function line(
  facts: OrganisationFacts,
  { slug, name, level, advice, routes }: ServiceFacts,
  issue: Issue,
): ServiceLine {
  const words = wordsIn(issue.language)
  const alternative = level === 'normal' ? null : advice?.alternative
  const own = inOrder(routes.filter(({ audiences }) => audiences.includes('residents')))
  return {
    name,
    url: `${homePath(facts, issue)}/services/${slug}`,
    instead: alternative ? words.say('organisation.instead', { text: alternative }) : null,
    routes: own.map((route) => routeLine(route, facts, words)),
  }
}
