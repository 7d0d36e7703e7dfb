import { room } from '#command'
import { listings } from './projections/listings.ts'

export const publicSite = room({ name: 'public-site', events: [], models: [listings], commands: [], queries: [] })
