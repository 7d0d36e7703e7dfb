import { formPages } from '#command/forms'
import { nodeName } from '#contexts/estate'
import { DECIDERS } from '../commands/roles-allowed.ts'
import { incidentOf, incidentPath, titleOf } from './place.ts'
import { someOf } from './say.ts'

export const standDownPages = formPages({
  path: '/incidents/:incident/stand-down',
  roles: DECIDERS,
  stepUp: true,
  facts: incidentOf,
  words: (incident, { frame, models }) => ({
    title: 'Stand the incident down',
    caption: titleOf(incident),
    intro: [
      'Nothing more can be recorded in an incident that has been stood down.',
      incident.isolated.size === 0
        ? 'Nothing is isolated in it.'
        : `What is isolated stays isolated: ${someOf(
            [...incident.isolated].map((id) => nodeName(models, id)),
            10,
          )}. Restore it first if it may come back.`,
    ],
    back: incidentPath(frame, incident.id),
    button: 'Stand the incident down',
    warning: true,
  }),
  asks: () => [{ kind: 'words', name: 'reason', label: 'Why is it over?', needed: 'Enter why it is over' }],
  command: (said, { id }) => ({ name: 'incident.stand-down', input: { incident: id, reason: said('reason') } }),
  next: (incident, { frame }) => incidentPath(frame, incident.id),
})
