import { createViews, type Views } from '#platform/views'
import type { FormPageView } from './form-page.view.ts'
import type { IncidentView } from './incident.view.ts'
import type { SituationView } from './situation.view.ts'

/** Each page of this room with the view model that it takes. */
export interface IncidentTemplates {
  readonly 'form-page.njk': FormPageView
  readonly 'incident.njk': IncidentView
  readonly 'situation.njk': SituationView
}

export const views: Views<IncidentTemplates> = createViews<IncidentTemplates>([new URL('.', import.meta.url)])
