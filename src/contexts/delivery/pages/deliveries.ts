import { type Page, type PageAnswer, type PageRequest, page } from '#command'
import { isRefusal, ROLES } from '#kernel'
import { MAY_ORDER } from '../core/may-order.ts'
import type { DeliveriesAnswer } from '../queries.ts'
import { deliveriesPage } from './deliveries.view.ts'
import { views } from './views.ts'

const PATH = '/deliveries'

async function show(request: PageRequest, error: string | null = null): Promise<PageAnswer> {
  const answer = await request.ask('deliveries')
  if (isRefusal(answer)) return answer
  const html = views.render('deliveries.njk', deliveriesPage(request.frame, answer as DeliveriesAnswer, error))
  return error === null ? { html } : { html, status: 422 }
}

/** One button: gives one command about one batch. */
function action(does: string, command: string, more: (form: URLSearchParams) => object = () => ({})): Page {
  return page({
    method: 'POST',
    path: `${PATH}/${does}`,
    roles: MAY_ORDER,
    async handle(request) {
      const form = request.form!
      const done = await request.give(command, { batch: form.get('batch') ?? '', ...more(form) })
      if (isRefusal(done)) return show(request, `${done.title}. ${done.detail}`)
      return { redirect: `/console/${request.organisation}${PATH}` }
    },
  })
}

export const deliveryPages: readonly Page[] = [
  page({
    method: 'GET',
    path: PATH,
    roles: ROLES,
    navigation: { text: 'Messages', order: 60 },
    handle: (request) => show(request),
  }),
  action('stop', 'delivery.stop'),
  action('resume', 'delivery.resume'),
  action('retry', 'delivery.retry', (form) => {
    const delivery = form.get('delivery')
    return delivery === null ? {} : { delivery }
  }),
  action('retry-unknown', 'delivery.retry', () => ({ unknown: true })),
]
