import { createViews, type Views } from '#platform/views'
import type { DeliveriesPage } from './deliveries.view.ts'

export const views: Views<{ readonly 'deliveries.njk': DeliveriesPage }> = createViews<{
  readonly 'deliveries.njk': DeliveriesPage
}>([new URL('.', import.meta.url)])
