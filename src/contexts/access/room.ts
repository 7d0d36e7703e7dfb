import { room } from '#command'
import { issueToken, revokeToken } from './commands/tokens.ts'
import { ACCESS_EVENTS } from './core/events.ts'
import { people } from './projections/people.ts'
import { tokens } from './projections/tokens.ts'
import { tokensQuery } from './queries.ts'

export const access = room({
  name: 'access',
  events: ACCESS_EVENTS,
  models: [tokens, people],
  commands: [issueToken, revokeToken],
  queries: [tokensQuery],
})
