import type { Frame, PageRequest } from '#command'
import type { Refusal } from '#kernel'
import { refuse } from '../core/refusals.ts'
import { type IncidentRecord, incidents } from '../projections/incidents.ts'

/** The console of the page's organisation, without a slash at its end. */
export function home({ organisation }: Frame): string {
  return `/console/${organisation.slug}`
}

export function incidentPath(frame: Frame, incident: string): string {
  return `${home(frame)}/incidents/${incident}`
}

/** The incident that the address names. */
export function incidentOf({ models, organisation, params }: PageRequest): IncidentRecord | Refusal {
  const found = models.of(incidents, organisation).get(params.incident!)
  return found ?? refuse('unknown-incident', 'Go back to the situation and choose one of its incidents.')
}

export function titleOf({ title }: IncidentRecord): string {
  return title ?? 'Incident (its title has been erased)'
}
