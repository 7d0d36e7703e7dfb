import { createViews, type Views } from '#platform/views'
import type { DecisionsView } from './decisions.view.ts'
import type { EvidenceView } from './evidence.view.ts'
import type { IncidentView } from './incident.view.ts'
import type { IsolateView } from './isolate.view.ts'
import type { DecideView } from './isolate-decide.view.ts'
import type { PreviewView } from './isolate-preview.view.ts'
import type { PictureView } from './picture.view.ts'
import type { SitrepView } from './sitrep.view.ts'
import type { SituationView } from './situation.view.ts'
import type { TimelineView } from './timeline.view.ts'

/** Each page of this room with the view model that it takes. */
export interface IncidentTemplates {
  readonly 'decisions.njk': DecisionsView
  readonly 'timeline.njk': TimelineView
  readonly 'evidence.njk': EvidenceView
  readonly 'incident.njk': IncidentView
  readonly 'picture.njk': PictureView
  readonly 'isolate.njk': IsolateView
  readonly 'isolate-decide.njk': DecideView
  readonly 'isolate-preview.njk': PreviewView
  readonly 'sitrep.njk': SitrepView
  readonly 'situation.njk': SituationView
}

export const views: Views<IncidentTemplates> = createViews<IncidentTemplates>([new URL('.', import.meta.url)])
