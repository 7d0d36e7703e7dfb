import type { IncidentEvent } from '../core/events.ts'

type Type = IncidentEvent['type']

/** What people filter the timeline by. */
export const KINDS: readonly { readonly kind: string; readonly text: string; readonly types: readonly Type[] }[] = [
  { kind: 'incident', text: 'Declared and stood down', types: ['incident.declared', 'incident.stood-down'] },
  { kind: 'methane', text: 'METHANE reports', types: ['incident.methane-updated'] },
  { kind: 'roles', text: 'Command roles', types: ['incident.role-taken', 'incident.role-handed-over'] },
  {
    kind: 'conditions',
    text: 'Isolation, restoration and conditions',
    types: ['incident.condition-recorded', 'incident.components-isolated', 'incident.components-restored'],
  },
  { kind: 'decisions', text: 'Other decisions', types: ['incident.decision-recorded'] },
  { kind: 'assumptions', text: 'Assumptions', types: ['incident.assumption-recorded', 'incident.assumption-reviewed'] },
  { kind: 'sitreps', text: 'Situation reports', types: ['incident.sitrep-issued'] },
]
