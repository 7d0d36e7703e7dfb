import { createViews, type Views } from '#platform/views'
import type { AffectedPage } from './affected.view.ts'
import type { ContactPage } from './contact.view.ts'
import type { EmbedPage } from './embed.view.ts'
import type { NotFoundPage } from './not-found.view.ts'
import type { OrganisationPage } from './organisation.view.ts'
import type { PartnersPage } from './partners.view.ts'
import type { PressPage } from './press.view.ts'
import type { PressEnquiryPage } from './press-enquiry.view.ts'
import type { RegionPage } from './region.view.ts'
import type { SearchPage } from './search.view.ts'
import type { ServicePage } from './service.view.ts'
import type { StatementPage } from './statement.view.ts'
import type { StatementsPage } from './statements.view.ts'

/** Each page of this room with the view model that it takes. */
export interface PublicTemplates {
  readonly 'organisation.njk': OrganisationPage
  readonly 'service.njk': ServicePage
  readonly 'contact.njk': ContactPage
  readonly 'statements.njk': StatementsPage
  readonly 'statement.njk': StatementPage
  readonly 'affected.njk': AffectedPage
  readonly 'partners.njk': PartnersPage
  readonly 'press.njk': PressPage
  readonly 'embed.njk': EmbedPage
  readonly 'press-enquiry.njk': PressEnquiryPage
  readonly 'search.njk': SearchPage
  readonly 'region.njk': RegionPage
  readonly 'not-found.njk': NotFoundPage
}

export const views: Views<PublicTemplates> = createViews<PublicTemplates>([new URL('.', import.meta.url)])
