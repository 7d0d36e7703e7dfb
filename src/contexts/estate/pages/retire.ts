import { type Frame, type PageAnswer, type PageRequest, page } from '#command'
import { isRefusal } from '#kernel'
import { KEEPERS } from '../commands/keepers.ts'
import { estateHome, nodeAt, nodePath, shortId } from './place.ts'
import { views } from './views.ts'

export interface RetireView {
  readonly frame: Frame
  readonly title: string
  readonly name: string
  readonly back: string
  readonly problem: string | null
}

function show(request: PageRequest, service: boolean, problem: string | null): PageAnswer {
  const node = nodeAt(request, service)
  if (isRefusal(node)) return node
  const view = retireView(request.frame, node.name, nodePath(request.frame, node, service), problem)
  return { html: views.render('retire.njk', view), ...(problem === null ? {} : { status: 422 }) }
}

export function retireView(frame: Frame, name: string, back: string, problem: string | null): RetireView {
  return { frame, title: `Take out ${name}`, name, back, problem }
}

async function retire(request: PageRequest, service: boolean): Promise<PageAnswer> {
  const node = nodeAt(request, service)
  if (isRefusal(node)) return node
  const outcome = await request.give('estate.retire', { node: shortId(node.id) })
  return isRefusal(outcome) ? show(request, service, outcome.detail) : { redirect: estateHome(request.frame) }
}

export const retirePages = [true, false].flatMap((service) => {
  const path = `/estate/${service ? 'services' : 'components'}/:node/retire`
  return [
    page({ method: 'GET', path, roles: KEEPERS, handle: (request) => show(request, service, null) }),
    page({ method: 'POST', path, roles: KEEPERS, handle: (request) => retire(request, service) }),
  ]
})
