import Type from 'typebox'
import { command, fields, Id, Line, oneOf } from '#command'
import { isRefusal } from '#kernel'
import { LANGUAGES } from '#platform/words'
import { addOrganisation, confirmAssumptions, notEmpty, revise, setLanguages } from '../core/decide.ts'
import { isEmptyPlan, planRevision } from '../core/plan.ts'
import { estateDecider, toEstate } from '../core/state.ts'
import { readImport } from '../read-import.ts'
import { TEMPLATES, templateEstate } from '../template/templates.ts'
import { defineAComponent, defineAService, retireANode } from './define.ts'
import { KEEPERS } from './keepers.ts'

const stream = () => 'estate'

export const EstateFiles = Type.Array(fields({ name: Line, text: Type.String({ maxLength: 20_000_000 }) }), {
  minItems: 1,
  maxItems: 100,
  description: 'YAML estate files, or components.csv, services.csv and needs.csv',
})

const addAnOrganisation = command({
  name: 'estate.add-organisation',
  summary: 'Add an organisation',
  input: fields({
    slug: Id,
    name: Line,
    gss: Type.Optional(
      Type.String({ pattern: '^[A-Z]\\d{8}$', description: 'code of the Office for National Statistics' }),
    ),
    kind: Type.Optional(oneOf(['council', 'partner', 'supplier', 'region'])),
  }),
  roles: ['admin'],
  founds: true,
  stream,
  decider: estateDecider,
  facts: (_input, { models, organisation }) => ({ begun: models.position(organisation) > 0 }),
  decide: (state, { input, organisation, actor, facts }) =>
    addOrganisation(state, input, organisation, actor, facts.begun),
})

const setTheLanguages = command({
  name: 'estate.set-languages',
  summary: 'Set the languages in which the organisation speaks to the public',
  description:
    'BCP 47, the main one first: statements, feeds and messages are in it. In each of the others all pages are there as well, ' +
    'at `/{organisation}/{language}`.',
  input: fields({ languages: Type.Array(oneOf(LANGUAGES), { minItems: 1, maxItems: LANGUAGES.length }) }),
  roles: ['admin'],
  stream,
  decider: estateDecider,
  decide: (state, { input }) => setLanguages(state, input.languages),
})

const importEstate = command({
  name: 'estate.import',
  summary: 'Import or revise the estate from files, all or nothing',
  description:
    'What the files no longer hold is retired. Every mistake is named with file, line and what was expected.',
  input: fields({ files: EstateFiles }),
  roles: KEEPERS,
  answers: Type.Object({
    added: Type.Integer(),
    changed: Type.Integer(),
    retired: Type.Integer(),
    warnings: Type.Array(Type.String()),
  }),
  stream,
  decider: estateDecider,
  facts: ({ files }, { models, organisation }) => readImport(models, organisation, files),
  decide(state, { facts }) {
    const plan = planRevision(toEstate(state), facts.estate)
    const { added, changed, retired } = plan
    return {
      events: isEmptyPlan(plan) ? [] : revise(facts.estate, plan),
      answer: { added: added.length, changed: changed.length, retired: retired.length, warnings: [...facts.warnings] },
    }
  },
})

const startFromTemplate = command({
  name: 'estate.start-from-template',
  summary: 'Start with the estate of a typical council, to correct as one learns',
  description: 'Everything it brings is marked as an assumption until somebody confirms it.',
  input: fields({
    template: oneOf(TEMPLATES),
    services: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 200 })),
  }),
  roles: KEEPERS,
  stream,
  decider: estateDecider,
  facts: ({ template, services }, { organisation }) => templateEstate(template, organisation, services),
  decide(state, { facts }) {
    const refused = notEmpty(state)
    if (isRefusal(refused)) return refused
    return revise(facts, planRevision(null, facts))
  },
})

const confirmEstateAssumptions = command({
  name: 'estate.confirm-assumptions',
  summary: 'Say that what the template assumed of these is so',
  input: fields({ nodes: Type.Array(Id, { minItems: 1, maxItems: 1000 }) }),
  roles: KEEPERS,
  stream,
  decider: estateDecider,
  decide: (state, { input, organisation }) => confirmAssumptions(state, input.nodes, organisation),
})

export const commands = [
  addAnOrganisation,
  setTheLanguages,
  importEstate,
  startFromTemplate,
  confirmEstateAssumptions,
  defineAComponent,
  defineAService,
  retireANode,
]
