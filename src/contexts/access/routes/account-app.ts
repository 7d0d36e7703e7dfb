import { randomBytes } from 'node:crypto'
import { isRefusal } from '#kernel'
import { appPage } from '../pages/app.view.ts'
import type { CodesWords } from '../pages/sign-in.view.ts'
import { views } from '../pages/views.ts'
import { type FoundPerson, findPerson } from '../projections/people.ts'
import { mayTry } from '../proofs/attempts.ts'
import { qrSvg } from '../proofs/qr.ts'
import { offeredSecret, otpauthUri, takeCode } from '../proofs/totp.ts'
import type { SignedIn } from '../sessions/sessions.ts'
import type { ConsoleAnswer, ConsoleRequest, ConsoleRoute } from './console-route.ts'
import type { Desk } from './desk.ts'
import { giveOwn } from './give.ts'
import { signInFirst } from './step-up.ts'

const PATH = '/console/account/app'
const FRESH = 5 * 60_000
const OFFER = /^[A-Za-z0-9_-]{22}$/

/** How somebody who is signed in adds an authenticator app, with a key of its own each time the page is opened. */
export function accountAppRoutes(desk: Desk): ConsoleRoute[] {
  const { sessions, models, clock, keys, database } = desk

  const secretOf = (signedIn: SignedIn, offer: string) => offeredSecret(keys, `app ${signedIn.session} ${offer}`)

  /** Whoever finds a screen unlocked must not be able to add a way in of their own. */
  const open = (request: ConsoleRequest): ConsoleAnswer | { signedIn: SignedIn; found: FoundPerson } => {
    const { signedIn } = request
    const found = signedIn && findPerson(models, signedIn.person)
    if (!found) return { redirect: `/console/sign-in?next=${encodeURIComponent(PATH)}` }
    if (clock.now() - signedIn.provenAt >= FRESH)
      return { redirect: `/console/step-up?next=${encodeURIComponent(PATH)}` }
    return { signedIn, found }
  }

  const show = async (signedIn: SignedIn, found: FoundPerson, offer: string, wrong: CodesWords) => {
    const key = secretOf(signedIn, offer)
    const uri = otpauthUri(key, 'Holdfast', found.name)
    const shown = {
      csrf: sessions.csrfOf(signedIn.session),
      offer,
      replaces: found.person.totp !== null,
      key,
      uri,
      picture: await qrSvg(uri, 'QR code for an authenticator app'),
      wrong,
    }
    const status = wrong === null ? 200 : wrong === 'too-many' ? 429 : wrong === 'stale' ? 403 : 422
    return { html: views.render('app.njk', appPage(shown)), status }
  }

  return [
    {
      method: 'GET',
      path: PATH,
      async handle(request) {
        const opened = open(request)
        if (!('found' in opened)) return opened
        return show(opened.signedIn, opened.found, randomBytes(16).toString('base64url'), null)
      },
    },
    {
      method: 'POST',
      path: PATH,
      async handle(request) {
        const { form, address } = request
        const opened = open(request)
        if (!('found' in opened)) return opened
        if (!form) return signInFirst(request)
        const { signedIn, found } = opened
        const offer = form.get('offer') ?? ''
        if (!OFFER.test(offer) || !sessions.checkCsrf(signedIn.session, form.get('csrf') ?? ''))
          return show(signedIn, found, randomBytes(16).toString('base64url'), 'stale')
        const now = clock.now()
        const person = found.person.id
        if (!(await mayTry(database, { person: `enrolling ${person}`, address }, now)))
          return show(signedIn, found, offer, 'too-many')
        const secret = secretOf(signedIn, offer)
        const code = (form.get('code') ?? '').replace(/\s/g, '')
        if (!(await takeCode(database, { person, secret, code, now }))) return show(signedIn, found, offer, 'wrong')
        const sealed = keys.seal(secret, `totp ${person}`)
        const done = await giveOwn(desk, found, 'access.register-authenticator-app', { secret: sealed, link: null })
        return isRefusal(done) ? show(signedIn, found, offer, 'stale') : { redirect: '/console/account' }
      },
    },
  ]
}
