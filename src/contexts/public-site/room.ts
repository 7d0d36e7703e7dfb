import { room } from '#command'
import { listings } from './projections/listings.ts'
import { overrides } from './projections/overrides.ts'

export const publicSite = room({
  name: 'public-site',
  events: [],
  models: [listings, overrides],
  commands: [],
  queries: [],
})
