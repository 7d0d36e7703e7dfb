import Type from 'typebox'
import { command, DurationText, fields, Id, oneOf } from '#command'
import { defineComponent, defineService, retire } from '../core/define.ts'
import { COMPONENT_KINDS } from '../core/estate.ts'
import { estateDecider, toEstate } from '../core/state.ts'
import { estates } from '../projections/estates.ts'
import { knownNodes } from '../projections/known-nodes.ts'
import { neighboursLeftWithout } from '../projections/left-without.ts'
import { KEEPERS } from './keepers.ts'

const stream = () => 'estate'

const Needs = Type.Array(
  fields({
    anyOf: Type.Array(Id, { minItems: 1, maxItems: 50, description: 'ids, of a neighbour as organisation/id' }),
    atLeast: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, description: 'how many of them must hold; 1' })),
    strength: Type.Optional(oneOf(['requires', 'uses'], 'lost without it, or degraded without it; requires')),
    buffer: Type.Optional(DurationText),
  }),
  { maxItems: 200 },
)

const common = {
  id: Type.String({ minLength: 1, maxLength: 64 }),
  name: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }),
  owner: Type.Optional(Type.String({ maxLength: 200 })),
  needs: Type.Optional(Needs),
  isNew: Type.Optional(Type.Boolean({ description: 'refuse where the id is taken' })),
}

export const defineAComponent = command({
  name: 'estate.define-component',
  summary: 'Add a component with its needs, or replace what is recorded of it',
  description: 'Whoever defines it knows it: it no longer counts as an assumption.',
  input: fields({ ...common, kind: oneOf(COMPONENT_KINDS) }),
  roles: KEEPERS,
  stream,
  decider: estateDecider,
  facts: (_input, { models, organisation }) => knownNodes(models, organisation),
  decide: (state, { input, organisation, facts }) => defineComponent(state, input, { organisation, known: facts }),
})

export const defineAService = command({
  name: 'estate.define-service',
  summary: 'Add a service with its needs, or replace what is recorded of it',
  description: 'Whoever defines it knows it: it no longer counts as an assumption.',
  input: fields({
    ...common,
    lgsl: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
    statutory: Type.Optional(Type.Boolean()),
    rto: Type.Optional(DurationText),
    mtpd: Type.Optional(DurationText),
  }),
  roles: KEEPERS,
  stream,
  decider: estateDecider,
  facts: (_input, { models, organisation }) => knownNodes(models, organisation),
  decide: (state, { input, organisation, facts }) => defineService(state, input, { organisation, known: facts }),
})

export const retireANode = command({
  name: 'estate.retire',
  summary: 'Take a component or service out of the estate',
  description: 'Refused while something of the same organisation needs it; neighbours that do are named in `warnings`.',
  input: fields({ node: Id }),
  roles: KEEPERS,
  answers: Type.Object({ warnings: Type.Array(Type.String()) }),
  stream,
  decider: estateDecider,
  facts({ node }, { models, organisation }) {
    const { components = [], services = [] } = toEstate(models.of(estates, organisation)) ?? {}
    const others = { organisation, components, services }
    const id = node.includes('/') ? node : `${organisation}/${node}`
    return neighboursLeftWithout(models, {
      ...others,
      components: components.filter((one) => one.id !== id),
      services: services.filter((one) => one.id !== id),
    })
  },
  decide(state, { input, organisation, facts }) {
    const decided = retire(state, input.node, organisation)
    return 'refused' in decided ? decided : { events: decided, answer: { warnings: facts } }
  },
})
