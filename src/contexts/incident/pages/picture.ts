import { type PageRequest, page } from '#command'
import { concerns, estateOf, nearest, neighbourhood, reach } from '#contexts/estate'
import type { Refusal } from '#kernel'
import { arrange } from '#platform/diagram'
import { READERS } from '../commands/roles-allowed.ts'
import { refuse } from '../core/refusals.ts'
import { boardOf } from '../projections/board.ts'
import { pictureView } from './picture.view.ts'
import { boxesAndArrows } from './picture-drawing.ts'
import { nodeFacts, worseFirst } from './picture-facts.ts'
import { views } from './views.ts'

const DEEPEST = 8
/** Boxes that can be told apart, and placed in well under 100 ms. */
const MOST = 90

/** More steps make more room: 6 nodes at one distance, then 12, 18 ... */
function widthAt(depth: number): number {
  return 6 * depth
}

async function picture(request: PageRequest) {
  const { models, organisation, params, frame, now } = request
  const { graph, evaluation } = boardOf(models, organisation, now)
  const id = `${params.owner ?? organisation}/${params.node}`
  const middle = graph.index.get(id)
  const marked = concerns(graph, organisation)
  if (middle === undefined || marked[middle] !== 1) return unknown(request, id)
  const factsOf = nodeFacts(models, evaluation, organisation, now)
  const seen = (node: number) => marked[node] === 1
  const depth = depthOf(request.query.get('depth'))
  const around = neighbourhood(graph, middle, {
    depth,
    width: widthAt(depth),
    most: MOST,
    order: (a, b) => worseFirst(factsOf(a), factsOf(b)),
    seen,
  })
  const { boxes, arrows } = boxesAndArrows(around)
  const placed = await arrange(boxes, arrows)
  const reached = { needs: reach(graph, middle, 'needs', seen), neededBy: reach(graph, middle, 'needed-by', seen) }
  const view = pictureView({ frame, now, graph, middle, factsOf, around, placed, reached, depth, deepest: DEEPEST })
  return { html: views.render('picture.njk', view) }
}

function depthOf(asked: string | null): number {
  const depth = Number(asked ?? 2)
  return Number.isInteger(depth) ? Math.min(DEEPEST, Math.max(1, depth)) : 2
}

function unknown({ models, organisation }: PageRequest, id: string): Refusal {
  const { components = [], services = [] } = estateOf(models, organisation) ?? {}
  const near = nearest(id, [...components, ...services].map((one) => one.id).values())
  const hint = near ? ` Did you mean ${near.slice(organisation.length + 1)}?` : ''
  return refuse('unknown-component', `Look it up in the estate.${hint}`)
}

/** A component or service of the organisation itself, and one of a neighbour that concerns it. */
export const picturePages = ['/picture/:node', '/picture/:owner/:node'].map((path) =>
  page({ method: 'GET', path, roles: READERS, handle: picture }),
)
