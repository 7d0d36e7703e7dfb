import Type from 'typebox'
import { type Context, command, fields, Id, InstantText, Words } from '#command'
import { incidents } from '#contexts/incident'
import { type Instant, isRefusal, type Refusal } from '#kernel'
import { draftCorrection, draftStatement, reword, withdraw } from '../core/decide-drafts.ts'
import { publish } from '../core/decide-publish.ts'
import type { Facts } from '../core/facts.ts'
import { refuse } from '../core/refusals.ts'
import { statementsDecider } from '../core/statement-state.ts'
import { drafts, onlyOpenIncident, todayFor } from '../projections/drafts.ts'
import { liveFacts, markingOf } from '../projections/live-facts.ts'
import { SPEAKERS } from './allowed.ts'
import { AudienceName, Audiences, StatementNumber, WordingInput } from './inputs.ts'

const common = { roles: SPEAKERS, stream: () => 'statements', decider: statementsDecider } as const

function factsFor({ models, organisation, now }: Context, incident: string | null, promised?: Instant): Facts {
  return liveFacts(models, organisation, now, { incident, promised: promised ?? null })
}

function incidentOf({ models, organisation }: Context, asked: string | undefined): string | null | Refusal {
  if (asked === undefined) return onlyOpenIncident(models, organisation)
  if (models.of(incidents, organisation).has(asked)) return asked
  return refuse(
    'unknown-incident',
    `${asked} is not an incident of this organisation. Look up its id in the situation.`,
    [{ pointer: '/incident', detail: 'is not an incident of this organisation' }],
  )
}

const statementIncident = ({ models, organisation }: Context, statement: number) =>
  models.of(drafts, organisation).statements.get(statement)?.incident ?? null

export const draftAStatement = command({
  ...common,
  name: 'statements.draft',
  summary: 'Draft a statement from what is recorded now, worded for each audience',
  description:
    'In the frame known, not known yet, what we are doing, what you should do, when and where you hear more. Every sentence stands ' +
    'on a recorded fact. A second person publishes it.',
  input: fields({
    incident: Type.Optional(Id),
    audiences: Type.Optional(Audiences),
    nextUpdateAt: Type.Optional(InstantText),
  }),
  answers: Type.Object({ statement: StatementNumber }),
  facts(input, context) {
    const incident = incidentOf(context, input.incident)
    return isRefusal(incident) ? incident : { incident, facts: factsFor(context, incident, input.nextUpdateAt) }
  },
  decide(state, { input, facts }) {
    const decided = draftStatement(state, { ...input, incident: facts.incident }, facts.facts)
    return 'refused' in decided ? decided : { events: decided, answer: { statement: state.size + 1 } }
  },
})

export const rewordADraft = command({
  ...common,
  name: 'statements.reword',
  summary: 'Put a draft into other words',
  description: 'Whoever rewords it last does not publish it.',
  input: fields({ statement: StatementNumber, audience: AudienceName, wording: WordingInput }),
  facts: (_input, { models, organisation }) => markingOf(models, organisation),
  decide: (state, { input, facts }) => reword(state, input, facts),
})

export const draftACorrection = command({
  ...common,
  name: 'statements.draft-correction',
  summary: 'Draft the next version of what has been published, saying what changed',
  description: "Worded from today's facts unless `wording` is given. It is published like any draft.",
  input: fields({
    statement: StatementNumber,
    audience: AudienceName,
    whatChanged: Words,
    wording: Type.Optional(WordingInput),
    nextUpdateAt: Type.Optional(InstantText),
  }),
  facts: (input, context) => factsFor(context, statementIncident(context, input.statement), input.nextUpdateAt),
  decide: (state, { input, facts }) => draftCorrection(state, input, facts),
})

export const publishAStatement = command({
  ...common,
  name: 'statements.publish',
  summary: 'Publish a draft that somebody else has written',
  description:
    'For the audiences named, else for all that wait. Refused where something that the draft stands on no longer holds, unless ' +
    "`seen` is the digest of today's facts. Without a second person it needs a reason, which is recorded and shown.",
  input: fields({
    statement: StatementNumber,
    audiences: Type.Optional(Audiences),
    seen: Type.Optional(Id),
    reason: Type.Optional(Words),
  }),
  facts: (input, context) =>
    todayFor(context.models, context.organisation, context.now, statementIncident(context, input.statement)),
  decide: (state, { input, facts, actor }) => publish(state, input, facts, actor),
})

export const withdrawAStatement = command({
  ...common,
  name: 'statements.withdraw',
  summary: 'Withdraw what has been published, or drop a draft',
  input: fields({ statement: StatementNumber, audiences: Type.Optional(Audiences), reason: Words }),
  decide: (state, { input }) => withdraw(state, input),
})
