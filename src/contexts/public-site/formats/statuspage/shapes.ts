import type { Level } from '#contexts/estate'

/** Statuspage's own words only: a reader takes a word it doesn't know for "operational". */
export type ComponentStatus =
  | 'operational'
  | 'degraded_performance'
  | 'partial_outage'
  | 'major_outage'
  | 'under_maintenance'

export const COMPONENT_STATUS: Readonly<Record<Level, ComponentStatus>> = {
  normal: 'operational',
  degraded: 'degraded_performance',
  stopped: 'major_outage',
}

export interface AffectedComponent {
  readonly code: string
  readonly name: string
  readonly old_status: ComponentStatus
  readonly new_status: ComponentStatus
}

export interface IncidentUpdate {
  readonly id: string
  readonly incident_id: string
  readonly status: 'investigating' | 'identified' | 'monitoring' | 'resolved'
  readonly body: string
  readonly created_at: string
  readonly updated_at: string
  readonly display_at: string
  readonly affected_components: readonly AffectedComponent[]
}
