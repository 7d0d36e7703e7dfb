import { instant } from '#kernel'
import { wordsOf } from '../../core/catalogue/index.ts'
import { countsOf, type IncidentFacts, type Issue, type OrganisationFacts } from '../../core/facts.ts'
import { capital, marked } from '../../core/words.ts'
import { components } from './components.ts'
import { incidentUpdates } from './incident-updates.ts'

/** The files under `api/v2/`, by name, in the shape of the Statuspage API v2 (public, read only). */
export function statuspage(facts: OrganisationFacts, issue: Issue) {
  const words = wordsOf(facts)
  const page = {
    id: facts.slug,
    name: marked(facts.exercise, facts.name, words),
    url: `${issue.url}/${facts.slug}`,
    time_zone: 'Europe/London',
    // openstatus reads this spelling, Statuspage's own clients the other.
    timezone: 'Europe/London',
    updated_at: instant(issue.madeAt),
  }
  const status = {
    indicator: indicator(facts),
    description: marked(facts.exercise, capital(words.truth(countsOf(facts.services))), words),
  }
  const all = components(facts)
  const incidents = facts.incidents.map((one) => incident(facts, one, issue, all)).toReversed()
  const open = incidents.filter((one) => one.status !== 'resolved')
  return {
    'summary.json': { page, components: all, incidents: open, scheduled_maintenances: [], status },
    'status.json': { page, status },
    'components.json': { page, components: all },
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

function incident(facts: OrganisationFacts, one: IncidentFacts, issue: Issue, all: ReturnType<typeof components>) {
  const updates = incidentUpdates(facts, one)
  const hit = one.state === 'resolved' ? [] : all.filter(({ status }) => status !== 'operational')
  return {
    id: one.id,
    name: incidentName(facts),
    status: one.state,
    impact: one.stopsServices ? 'major' : 'minor',
    created_at: one.declaredAt,
    updated_at: updates[0]!.updated_at,
    started_at: one.startedAt,
    monitoring_at: one.state === 'monitoring' ? facts.changedAt : null,
    resolved_at: one.resolvedAt,
    shortlink: `${issue.url}/${facts.slug}`,
    page_id: facts.slug,
    incident_updates: updates,
    components: hit,
  }
}

/** What an incident is about, staff know; the public is told what it does. */
export function incidentName(facts: OrganisationFacts): string {
  const words = wordsOf(facts)
  return marked(facts.exercise, words.say('incident.name', { name: facts.name }), words)
}
