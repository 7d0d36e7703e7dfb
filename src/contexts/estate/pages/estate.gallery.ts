import type { Frame } from '#command'
import { isRefusal, refusals } from '#kernel'
import type { Estate } from '../core/estate.ts'
import { templateEstate } from '../template/templates.ts'
import { editView } from './edit.view.ts'
import { BLANK, typedOf } from './edit-form.ts'
import { estateView } from './estate.view.ts'
import { importView } from './import.view.ts'
import { NOTHING } from './import-form.ts'
import { nodeView } from './node.view.ts'
import { retireView } from './retire.ts'
import { singlePointsView } from './single-points.ts'
import { startView } from './start.view.ts'
import { views } from './views.ts'

const refuse = refusals({ 'example-refusal': { kind: 'input', title: 'There is a problem' } })

/** Invented. */
const frame: Frame = {
  organisation: { slug: 'example', name: 'Example Borough Council' },
  exercise: true,
  reader: 'Alex Example',
  roles: ['tactical'],
  csrf: 'a-token',
  commandId: '0190d3c0-0000-7000-8000-000000000000',
  navigation: [{ href: '/console/example/estate', text: 'Estate', current: true }],
  elsewhere: [],
  madeAt: '2025-11-25T09:00:00.000Z',
  position: 42,
}

const typical = templateEstate('small-council', 'example')
if (isRefusal(typical)) throw new Error(typical.detail)
const estate: Estate = typical
const nothing: Estate = { organisation: 'example', components: [], services: [] }
const asked = { words: '', kind: '', unconfirmed: false }
const link = (id: string) => ({ href: `/console/example/estate/components/${id}`, name: id })
const service = estate.services[0]!
const kept = { components: estate.components.slice(0, 3), exact: true, lowerBound: 3 }
const text = 'organisation: example\ncomponents:\n  - { id: network, name: Network, kind: netwrok }\n'
const wrong = refuse('example-refusal', 'estate.yaml:3:44: kind "netwrok" is not known.', [
  { pointer: '/files/0/text', detail: 'estate.yaml:3:44: kind "netwrok" is not known; did you mean "network"?' },
  { pointer: '/files/0/text', detail: 'estate.yaml:2:1: another mistake' },
])
const empty = refuse('example-refusal', 'Choose at least one service', [
  { pointer: '/services', detail: 'Choose at least one service, or start with all of them' },
])

const misspelt = refuse('example-refusal', 'Correct what is marked.', [
  { pointer: '/name', detail: 'is needed' },
  { pointer: '/needs/0/anyOf/0', detail: 'netwrok is not in the estate of example: did you mean network?' },
  { pointer: '/needs/0/buffer', detail: 'is not a length of time' },
])
const adding = {
  frame,
  service: false,
  heading: 'Add a component',
  back: '/console/example/estate',
  isNew: true,
  typed: BLANK,
  refusal: null,
  retire: null,
  known: [{ id: 'network', name: 'Network' }],
}
const need = { anyOf: 'netwrok', atLeast: '', strength: 'uses', buffer: 'a while' }
const changing = {
  ...adding,
  service: true,
  heading: 'Change it',
  isNew: false,
  retire: '/console/example/estate/x/retire',
}
const browsing = { frame, estate, asked, mayKeep: true, neededBy: () => 2 }
const looking = { frame, node: service, mayKeep: true, linkTo: link, neededBy: [], keepAlive: kept, problem: null }

/** Every page of this room in each of its states, with invented contents. */
export const gallery: readonly { readonly name: string; readonly html: () => string }[] = [
  {
    name: 'estate, nothing recorded',
    html: () => views.render('estate.njk', estateView({ ...browsing, estate: nothing })),
  },
  { name: 'estate', html: () => views.render('estate.njk', estateView(browsing)) },
  {
    name: 'estate, to look at only',
    html: () => views.render('estate.njk', estateView({ ...browsing, mayKeep: false })),
  },
  {
    name: 'estate, nothing found and a confirmation refused',
    html: () =>
      views.render(
        'estate.njk',
        estateView({ ...browsing, asked: { ...asked, words: 'no such thing' }, problem: 'It is not in this estate.' }),
      ),
  },
  { name: 'service', html: () => views.render('node.njk', nodeView(looking)) },
  {
    name: 'component, confirmed and needed',
    html: () => {
      const { assumed: _, ...component } = estate.components[0]!
      const facts = { ...looking, node: component, neededBy: ['a', 'b'], keepAlive: null, problem: 'It was refused.' }
      return views.render('node.njk', nodeView(facts))
    },
  },
  {
    name: 'single points of failure',
    html: () => {
      const point = { ...link('network'), stops: 'stops 2 services', services: [link('a'), link('b')] }
      return views.render('single-points.njk', singlePointsView(frame, [point]))
    },
  },
  {
    name: 'single points of failure, none',
    html: () => views.render('single-points.njk', singlePointsView(frame, [])),
  },
  { name: 'component, to add', html: () => views.render('edit.njk', editView(adding)) },
  {
    name: 'component, refused',
    html: () =>
      views.render('edit.njk', editView({ ...adding, typed: { ...BLANK, needs: [need] }, refusal: misspelt })),
  },
  {
    name: 'service, to change',
    html: () => views.render('edit.njk', editView({ ...changing, typed: typedOf(service, 'example') })),
  },
  {
    name: 'retire',
    html: () => views.render('retire.njk', retireView(frame, 'Network', '/console/example/estate', null)),
  },
  {
    name: 'retire, refused',
    html: () =>
      views.render(
        'retire.njk',
        retireView(frame, 'Network', '/console/example/estate', 'First change what needs it.'),
      ),
  },
  { name: 'start', html: () => views.render('start.njk', startView(frame, estate, [], null)) },
  { name: 'start, nothing chosen', html: () => views.render('start.njk', startView(frame, estate, [], empty)) },
  { name: 'import', html: () => views.render('import.njk', importView(frame, NOTHING, null, null)) },
  {
    name: 'import, mistakes',
    html: () => views.render('import.njk', importView(frame, { ...NOTHING, text }, null, wrong)),
  },
  {
    name: 'import, what would change',
    html: () => {
      const lines = [
        '+ component example/a (A)',
        '~ component example/b (B)',
        '    name: "A" becomes "B"',
        'example: 1 added',
      ]
      return views.render(
        'import.njk',
        importView(frame, { ...NOTHING, text }, { lines, warnings: ['example/a is unknown'] }, null),
      )
    },
  },
]
