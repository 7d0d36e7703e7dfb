import Type from 'typebox'
import { type Context, command, fields, Id, InstantText, Line, oneOf, Words } from '#command'
import { CONDITIONS, componentOf, estateOf, type NodeId, nearest } from '#contexts/estate'
import { isRefusal, type JsonObject, type Refusal } from '#kernel'
import { type Current, isolate, ownComponents, recordCondition, restore } from '../core/decide-conditions.ts'
import { incidentDecider } from '../core/state.ts'
import { currentConditions } from '../projections/board.ts'
import { type WhatIf, whatIf } from '../projections/what-if.ts'
import { streamOf } from './lifecycle.ts'
import { OptionInput } from './records.ts'
import { DECIDERS, RESPONDERS } from './roles-allowed.ts'

const Components = Type.Array(Id, { minItems: 1, maxItems: 5000, description: 'ids of own components' })
const When = Type.Unsafe<string>({
  type: 'string',
  maxLength: 40,
  anyOf: [{ format: 'instant' }, { format: 'iso-duration' }],
  description: 'RFC 3339 time, or ISO 8601 duration from `since`',
})

interface Facts {
  readonly components: readonly NodeId[]
  readonly current: Current
}

function gather(
  { models, organisation, now }: Context,
  ids: readonly string[],
  pointer: (position: number) => string,
): Facts | Refusal {
  const components = ownComponents(
    organisation,
    ids.map((id, position) => ({ id, pointer: pointer(position) })),
    (id) => componentOf(models, id) !== null,
    (id) => nearest(id, estateOf(models, organisation)?.components.map((component) => component.id) ?? []),
  )
  return isRefusal(components)
    ? components
    : { components, current: currentConditions(models, organisation, components, now) }
}

export const recordAComponentCondition = command({
  name: 'incident.record-condition',
  summary: 'Record the condition of a component',
  input: fields({
    component: Id,
    condition: oneOf(CONDITIONS),
    since: Type.Optional(InstantText),
    reason: Words,
    incident: Type.Optional(Id),
  }),
  roles: RESPONDERS,
  stream: (input) => (input.incident === undefined ? 'conditions' : streamOf(input.incident)),
  decider: incidentDecider,
  facts: (input, context) => gather(context, [input.component], () => '/component'),
  decide: (state, { input, facts, now }) => recordCondition(state, input, facts.components[0]!, facts.current, now),
})

export const isolateComponents = command({
  name: 'incident.isolate',
  summary: 'Isolate components, with the consequences in view',
  description:
    'Records the decision to disconnect components from `since` (now where absent) with its rationale, options and ' +
    'authority, and answers with what it stops, when, and for whom.',
  input: fields({
    incident: Id,
    components: Components,
    precautionary: Type.Boolean({ description: 'no proof of compromise' }),
    rationale: Words,
    options: Type.Optional(Type.Array(Type.Union([Line, OptionInput]), { maxItems: 20 })),
    authority: Type.Optional(Line),
    since: Type.Optional(InstantText),
    expectedRestoration: Type.Optional(fields({ optimistic: When, likely: When, pessimistic: When })),
  }),
  roles: DECIDERS,
  answers: Type.Object({ impact: Type.Object({}) }),
  stream: (input) => streamOf(input.incident),
  decider: incidentDecider,
  facts(input, context) {
    const gathered = gather(context, input.components, (position) => `/components/${position}`)
    if (isRefusal(gathered)) return gathered
    const changes = gathered.components.map((component) => ({
      component,
      condition: 'isolated' as const,
      ...(input.since === undefined ? {} : { since: input.since }),
    }))
    return { ...gathered, impact: whatIf(context.models, context.organisation, changes, context.now) }
  },
  decide(state, { input, facts, now }) {
    const { stopped, degraded } = facts.impact
    const foreseen = {
      stopped: stopped.map(({ id, at }) => ({ id, at })),
      degraded: degraded.map(({ id, at }) => ({ id, at })),
    }
    return withImpact(isolate(state, input, facts.components, facts.current, foreseen, now), facts.impact)
  },
})

export const restoreComponents = command({
  name: 'incident.restore',
  summary: 'Restore components to service, on evidence',
  input: fields({ incident: Id, components: Components, evidence: Words, at: Type.Optional(InstantText) }),
  roles: DECIDERS,
  answers: Type.Object({ impact: Type.Object({}) }),
  stream: (input) => streamOf(input.incident),
  decider: incidentDecider,
  facts(input, context) {
    const gathered = gather(context, input.components, (position) => `/components/${position}`)
    if (isRefusal(gathered)) return gathered
    const changes = gathered.components.map((component) => ({ component, condition: 'operational' as const }))
    return { ...gathered, impact: whatIf(context.models, context.organisation, changes, context.now) }
  },
  decide: (state, { input, facts, now }) =>
    withImpact(restore(state, input, facts.components, facts.current, now), facts.impact),
})

function withImpact(decided: ReturnType<typeof isolate>, impact: WhatIf) {
  return 'refused' in decided ? decided : { events: decided, answer: { impact: impact as unknown as JsonObject } }
}
