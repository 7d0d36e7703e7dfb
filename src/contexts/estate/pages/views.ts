import { createViews, type Views } from '#platform/views'
import type { EditView } from './edit.view.ts'
import type { EstateView } from './estate.view.ts'
import type { ImportView } from './import.view.ts'
import type { NodeView } from './node.view.ts'
import type { RetireView } from './retire.ts'
import type { SinglePointsView } from './single-points.ts'
import type { StartView } from './start.view.ts'

/** Each page of this room with the view model that it takes. */
export interface EstateTemplates {
  readonly 'edit.njk': EditView
  readonly 'estate.njk': EstateView
  readonly 'import.njk': ImportView
  readonly 'node.njk': NodeView
  readonly 'retire.njk': RetireView
  readonly 'single-points.njk': SinglePointsView
  readonly 'start.njk': StartView
}

export const views: Views<EstateTemplates> = createViews<EstateTemplates>([new URL('.', import.meta.url)])
