import type { Level } from '#contexts/estate'
import { reasons, truth } from '#contexts/incident'
import { sayTime } from '#platform/words'
import { countsOf, type Issue, type OrganisationFacts, type ServiceFacts } from '../core/facts.ts'
import { nextUpdate, story, storyKey } from '../core/words.ts'
import { type Frame, frame } from './frame.view.ts'

interface Link {
  readonly name: string
  readonly url: string
}

/** Services that share level, start, reason and outlook: told once. */
interface ServiceGroup {
  /** Null where they run as usual. */
  readonly story: string | null
  readonly services: readonly Link[]
}

interface LevelSection {
  readonly id: string
  readonly heading: string
  readonly count: number
  readonly style: string
  readonly groups: readonly ServiceGroup[]
}

export interface OrganisationPage extends Frame {
  readonly name: string
  readonly truth: string
  readonly reasons: readonly string[]
  readonly nextUpdate: string | null
  readonly impaired: boolean
  readonly sections: readonly LevelSection[]
  readonly json: string
}

const SECTIONS = [
  { level: 'stopped', id: 'stopped', heading: 'Stopped', style: 'hf-stopped' },
  { level: 'degraded', id: 'limited', heading: 'Limited', style: 'hf-limited' },
  { level: 'normal', id: 'as-usual', heading: 'Running as usual', style: 'hf-usual' },
] as const satisfies readonly { level: Level; id: string; heading: string; style: string }[]

export function organisationPage(facts: OrganisationFacts, issue: Issue): OrganisationPage {
  const { slug, name, exercise, services } = facts
  const counts = countsOf(services)
  const source = `${name} records what its services stand on; this page follows from that.`
  return {
    ...frame({ title: `Services of ${name}: what works now`, owner: name, home: `/${slug}`, exercise, source }, issue),
    name,
    truth: `At ${sayTime(issue.madeAt)}, ${truth(counts)}`,
    reasons: reasons(services).slice(0, 3),
    nextUpdate: nextUpdate(facts),
    impaired: counts.usual < counts.total,
    sections: SECTIONS.flatMap(({ level, ...section }) => {
      const own = services.filter((service) => service.level === level)
      return own.length === 0 ? [] : [{ ...section, count: own.length, groups: groups(slug, own) }]
    }),
    json: `/${slug}/api/v2/summary.json`,
  }
}

function groups(organisation: string, services: readonly ServiceFacts[]): ServiceGroup[] {
  return [...Map.groupBy(services, storyKey).values()]
    .sort((a, b) => b.length - a.length)
    .map((members) => ({
      story: story(members),
      services: members.map(({ slug, name }) => ({ name, url: `/${organisation}/services/${slug}` })),
    }))
}
