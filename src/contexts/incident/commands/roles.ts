import Type from 'typebox'
import { command, fields, Id, Line, oneOf } from '#command'
import { handOverRole, takeRole } from '../core/decide-roles.ts'
import { COMMAND_ROLES } from '../core/events.ts'
import { incidentDecider } from '../core/state.ts'
import { streamOf } from './lifecycle.ts'
import { COMMANDERS } from './roles-allowed.ts'

const role = {
  incident: Id,
  role: oneOf(COMMAND_ROLES, 'strategic, tactical, operational (gold, silver, bronze) or lead of a cell'),
  cell: Type.Optional(Line),
}

export const takeCommandRole = command({
  name: 'incident.take-role',
  summary: 'Take a command role that nobody holds',
  input: fields({ ...role, holder: Line }),
  roles: COMMANDERS,
  stream: (input) => streamOf(input.incident),
  decider: incidentDecider,
  decide: (state, { input }) => takeRole(state, input),
})

export const handOverCommandRole = command({
  name: 'incident.hand-over-role',
  summary: 'Hand a command role over to somebody else',
  input: fields({ ...role, to: Line }),
  roles: COMMANDERS,
  stream: (input) => streamOf(input.incident),
  decider: incidentDecider,
  decide: (state, { input }) => handOverRole(state, input),
})
