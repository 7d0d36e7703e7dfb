import type { Frame } from '#command'
import { type Component, compile, type Level, type Need, neighbourhood, reach, type Service } from '#contexts/estate'
import { arrange } from '#platform/diagram'
import { pictureView } from './picture.view.ts'
import { boxesAndArrows } from './picture-drawing.ts'
import { type NodeFacts, worseFirst } from './picture-facts.ts'
import { views } from './views.ts'

const NOW = Date.parse('2025-11-25T09:00:00Z')

/** Invented. */
const frame: Frame = {
  organisation: { slug: 'example', name: 'Example Borough Council' },
  exercise: true,
  reader: 'Alex Example',
  roles: ['tactical'],
  csrf: 'a-token',
  commandId: '0190d3c0-0000-7000-8000-000000000000',
  navigation: [{ href: '/console/example/estate', text: 'Estate', current: false }],
  elsewhere: [],
  madeAt: '2025-11-25T09:00:00.000Z',
  position: 42,
}

const on = (...anyOf: string[]): Need => ({ anyOf, atLeast: 1, strength: 'requires' })
const uses = (target: string): Need => ({ anyOf: [target], atLeast: 1, strength: 'uses', buffer: 'PT8H' })

interface Drawn {
  readonly components: readonly Component[]
  readonly services: readonly Service[]
  readonly middle: string
  readonly depth?: number
  readonly levels?: Readonly<Record<string, Level>>
}

function component(id: string, name: string, ...needs: Need[]): Component {
  return { id: `example/${id}`, name, kind: 'application', needs }
}

function service(id: string, name: string, ...needs: Need[]): Service {
  return { id: `example/${id}`, name, statutory: false, needs }
}

/** The page as it is, of a made-up estate: the tests look at the same. */
export async function drawnPage({ components, services, middle, depth = 2, levels = {} }: Drawn): Promise<string> {
  const graph = compile([{ organisation: 'example', components: [...components], services: [...services] }])
  const names = new Map([...components, ...services].map((one) => [one.id, one]))
  const factsOf = (node: number): NodeFacts => {
    const id = graph.ids[node]!
    const level = levels[id] ?? 'normal'
    return {
      id,
      name: names.get(id)?.name ?? id,
      service: graph.isService[node] === 1,
      what: graph.isService[node] === 1 ? 'service' : 'application',
      level,
      since: level === 'normal' ? null : NOW - 9_000_000,
      worseAt: level === 'degraded' ? NOW + 7_200_000 : null,
      why: level === 'normal' ? null : 'Because of Corporate network (recorded as isolated).',
    }
  }
  const root = graph.index.get(middle)!
  const seen = () => true
  const order = (a: number, b: number) => worseFirst(factsOf(a), factsOf(b))
  const around = neighbourhood(graph, root, { depth, width: 6 * depth, most: 90, order, seen })
  const { boxes, arrows } = boxesAndArrows(around)
  const placed = await arrange(boxes, arrows)
  const reached = { needs: reach(graph, root, 'needs', seen), neededBy: reach(graph, root, 'needed-by', seen) }
  const facts = { frame, now: NOW, graph, middle: root, factsOf, around, placed, reached, depth, deepest: 8 }
  return views.render('picture.njk', pictureView(facts))
}

const network = component('network', 'Corporate network')
const council: Drawn = {
  components: [
    network,
    component('directory', 'Directory and sign-in', on('example/network')),
    component('tax', 'Council tax system', on('example/network'), uses('example/directory')),
    component('web', 'Web payments', on('example/network')),
    component('phone', 'Phone payments'),
  ],
  services: [service('pay', 'Pay council tax', on('example/tax'), on('example/web', 'example/phone'))],
  middle: 'example/tax',
  levels: {
    'example/network': 'stopped',
    'example/directory': 'stopped',
    'example/tax': 'stopped',
    'example/web': 'stopped',
    'example/pay': 'degraded',
  },
}

const crowd: Drawn = {
  components: [
    network,
    ...Array.from({ length: 300 }, (_, one) => component(`s-${one}`, `System number ${one}`, on('example/network'))),
  ],
  services: [],
  middle: 'example/network',
}

const pages: readonly (readonly [string, string])[] = await Promise.all(
  Object.entries({
    'picture, something stopped': council,
    'picture, all as usual': { ...council, levels: {} },
    'picture, alone': { components: [network], services: [], middle: 'example/network' },
    'picture, 300 systems on one network': crowd,
  }).map(async ([name, drawn]) => [name, await drawnPage(drawn)] as const),
)

export const pictureGallery = pages.map(([name, page]) => ({ name, html: () => page }))
