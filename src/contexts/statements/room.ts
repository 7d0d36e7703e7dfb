import { room } from '#command'
import { commands, inner } from './commands/index.ts'
import { STATEMENTS_EVENTS } from './core/events.ts'
import { refuse } from './core/refusals.ts'
import { pages } from './pages/index.ts'
import { contactRoutes } from './projections/contact.ts'
import { drafts } from './projections/drafts.ts'
import { enquiries } from './projections/enquiries.ts'
import { standingLines } from './projections/lines.ts'
import { published } from './projections/published.ts'
import { serviceWords } from './projections/service-words.ts'
import { contactQuery, draftsQuery, enquiriesQuery, linesQuery, previewQuery, statementsQuery } from './queries.ts'

export const statements = room({
  name: 'statements',
  events: STATEMENTS_EVENTS,
  refusals: refuse.catalogue,
  models: [drafts, published, contactRoutes, serviceWords, standingLines, enquiries],
  commands,
  inner,
  pages,
  queries: [statementsQuery, draftsQuery, previewQuery, contactQuery, linesQuery, enquiriesQuery],
})
