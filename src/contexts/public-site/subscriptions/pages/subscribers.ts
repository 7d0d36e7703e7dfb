import { type Page, page } from '#command'
import { nodeName } from '#contexts/estate'
import { createViews } from '#platform/views'
import type { SubscriberCounts } from '../counts.ts'
import { type SubscribersView, subscribersView } from './subscribers.view.ts'

export const views = createViews<{ 'subscribers.njk': SubscribersView }>([new URL('.', import.meta.url)])

/** How many people follow the organisation: counts, never addresses. */
export function subscriberPages(counts: (organisation: string) => Promise<SubscriberCounts>): Page[] {
  return [
    page({
      method: 'GET',
      path: '/subscribers',
      roles: ['communications', 'admin'],
      navigation: { text: 'Subscribers', order: 60 },
      async handle({ frame, models, organisation }) {
        const found = await counts(organisation)
        const nameOf = (service: string) => nodeName(models, `${organisation}/${service}`)
        return { html: views.render('subscribers.njk', subscribersView({ frame, counts: found, nameOf })) }
      },
    }),
  ]
}
