import type { Ask, Said } from '#command/forms'
import { formPages, given } from '#command/forms'
import { RESPONDERS } from '../commands/roles-allowed.ts'
import { PARTS } from './methane-parts.ts'
import { incidentOf, incidentPath, titleOf } from './place.ts'

export const METHANE_ASKS: readonly Ask[] = [
  {
    kind: 'choice',
    name: 'major',
    label: 'Is this a major incident?',
    hint: 'It is, if it needs more than your usual arrangements. You can change this later.',
    choices: [
      { value: 'yes', text: 'Yes' },
      { value: 'no', text: 'No, or not yet' },
    ],
    pointer: '/methane/major',
  },
  ...PARTS.map(
    ({ part, label, hint }): Ask => ({ kind: 'words', name: part, label, hint, rows: 2, pointer: `/methane/${part}` }),
  ),
]

/** Undefined where nothing of it was answered. */
export function methaneOf(said: Said): object | undefined {
  const parts = PARTS.map(({ part }) => [part, said(part)] as const)
  if (said('major') === undefined && parts.every(([, words]) => words === undefined)) return undefined
  return given({ major: said('major') === 'yes', ...Object.fromEntries(parts) })
}

export const methanePages = formPages({
  path: '/incidents/:incident/methane',
  roles: RESPONDERS,
  facts: incidentOf,
  words: (incident, { frame }) => ({
    title: 'Update the METHANE report',
    caption: titleOf(incident),
    intro: ['What you write here replaces the report. The earlier one stays in the timeline.'],
    back: incidentPath(frame, incident.id),
    button: 'Save the report',
  }),
  asks: () => METHANE_ASKS,
  first: ({ methane }) =>
    methane
      ? Object.fromEntries([
          ['major', [methane.major ? 'yes' : 'no']],
          ...PARTS.map(({ part }) => [part, [methane[part] ?? '']]),
        ])
      : {},
  command: (said, incident) => ({
    name: 'incident.update-methane',
    input: { incident: incident.id, methane: methaneOf(said) ?? { major: false } },
  }),
  next: (incident, { frame }) => incidentPath(frame, incident.id),
})
