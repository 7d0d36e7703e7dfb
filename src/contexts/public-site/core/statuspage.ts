import type { Level } from '#contexts/estate'
import { because, reasons, truth } from '#contexts/incident'
import { instant } from '#kernel'
import { countsOf, type IncidentFacts, type Issue, type OrganisationFacts, type ServiceFacts } from './facts.ts'
import { capital, marked } from './words.ts'

/** Statuspage's own words only: a reader takes a word it doesn't know for "operational". */
const COMPONENT: Record<Level, string> = {
  normal: 'operational',
  degraded: 'degraded_performance',
  stopped: 'major_outage',
}

/** The files under `api/v2/`, by name, in the shape of the Statuspage API v2 (public, read only). */
export function statuspage(facts: OrganisationFacts, issue: Issue): Record<string, object> {
  const page = {
    id: facts.slug,
    name: marked(facts.exercise, facts.name),
    url: `${issue.url}/${facts.slug}`,
    time_zone: 'Europe/London',
    // openstatus reads this spelling, Statuspage's own clients the other.
    timezone: 'Europe/London',
    updated_at: instant(issue.madeAt),
  }
  const status = {
    indicator: indicator(facts),
    description: marked(facts.exercise, capital(truth(countsOf(facts.services)))),
  }
  const components = facts.services.map((service, position) => component(facts, service, position + 1))
  const incidents = facts.incidents.map((one) => incident(facts, one, issue))
  const open = incidents.filter((one) => one.status !== 'resolved')
  return {
    'summary.json': { page, components, incidents: open, scheduled_maintenances: [], status },
    'status.json': { page, status },
    'components.json': { page, components },
    'incidents.json': { page, incidents },
    'incidents/unresolved.json': { page, incidents: open },
    'scheduled-maintenances.json': { page, scheduled_maintenances: [] },
    'scheduled-maintenances/upcoming.json': { page, scheduled_maintenances: [] },
    'scheduled-maintenances/active.json': { page, scheduled_maintenances: [] },
  }
}

/** critical: half of the services or more have stopped; major: some have; minor: some are limited. */
function indicator(facts: OrganisationFacts): 'none' | 'minor' | 'major' | 'critical' {
  const { stopped, limited, total } = countsOf(facts.services)
  if (stopped > 0) return stopped * 2 >= total ? 'critical' : 'major'
  return limited > 0 ? 'minor' : 'none'
}

function component(facts: OrganisationFacts, service: ServiceFacts, position: number) {
  const { cause, listedAt } = service
  const since = service.since === null ? listedAt : instant(service.since)
  return {
    id: service.slug,
    name: marked(facts.exercise, service.name),
    status: COMPONENT[service.level],
    created_at: listedAt,
    updated_at: [since, listedAt, facts.changedAt].toSorted().at(-1)!,
    position,
    description: cause
      ? `${service.level === 'stopped' ? 'Stopped' : 'Limited'} because ${because(cause)}.`
      : (service.override?.told ?? null),
    showcase: true,
    start_date: null,
    group_id: null,
    page_id: facts.slug,
    group: false,
    only_show_if_degraded: false,
  }
}

function incident(facts: OrganisationFacts, one: IncidentFacts, issue: Issue) {
  const resolved = one.state === 'resolved'
  const hit = resolved ? [] : facts.services.filter(({ level }) => level !== 'normal')
  const updatedAt = one.resolvedAt ?? [one.declaredAt, facts.changedAt].toSorted().at(-1)!
  const why = reasons(facts.services)[0]
  const body = resolved
    ? 'This incident is over.'
    : `${capital(truth(countsOf(facts.services)))}${why ? ` The main reason: ${why}.` : ''}`
  return {
    id: one.id,
    name: marked(facts.exercise, `Disruption to services of ${facts.name}`),
    status: one.state,
    impact: one.stopsServices ? 'major' : 'minor',
    created_at: one.declaredAt,
    updated_at: updatedAt,
    started_at: one.startedAt,
    monitoring_at: one.state === 'monitoring' ? facts.changedAt : null,
    resolved_at: one.resolvedAt,
    shortlink: `${issue.url}/${facts.slug}`,
    page_id: facts.slug,
    incident_updates: [
      {
        id: `${one.id}-${Date.parse(updatedAt)}`,
        incident_id: one.id,
        status: one.state,
        body: marked(facts.exercise, body),
        created_at: updatedAt,
        updated_at: updatedAt,
        display_at: updatedAt,
        affected_components: hit.map(({ slug, name, level }) => ({
          code: slug,
          name: marked(facts.exercise, name),
          old_status: 'operational',
          new_status: COMPONENT[level],
        })),
      },
    ],
    components: hit.map((service) => component(facts, service, facts.services.indexOf(service) + 1)),
  }
}
