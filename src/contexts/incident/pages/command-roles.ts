import { formPages, given } from '#command/forms'
import { COMMANDERS } from '../commands/roles-allowed.ts'
import { COMMAND_ROLES } from '../core/events.ts'
import { roleKey } from '../core/state.ts'
import { incidentOf, incidentPath, titleOf } from './place.ts'
import { ROLE_WORDS, sayRole } from './say.ts'

const takePages = formPages({
  path: '/incidents/:incident/roles/take',
  roles: COMMANDERS,
  facts: incidentOf,
  words: (incident, { frame }) => ({
    title: 'Take a command role',
    caption: titleOf(incident),
    back: incidentPath(frame, incident.id),
    button: 'Take the role',
  }),
  asks: () => [
    {
      kind: 'choice',
      name: 'role',
      label: 'Which role?',
      needed: 'Choose the role that is taken',
      choices: [
        { value: 'strategic', text: ROLE_WORDS.strategic, hint: 'Sets the aim' },
        { value: 'tactical', text: ROLE_WORDS.tactical, hint: 'Plans how to reach it' },
        { value: 'operational', text: ROLE_WORDS.operational, hint: 'Gets it done' },
        { value: 'cell-lead', text: ROLE_WORDS['cell-lead'], hint: 'Leads one cell, such as communications' },
      ],
    },
    { kind: 'line', name: 'cell', label: 'Which cell?', hint: 'Only for a cell lead.' },
    {
      kind: 'line',
      name: 'holder',
      label: 'Who takes it?',
      hint: 'Name or job title. It can be erased later.',
      needed: 'Enter who takes the role',
    },
  ],
  first: (_incident, { reader, query }) => ({ holder: [reader.name], role: query.getAll('role').slice(0, 1) }),
  command: (said, incident) => ({
    name: 'incident.take-role',
    input: given({ incident: incident.id, role: said('role'), cell: said('cell'), holder: said('holder') }),
  }),
  next: (incident, { frame }) => incidentPath(frame, incident.id),
})

const handOverPages = formPages({
  path: '/incidents/:incident/roles/hand-over',
  roles: COMMANDERS,
  facts: incidentOf,
  words: (incident, { frame }) => ({
    title: 'Hand a command role over',
    caption: titleOf(incident),
    intro: incident.roles.size === 0 ? ['Nobody holds a role yet: take one instead.'] : [],
    back: incidentPath(frame, incident.id),
    button: 'Hand it over',
  }),
  asks: (incident) => [
    {
      kind: 'choice',
      name: 'role',
      label: 'Which role?',
      needed: 'Choose the role that is handed over',
      choices: [...incident.roles.values()].map((one) => ({
        value: roleKey(one.role, one.cell),
        text: sayRole(one),
        hint: `Held by ${one.holder ?? 'a name that has been erased'}`,
      })),
    },
    { kind: 'line', name: 'to', label: 'Who takes over?', needed: 'Enter who takes over' },
  ],
  first: (_incident, { query }) => ({ role: query.getAll('role').slice(0, 1) }),
  command(said, incident) {
    const key = said('role')!
    const role = COMMAND_ROLES.find((one) => key === one || key.startsWith(`${one} `)) ?? key
    const cell = key.slice(role.length + 1) || undefined
    return { name: 'incident.hand-over-role', input: given({ incident: incident.id, role, cell, to: said('to') }) }
  },
  next: (incident, { frame }) => incidentPath(frame, incident.id),
})

export const rolePages = [...takePages, ...handOverPages]
