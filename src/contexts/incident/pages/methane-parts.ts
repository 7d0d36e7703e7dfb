import type { Methane } from '../core/events.ts'

type Part = Exclude<keyof Methane, 'major'>

/** METHANE in plain questions, as a cyber incident asks them. Source: JESIP joint doctrine. */
export const PARTS: readonly { part: Part; short: string; label: string; hint: string }[] = [
  {
    part: 'location',
    short: 'Exact location',
    label: 'Exact location: what is hit?',
    hint: 'Systems, sites or suppliers, as far as you know.',
  },
  {
    part: 'type',
    short: 'Type of incident',
    label: 'Type: what kind of incident is it?',
    hint: 'For example, unusual sign-ins or encrypted files.',
  },
  {
    part: 'hazards',
    short: 'Hazards',
    label: 'Hazards: what could get worse?',
    hint: 'What may spread, or be lost next.',
  },
  {
    part: 'access',
    short: 'Access: safe channels',
    label: 'Access: which channels are safe to use?',
    hint: 'Phones, rooms and devices that are not hit.',
  },
  {
    part: 'casualties',
    short: 'Number of people at risk',
    label: 'Number of people at risk: who could come to harm?',
    hint: 'For example, residents who depend on social care visits.',
  },
  {
    part: 'emergencyServices',
    short: 'Emergency services',
    label: 'Emergency services: who else is here or needed?',
    hint: 'Police, NCSC, suppliers, neighbouring councils.',
  },
]
