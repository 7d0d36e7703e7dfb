import { type PageAnswer, type PageRequest, page } from '#command'
import { isRefusal, type Refusal, refusals } from '#kernel'
import { KEEPERS } from '../commands/keepers.ts'
import { templateEstate } from '../template/templates.ts'
import { estateHome } from './place.ts'
import { startView } from './start.view.ts'
import { views } from './views.ts'

const refuse = refusals({ 'nothing-chosen': { kind: 'input', title: 'There is a problem' } })
const TEMPLATE = 'typical-council'

function show({ frame, organisation }: PageRequest, chosen: readonly string[], refusal: Refusal | null): PageAnswer {
  const template = templateEstate(TEMPLATE, organisation)
  if (isRefusal(template)) return template
  const view = startView(frame, template, chosen, refusal)
  return { html: views.render('start.njk', view), ...(refusal ? { status: 422 } : {}) }
}

const choose = page({
  method: 'GET',
  path: '/estate/start',
  roles: KEEPERS,
  handle: (request) => show(request, [], null),
})

const start = page({
  method: 'POST',
  path: '/estate/start',
  roles: KEEPERS,
  async handle(request) {
    const services = request.form!.getAll('services[]')
    const all = request.form!.get('all') === 'yes'
    const detail = 'Choose at least one service, or start with all of them'
    if (!all && services.length === 0)
      return show(request, [], refuse('nothing-chosen', detail, [{ pointer: '/services', detail }]))
    const outcome = await request.give('estate.start-from-template', {
      template: TEMPLATE,
      ...(all ? {} : { services }),
    })
    if (isRefusal(outcome)) return show(request, services, outcome)
    return { redirect: estateHome(request.frame) }
  },
})

export const startPages = [choose, start]
