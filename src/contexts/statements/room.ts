import { room } from '#command'
import { STATEMENTS_EVENTS } from './core/events.ts'
import { contactRoutes } from './projections/contact.ts'
import { published } from './projections/published.ts'
import { serviceWords } from './projections/service-words.ts'
import { contactQuery, statementsQuery } from './queries.ts'

export const statements = room({
  name: 'statements',
  events: STATEMENTS_EVENTS,
  models: [published, contactRoutes, serviceWords],
  commands: [],
  queries: [statementsQuery, contactQuery],
})
