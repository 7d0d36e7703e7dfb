import { createViews, type Views } from '#platform/views'
import type { NotFoundPage } from './not-found.view.ts'
import type { OrganisationPage } from './organisation.view.ts'
import type { RegionPage } from './region.view.ts'
import type { ServicePage } from './service.view.ts'

/** Each page of this room with the view model that it takes. */
export interface PublicTemplates {
  readonly 'organisation.njk': OrganisationPage
  readonly 'service.njk': ServicePage
  readonly 'region.njk': RegionPage
  readonly 'not-found.njk': NotFoundPage
}

export const views: Views<PublicTemplates> = createViews<PublicTemplates>([new URL('.', import.meta.url)])
