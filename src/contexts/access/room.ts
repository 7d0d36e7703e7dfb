import { room } from '#command'
import {
  acknowledgeBreakGlassCommand,
  addPersonCommand,
  breakGlassCommand,
  grantRoleCommand,
  withdrawRoleCommand,
} from './commands/people.ts'
import {
  endSessionCommand,
  endSessionsCommand,
  issueEnrolmentCommand,
  issueRecoveryCodesCommand,
  registerPasskeyCommand,
  registerTotpCommand,
  removePasskeyCommand,
  removeTotpCommand,
  useRecoveryCodeCommand,
} from './commands/sign-in.ts'
import { issueToken, revokeToken } from './commands/tokens.ts'
import { ACCESS_EVENTS } from './core/events.ts'
import { refuse } from './core/refusals.ts'
import { acknowledgePage } from './pages/break-glass-notices.ts'
import { peopleForms } from './pages/form-pages.ts'
import { peoplePages } from './pages/people-pages.ts'
import { people } from './projections/people.ts'
import { tokens } from './projections/tokens.ts'
import { worlds } from './projections/worlds.ts'
import { tokensQuery } from './queries.ts'

export const access = room({
  name: 'access',
  events: ACCESS_EVENTS,
  refusals: refuse.catalogue,
  models: [tokens, people, worlds],
  commands: [
    issueToken,
    revokeToken,
    addPersonCommand,
    grantRoleCommand,
    withdrawRoleCommand,
    breakGlassCommand,
    acknowledgeBreakGlassCommand,
    issueEnrolmentCommand,
    removePasskeyCommand,
    removeTotpCommand,
    endSessionsCommand,
    endSessionCommand,
  ],
  inner: [registerPasskeyCommand, registerTotpCommand, issueRecoveryCodesCommand, useRecoveryCodeCommand],
  queries: [tokensQuery],
  pages: [...peoplePages, ...peopleForms, acknowledgePage],
})
