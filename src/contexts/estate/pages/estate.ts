import { type PageRequest, page } from '#command'
import { isRefusal, mayAct, ROLES } from '#kernel'
import { KEEPERS } from '../commands/keepers.ts'
import { neighbours } from '../core/picture/index.ts'
import { estateOf } from '../projections/estates.ts'
import { worldGraph } from '../projections/world-graph.ts'
import { estateView } from './estate.view.ts'
import { estateHome } from './place.ts'
import { views } from './views.ts'

function show(request: PageRequest, problem?: string) {
  const { frame, models, organisation, query, reader } = request
  const graph = worldGraph(models, organisation)
  const view = estateView({
    frame,
    estate: estateOf(models, organisation) ?? { organisation, components: [], services: [] },
    asked: {
      words: query.get('q')?.trim() ?? '',
      kind: query.get('kind') ?? '',
      unconfirmed: query.get('unconfirmed') === 'yes',
    },
    mayKeep: mayAct(reader.caller, KEEPERS),
    neededBy: (id) => neighbours(graph, graph.index.get(id)!, 'needed-by').length,
    ...(problem === undefined ? {} : { problem }),
  })
  return { html: views.render('estate.njk', view), ...(problem === undefined ? {} : { status: 422 }) }
}

const browse = page({
  method: 'GET',
  path: '/estate',
  roles: ROLES,
  navigation: { text: 'Estate', order: 50 },
  handle: (request) => show(request),
})

const confirm = page({
  method: 'POST',
  path: '/estate',
  roles: KEEPERS,
  async handle(request) {
    const { form, frame, query } = request
    const one = form!.get('confirm')
    const outcome = await request.give('estate.confirm-assumptions', {
      nodes: one ? [one] : (form!.get('shown') ?? '').split(' '),
    })
    if (isRefusal(outcome)) return show(request, outcome.detail)
    return { redirect: `${estateHome(frame)}${query.size > 0 ? `?${query}` : ''}` }
  },
})

export const estatePages = [browse, confirm]
