import Type from 'typebox'
import { command, fields, Id, InstantText, Line, Words } from '#command'
import { issueSitrep, recordAssumption, recordDecision, reviewAssumption } from '../core/decide-records.ts'
import { incidentDecider } from '../core/state.ts'
import { serviceCounts } from '../projections/board.ts'
import { streamOf } from './lifecycle.ts'
import { COMMANDERS, RESPONDERS } from './roles-allowed.ts'

export const OptionInput = Type.Object(
  { title: Line, consequence: Type.Optional(Words), chosen: Type.Optional(Type.Boolean()) },
  { additionalProperties: false },
)

export const recordADecision = command({
  name: 'incident.record-decision',
  summary: 'Record a decision: what was chosen, from which options, why, on whose authority',
  description: 'Source of the shape: the JESIP joint decision model and its decision controls.',
  input: fields({
    incident: Id,
    title: Line,
    decision: Words,
    rationale: Words,
    options: Type.Optional(Type.Array(OptionInput, { maxItems: 20 })),
    authority: Type.Optional(Line),
  }),
  roles: COMMANDERS,
  stream: (input) => streamOf(input.incident),
  decider: incidentDecider,
  decide: (state, { input }) => recordDecision(state, input),
})

export const recordAnAssumption = command({
  name: 'incident.record-assumption',
  summary: 'Record what is being assumed, and when to look at it again',
  input: fields({ incident: Id, assumption: Words, reviewAt: InstantText }),
  roles: RESPONDERS,
  stream: (input) => streamOf(input.incident),
  decider: incidentDecider,
  decide: (state, { input }) => recordAssumption(state, input),
})

export const reviewAnAssumption = command({
  name: 'incident.review-assumption',
  summary: 'Say whether an assumption still holds',
  input: fields({
    incident: Id,
    assumption: Type.Integer({ minimum: 1 }),
    holds: Type.Boolean(),
    note: Words,
    reviewAt: Type.Optional(InstantText),
  }),
  roles: RESPONDERS,
  stream: (input) => streamOf(input.incident),
  decider: incidentDecider,
  decide: (state, { input }) => reviewAssumption(state, input),
})

export const issueASitrep = command({
  name: 'incident.issue-sitrep',
  summary: 'Issue a situation report',
  description: 'Frame: known, not known yet, what we are doing, what you should do, when you hear more.',
  input: fields({
    incident: Id,
    known: Words,
    notKnown: Words,
    doing: Words,
    advice: Type.Optional(Words),
    nextUpdateAt: Type.Optional(InstantText),
  }),
  roles: COMMANDERS,
  stream: (input) => streamOf(input.incident),
  decider: incidentDecider,
  facts: (_input, { models, organisation, now }) => serviceCounts(models, organisation, now),
  decide: (state, { input, facts, now }) => issueSitrep(state, input, facts, now),
})
