import { room } from '#command'
import { commands } from './commands/index.ts'
import { ESTATE_EVENTS } from './core/events.ts'
import { refuse } from './core/refusals.ts'
import { pages } from './pages/index.ts'
import { estates } from './projections/estates.ts'
import { queries } from './queries/index.ts'

export const estate = room({
  name: 'estate',
  events: ESTATE_EVENTS,
  refusals: refuse.catalogue,
  models: [estates],
  commands,
  queries,
  pages,
})
