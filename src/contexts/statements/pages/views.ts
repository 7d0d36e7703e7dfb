import { createViews, type Views } from '#platform/views'
import type { RecordsView } from './records.view.ts'
import type { StatementView } from './statement.view.ts'

/** Each page of this room with the view model that it takes. */
export interface StatementsTemplates {
  readonly 'records.njk': RecordsView
  readonly 'statement.njk': StatementView
}

export const views: Views<StatementsTemplates> = createViews<StatementsTemplates>([new URL('.', import.meta.url)])
