import { isRefusal } from '#kernel'
import { accountPage, codesPage } from '../pages/account.view.ts'
import { views } from '../pages/views.ts'
import { type FoundPerson, findPerson, people } from '../projections/people.ts'
import { checkRegistration, creationOptions } from '../proofs/passkeys.ts'
import { newRecoveryCodes } from '../proofs/recovery-codes.ts'
import type { SignedIn } from '../sessions/sessions.ts'
import { agentFamily } from './agent-family.ts'
import type { ConsoleAnswer, ConsoleRequest, ConsoleRoute } from './console-route.ts'
import type { Desk } from './desk.ts'
import { giveOwn } from './give.ts'
import { NOT_PROVEN, passkeyCall } from './sign-in.ts'
import { signInFirst } from './step-up.ts'

const ACCOUNT = '/console/account'
/** Whoever finds a screen unlocked must not be able to add a way in of their own. */
const FRESH = 5 * 60_000

interface Mine {
  readonly request: ConsoleRequest
  readonly signedIn: SignedIn
  readonly found: FoundPerson
}

/** What people see and change of how they sign in themselves. */
export function accountRoutes(desk: Desk): ConsoleRoute[] {
  const { sessions, models, clock } = desk
  const isFresh = ({ provenAt }: SignedIn) => clock.now() - provenAt < FRESH

  const show = async ({ request, signedIn, found }: Mine, mistake: string | null = null) => {
    const { passkeyFacts } = models.of(people, found.home)
    const facts = {
      csrf: sessions.csrfOf(signedIn.session),
      found,
      passkeyFacts,
      sessions: await sessions.list(signedIn.person),
      current: signedIn.session,
      fresh: isFresh(signedIn),
      isNew: request.query.has('new'),
      mistake,
    }
    return { html: views.render('account.njk', accountPage(facts)), status: mistake === null ? 200 : 422 }
  }

  /** A form of the account page, once it is known to be this person's own. */
  const change = (path: string, work: (mine: Mine, form: URLSearchParams) => Promise<ConsoleAnswer>): ConsoleRoute => ({
    method: 'POST',
    path: `${ACCOUNT}/${path}`,
    async handle(request) {
      const { signedIn, form } = request
      const found = signedIn && findPerson(models, signedIn.person)
      if (!found || !form) return signInFirst(request)
      const mine = { request, signedIn, found }
      if (!sessions.checkCsrf(signedIn.session, form.get('csrf') ?? ''))
        return show(mine, 'This page was out of date. Nothing was changed: try again.')
      return work(mine, form)
    },
  })

  const proveFirst = { redirect: `/console/step-up?next=${encodeURIComponent(ACCOUNT)}` }
  const give = async (mine: Mine, command: string, input: object): Promise<ConsoleAnswer> => {
    const done = await giveOwn(desk, mine.found, command, input)
    return isRefusal(done) ? show(mine, `${done.title}. ${done.detail}`) : { redirect: ACCOUNT }
  }

  return [
    {
      method: 'GET',
      path: ACCOUNT,
      async handle(request) {
        const { signedIn } = request
        const found = signedIn && findPerson(models, signedIn.person)
        if (!found) return { redirect: `/console/sign-in?next=${encodeURIComponent(ACCOUNT)}` }
        return show({ request, signedIn, found })
      },
    },
    change('recovery-codes', async (mine) => {
      if (!isFresh(mine.signedIn)) return proveFirst
      const { codes, kept } = await newRecoveryCodes()
      const done = await giveOwn(desk, mine.found, 'access.issue-recovery-codes', kept)
      if (isRefusal(done)) return show(mine, `${done.title}. ${done.detail}`)
      return { html: views.render('codes.njk', codesPage({ person: mine.found.person.id, codes })) }
    }),
    change('remove-passkey', async (mine, form) =>
      isFresh(mine.signedIn)
        ? give(mine, 'access.remove-passkey', { credential: form.get('credential') ?? '' })
        : proveFirst,
    ),
    change('remove-app', async (mine) =>
      isFresh(mine.signedIn) ? give(mine, 'access.remove-authenticator-app', {}) : proveFirst,
    ),
    change('end-session', async ({ signedIn }, form) => {
      await sessions.endOf(signedIn.person, form.get('session') ?? '')
      return { redirect: ACCOUNT }
    }),
    {
      method: 'POST',
      path: `${ACCOUNT}/passkey/options`,
      async handle({ signedIn }) {
        const found = signedIn && isFresh(signedIn) && findPerson(models, signedIn.person)
        if (!found) return NOT_PROVEN
        const known = [...found.person.passkeys.values()]
        return { json: await creationOptions(desk, { person: found.person.id, name: found.name, known }) }
      },
    },
    {
      method: 'POST',
      path: `${ACCOUNT}/passkey`,
      async handle({ signedIn, json, agent }) {
        const { response, csrf } = passkeyCall(json)
        const found = signedIn && isFresh(signedIn) && findPerson(models, signedIn.person)
        if (!found || !sessions.checkCsrf(signedIn.session, csrf)) return NOT_PROVEN
        const passkey = await checkRegistration(desk, found.person.id, response)
        if (!passkey) return NOT_PROVEN
        const label = agentFamily(agent ?? '')
        const done = await giveOwn(desk, found, 'access.register-passkey', { ...passkey, label, link: null })
        return isRefusal(done)
          ? { json: { error: `${done.title}. ${done.detail}` }, status: 422 }
          : { json: { next: ACCOUNT } }
      },
    },
  ]
}
