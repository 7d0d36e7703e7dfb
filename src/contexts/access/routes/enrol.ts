import { isRefusal, parseInstant } from '#kernel'
import { enrolPage } from '../pages/enrol.view.ts'
import { deadEndPage } from '../pages/sign-in.view.ts'
import { views } from '../pages/views.ts'
import { type FoundPerson, findByEnrolment } from '../projections/people.ts'
import { mayTry } from '../proofs/attempts.ts'
import { checkRegistration, creationOptions } from '../proofs/passkeys.ts'
import { qrSvg } from '../proofs/qr.ts'
import { enrolmentHash } from '../proofs/secret-link.ts'
import { offeredSecret, otpauthUri, takeCode } from '../proofs/totp.ts'
import { admit } from './admit.ts'
import { agentFamily } from './agent-family.ts'
import type { ConsoleAnswer, ConsoleRequest, ConsoleRoute } from './console-route.ts'
import type { Desk } from './desk.ts'
import { checkEntry, entryToken } from './entry.ts'
import { giveOwn } from './give.ts'
import { NOT_PROVEN, passkeyCall } from './sign-in.ts'

const AFTERWARDS = '/console/account?new'
/** The same for a link that never was, was used, was replaced or is too old. */
const DEAD_END: ConsoleAnswer = {
  status: 404,
  get html() {
    return views.render(
      'dead-end.njk',
      deadEndPage('This link cannot be used', [
        'A link works once, for a day, and only the latest one. Check that you have all of it.',
        'Otherwise ask an admin of your organisation for a new link. If you have set up how you sign in, just sign in.',
      ]),
    )
  },
}

interface Opened {
  readonly found: FoundPerson
  readonly secret: string
  readonly link: string
}

/** How somebody sets up their passkey or authenticator app, with nothing but a link that was handed to them. */
export function enrolRoutes(desk: Desk): ConsoleRoute[] {
  const { keys, database, clock } = desk

  const open = ({ params }: ConsoleRequest): Opened | null => {
    const hash = enrolmentHash(params.link ?? '')
    const found = hash === null ? null : findByEnrolment(desk.models, hash)
    const enrolment = found?.person.enrolment
    if (!found || !enrolment || parseInstant(enrolment.expiresAt)! <= clock.now()) return null
    return { found, secret: params.link!, link: enrolment.link }
  }

  const show = async (
    request: ConsoleRequest,
    { found, secret }: Opened,
    wrong: 'wrong' | 'stale' | 'too-many' | null,
  ) => {
    const { csrf, setCookies } = entryToken(desk, request)
    const key = offeredSecret(keys, secret)
    const uri = otpauthUri(key, 'Holdfast', found.name)
    const picture = await qrSvg(uri, 'QR code for an authenticator app')
    const shown = {
      csrf,
      path: `/console/enrol/${secret}`,
      name: found.name,
      person: found.person.id,
      key,
      uri,
      picture,
    }
    const status = wrong === null ? 200 : wrong === 'too-many' ? 429 : wrong === 'stale' ? 403 : 422
    return { html: views.render('enrol.njk', enrolPage({ ...shown, wrong })), setCookies, status }
  }

  return [
    {
      method: 'GET',
      path: '/console/enrol/:link',
      async handle(request) {
        const opened = open(request)
        return opened ? show(request, opened, null) : DEAD_END
      },
    },
    {
      method: 'POST',
      path: '/console/enrol/:link',
      async handle(request) {
        const opened = open(request)
        if (!opened) return DEAD_END
        const { found, secret: enrolmentSecret, link } = opened
        if (!checkEntry(desk, request)) return show(request, opened, 'stale')
        const now = clock.now()
        const person = found.person.id
        if (!(await mayTry(database, { person: `enrolling ${person}`, address: request.address }, now)))
          return show(request, opened, 'too-many')
        const secret = offeredSecret(keys, enrolmentSecret)
        const code = (request.form?.get('code') ?? '').replace(/\s/g, '')
        if (!(await takeCode(database, { person, secret, code, now }))) return show(request, opened, 'wrong')
        const sealed = keys.seal(secret, `totp ${person}`)
        const done = await giveOwn(desk, found, 'access.register-authenticator-app', { secret: sealed, link })
        return isRefusal(done) ? DEAD_END : { redirect: AFTERWARDS, setCookies: await admit(desk, request, found) }
      },
    },
    {
      method: 'POST',
      path: '/console/enrol/:link/options',
      async handle(request) {
        const opened = open(request)
        if (!opened) return NOT_PROVEN
        const { person, name } = opened.found
        const known = [...person.passkeys.values()]
        return { json: await creationOptions(desk, { person: person.id, name, known }) }
      },
    },
    {
      method: 'POST',
      path: '/console/enrol/:link/passkey',
      async handle(request) {
        const opened = open(request)
        if (!opened) return NOT_PROVEN
        const { found, link } = opened
        const passkey = await checkRegistration(desk, found.person.id, passkeyCall(request.json).response)
        if (!passkey) return NOT_PROVEN
        const label = agentFamily(request.agent ?? '')
        const done = await giveOwn(desk, found, 'access.register-passkey', { ...passkey, label, link })
        if (isRefusal(done)) return { json: { error: `${done.title}. ${done.detail}` }, status: 422 }
        return { json: { next: AFTERWARDS }, setCookies: await admit(desk, request, found) }
      },
    },
  ]
}
