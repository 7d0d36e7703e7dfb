import Type from 'typebox'
import { command, fields, Id, InstantText, Line, Words } from '#command'
import type { NodeId } from '#contexts/estate'
import { declare, standDown, updateMethane } from '../core/decide.ts'
import { incidentDecider } from '../core/state.ts'
import { incidents } from '../projections/incidents.ts'
import { type COMMANDERS, RESPONDERS } from './roles-allowed.ts'

export const streamOf = (incident: string) => `incident/${incident}`

const MethaneInput = Type.Object(
  {
    major: Type.Boolean({ description: 'declared a major incident?' }),
    location: Type.Optional(Words),
    type: Type.Optional(Words),
    hazards: Type.Optional(Words),
    access: Type.Optional(Words),
    casualties: Type.Optional(Words),
    emergencyServices: Type.Optional(Words),
  },
  { additionalProperties: false, description: 'METHANE (JESIP): what is known so far' },
)

export const declareIncident = command({
  name: 'incident.declare',
  summary: 'Declare an incident',
  description: 'Opens an incident. Source of the METHANE fields: JESIP joint doctrine.',
  input: fields({
    title: Line,
    summary: Words,
    occurredAt: Type.Optional(InstantText),
    reportedAt: Type.Optional(InstantText),
    methane: Type.Optional(MethaneInput),
  }),
  roles: RESPONDERS,
  answers: Type.Object({ incident: Id }),
  stream: (_input, id) => streamOf(id),
  decider: incidentDecider,
  decide(state, { input, id, now }) {
    const decided = declare(state, input, id, now)
    return 'refused' in decided ? decided : { events: decided, answer: { incident: id } }
  },
})

export const updateIncidentMethane = command({
  name: 'incident.update-methane',
  summary: 'Replace the METHANE report of an incident',
  input: fields({ incident: Id, methane: MethaneInput }),
  roles: RESPONDERS,
  stream: (input) => streamOf(input.incident),
  decider: incidentDecider,
  decide: (state, { input }) => updateMethane(state, input),
})

export const standDownIncident = command({
  name: 'incident.stand-down',
  summary: 'Stand an incident down',
  description: 'Formally ends it. What is still isolated stays isolated and is named in the answer.',
  input: fields({ incident: Id, reason: Words }),
  roles: ['strategic', 'tactical', 'admin'] satisfies typeof COMMANDERS,
  answers: Type.Object({ stillIsolated: Type.Array(Id) }),
  stream: (input) => streamOf(input.incident),
  decider: incidentDecider,
  facts: ({ incident }, { models, organisation }) => ({
    isolated: models.of(incidents, organisation).get(incident)?.isolated ?? new Set<NodeId>(),
  }),
  decide(state, { input, facts: { isolated } }) {
    const decided = standDown(state, input, isolated)
    return 'refused' in decided ? decided : { events: decided, answer: { stillIsolated: [...isolated].sort() } }
  },
})
