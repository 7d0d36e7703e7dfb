import { room } from '#command'
import { addPersonCommand, breakGlassCommand, grantRoleCommand, withdrawRoleCommand } from './commands/people.ts'
import {
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
import { peopleForms } from './pages/form-pages.ts'
import { peoplePages } from './pages/people-pages.ts'
import { people } from './projections/people.ts'
import { tokens } from './projections/tokens.ts'
import { tokensQuery } from './queries.ts'

export const access = room({
  name: 'access',
  events: ACCESS_EVENTS,
  models: [tokens, people],
  commands: [
    issueToken,
    revokeToken,
    addPersonCommand,
    grantRoleCommand,
    withdrawRoleCommand,
    breakGlassCommand,
    issueEnrolmentCommand,
    removePasskeyCommand,
    removeTotpCommand,
    endSessionsCommand,
  ],
  inner: [registerPasskeyCommand, registerTotpCommand, issueRecoveryCodesCommand, useRecoveryCodeCommand],
  queries: [tokensQuery],
  pages: [...peoplePages, ...peopleForms],
})
