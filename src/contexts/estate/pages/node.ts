import { type PageAnswer, type PageRequest, page } from '#command'
import { isRefusal, mayAct, ROLES } from '#kernel'
import { KEEPERS } from '../commands/keepers.ts'
import { neighbours } from '../core/picture/index.ts'
import { nodeName, organisationOf, ownerOf, serviceOf } from '../projections/estates.ts'
import { worldGraph } from '../projections/world-graph.ts'
import { type KeepAlive, nodeView } from './node.view.ts'
import { nodeAt, nodePath, shortId } from './place.ts'
import { views } from './views.ts'

async function show(request: PageRequest, service: boolean, problem: string | null = null): Promise<PageAnswer> {
  const { frame, models, organisation, reader } = request
  const node = nodeAt(request, service)
  if (isRefusal(node)) return node
  const graph = worldGraph(models, organisation)
  const keepAlive = service ? await request.ask('least-keep-alive', { service: node.id }) : null
  const linkTo = (id: string) => {
    const owner = ownerOf(id)
    const whose = owner === organisation ? '' : ` (${organisationOf(models, owner)?.name ?? owner})`
    return { href: nodePath(frame, { id }, serviceOf(models, id) !== null), name: `${nodeName(models, id)}${whose}` }
  }
  const view = nodeView({
    frame,
    node,
    mayKeep: mayAct(reader.caller, KEEPERS),
    linkTo,
    neededBy: neighbours(graph, graph.index.get(node.id)!, 'needed-by').map((one) => graph.ids[one]!),
    keepAlive: isRefusal(keepAlive) ? null : (keepAlive as KeepAlive | null),
    problem,
  })
  return { html: views.render('node.njk', view), ...(problem === null ? {} : { status: 422 }) }
}

async function confirm(request: PageRequest, service: boolean): Promise<PageAnswer> {
  const node = nodeAt(request, service)
  if (isRefusal(node)) return node
  const outcome = await request.give('estate.confirm-assumptions', { nodes: [shortId(node.id)] })
  if (isRefusal(outcome)) return show(request, service, outcome.detail)
  return { redirect: nodePath(request.frame, node, service) }
}

export const nodePages = [true, false].flatMap((service) => {
  const path = `/estate/${service ? 'services' : 'components'}/:node`
  return [
    page({ method: 'GET', path, roles: ROLES, handle: (request) => show(request, service) }),
    page({ method: 'POST', path, roles: KEEPERS, handle: (request) => confirm(request, service) }),
  ]
})
