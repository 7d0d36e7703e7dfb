import { createViews, type Views } from '#platform/views'
import type { ManageView } from './manage.view.ts'
import type { NoteView } from './note.view.ts'
import type { SubscribeView } from './subscribe.view.ts'

/** Each page about updates with the view model that it takes. */
export interface UpdatesTemplates {
  readonly 'subscribe.njk': SubscribeView
  readonly 'manage.njk': ManageView
  readonly 'note.njk': NoteView
}

export const views: Views<UpdatesTemplates> = createViews<UpdatesTemplates>([new URL('.', import.meta.url)])
