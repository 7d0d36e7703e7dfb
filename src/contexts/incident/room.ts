import { room } from '#command'
import { commands } from './commands/index.ts'
import { INCIDENT_EVENTS } from './core/events.ts'
import { refuse } from './core/refusals.ts'
import { pages } from './pages/index.ts'
import { conditions } from './projections/conditions.ts'
import { incidents } from './projections/incidents.ts'
import { log } from './projections/log.ts'
import { decisions, timeline } from './queries/history.ts'
import { impact, whatIfQuery } from './queries/impact.ts'
import { situation } from './queries/situation.ts'

export const incident = room({
  name: 'incident',
  events: INCIDENT_EVENTS,
  refusals: refuse.catalogue,
  models: [log, incidents, conditions],
  commands,
  queries: [situation, impact, whatIfQuery, timeline, decisions],
  pages,
})
