import { type PageAnswer, type PageRequest, page } from '#command'
import { isRefusal, type Refusal, refusals } from '#kernel'
import { KEEPERS } from '../commands/keepers.ts'
import { estateOf } from '../projections/estates.ts'
import { editView } from './edit.view.ts'
import { BLANK, inputOf, type Typed, typedIn, typedOf } from './edit-form.ts'
import { estateHome, type Node, nodeAt, nodePath, shortId } from './place.ts'
import { views } from './views.ts'

const refuse = refusals({ 'form-not-filled': { kind: 'input', title: 'There is a problem' } })

/** One form for adding and for changing, of a service or a component. */
interface Form {
  readonly service: boolean
  readonly isNew: boolean
}

function show(
  request: PageRequest,
  { service, isNew }: Form,
  node: Node | null,
  typed: Typed,
  refusal: Refusal | null,
): PageAnswer {
  const { frame, models, organisation } = request
  const { components = [], services = [] } = estateOf(models, organisation) ?? {}
  const view = editView({
    frame,
    service,
    heading: node ? `Change ${node.name}` : `Add a ${service ? 'service' : 'component'}`,
    back: node ? nodePath(frame, node, service) : estateHome(frame),
    isNew,
    typed,
    refusal,
    retire: node && `${nodePath(frame, node, service)}/retire`,
    known: [...components, ...services]
      .filter((one) => one.id !== node?.id)
      .map(({ id, name }) => ({ id: shortId(id), name }))
      .sort((a, b) => a.name.localeCompare(b.name, 'en-GB')),
  })
  return { html: views.render('edit.njk', view), ...(refusal ? { status: 422 } : {}) }
}

function open(request: PageRequest, form: Form): PageAnswer {
  if (form.isNew) return show(request, form, null, BLANK, null)
  const node = nodeAt(request, form.service)
  return isRefusal(node) ? node : show(request, form, node, typedOf(node, request.organisation), null)
}

async function save(request: PageRequest, form: Form): Promise<PageAnswer> {
  const { service, isNew } = form
  const node = isNew ? null : nodeAt(request, service)
  if (isRefusal(node)) return node
  const typed = { ...typedIn(request.form!), ...(node ? { id: shortId(node.id) } : {}) }
  const { input, errors } = inputOf(typed, service)
  if (errors.length > 0) {
    const refusal = refuse('form-not-filled', 'Correct what is marked, then send it again.', errors)
    return show(request, form, node, typed, refusal)
  }
  const command = service ? 'estate.define-service' : 'estate.define-component'
  const outcome = await request.give(command, isNew ? { ...input, isNew } : input)
  if (isRefusal(outcome)) return show(request, form, node, typed, outcome)
  const path = nodePath(request.frame, { id: `${request.organisation}/${typed.id}` }, service)
  return { redirect: request.form!.get('more') === 'yes' ? `${path}/edit` : path }
}

export const editPages = [true, false].flatMap((service) => {
  const path = `/estate/${service ? 'services' : 'components'}`
  return [
    { path: `${path}/new`, form: { service, isNew: true } },
    { path: `${path}/:node/edit`, form: { service, isNew: false } },
  ].flatMap(({ path: at, form }) => [
    page({ method: 'GET', path: at, roles: KEEPERS, handle: (request) => open(request, form) }),
    page({ method: 'POST', path: at, roles: KEEPERS, handle: (request) => save(request, form) }),
  ])
})
