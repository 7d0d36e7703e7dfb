import { formPages, given } from '#command/forms'
import { nodeName } from '#contexts/estate'
import { DECIDERS } from '../commands/roles-allowed.ts'
import { localId } from './choice.ts'
import { incidentOf, incidentPath, titleOf } from './place.ts'

export const restorePages = formPages({
  path: '/incidents/:incident/restore',
  roles: DECIDERS,
  stepUp: true,
  facts: incidentOf,
  words: (incident, { frame }) => ({
    title: 'Restore components',
    caption: titleOf(incident),
    intro: [
      incident.isolated.size === 0
        ? 'Nothing is isolated in this incident.'
        : 'Services come back as far as nothing else holds them back. Look at the situation afterwards.',
    ],
    back: incidentPath(frame, incident.id),
    button: 'Restore',
    warning: true,
  }),
  asks: ({ isolated }, { models }) => [
    {
      kind: 'ticks',
      name: 'components',
      label: 'What comes back?',
      needed: 'Choose what comes back',
      choices: [...isolated].sort().map((id) => ({ value: localId(id), text: nodeName(models, id) })),
    },
    {
      kind: 'words',
      name: 'evidence',
      label: 'On what evidence is it safe?',
      hint: 'What was checked, by whom, and what remains unknown.',
      needed: 'Enter on what evidence it is safe',
    },
    { kind: 'time', name: 'at', label: 'Since when has it been back?', hint: 'Leave it empty if that is now.' },
  ],
  command: (said, { id }, _request, values) => ({
    name: 'incident.restore',
    input: given({ incident: id, components: values.components, evidence: said('evidence'), at: said('at') }),
  }),
  next: (incident, { frame }) => incidentPath(frame, incident.id),
})
