import { type CodesWords, stepUpPage } from '../pages/sign-in.view.ts'
import { views } from '../pages/views.ts'
import { findPerson, signInCode } from '../projections/people.ts'
import { checkAuthentication, requestOptions } from '../proofs/passkeys.ts'
import type { SignedIn } from '../sessions/sessions.ts'
import { judgeTotp } from './codes.ts'
import type { ConsoleAnswer, ConsoleRequest, ConsoleRoute } from './console-route.ts'
import { sessionCookie, setCookie } from './cookies.ts'
import type { Desk } from './desk.ts'
import { localPath } from './local-path.ts'
import { NOT_PROVEN, passkeyCall } from './sign-in.ts'

/** The passkey or code again, before what cannot be undone: the same session goes on under a new cookie. */
export function stepUpRoutes(desk: Desk): ConsoleRoute[] {
  const { sessions, models, url } = desk

  const show = (request: ConsoleRequest, signedIn: SignedIn, words: CodesWords, status = 200) => {
    const next = localPath((request.form ?? request.query).get('next'))
    const hasApp = findPerson(models, signedIn.person)?.person.totp != null
    const csrf = sessions.csrfOf(signedIn.session)
    return { html: views.render('step-up.njk', stepUpPage({ csrf, next, name: signedIn.name, hasApp, words })), status }
  }

  const proven = async (signedIn: SignedIn): Promise<string[] | null> => {
    const cookie = await sessions.prove(signedIn.session)
    return cookie === null ? null : [setCookie(url, sessionCookie(url), cookie)]
  }

  return [
    {
      method: 'GET',
      path: '/console/step-up',
      handle: async (request) => (request.signedIn ? show(request, request.signedIn, null) : signInFirst(request)),
    },
    {
      method: 'POST',
      path: '/console/step-up',
      async handle(request) {
        const { signedIn, form, address } = request
        if (!signedIn || !form) return signInFirst(request)
        if (!sessions.checkCsrf(signedIn.session, form.get('csrf') ?? '')) return show(request, signedIn, 'stale', 403)
        const who = signInCode(signedIn.person)
        const judged = await judgeTotp(desk, { who, code: form.get('code') ?? '', address })
        if (judged === 'wrong') return show(request, signedIn, judged, 422)
        if (judged === 'too-many') return show(request, signedIn, judged, 429)
        const setCookies = await proven(signedIn)
        return setCookies ? { redirect: localPath(form.get('next')), setCookies } : signInFirst(request)
      },
    },
    {
      method: 'POST',
      path: '/console/step-up/options',
      handle: async ({ signedIn }) =>
        signedIn ? { json: await requestOptions(desk, `step-up ${signedIn.session}`) } : NOT_PROVEN,
    },
    {
      method: 'POST',
      path: '/console/step-up/passkey',
      async handle({ signedIn, json }) {
        const { response, next, csrf } = passkeyCall(json)
        if (!signedIn || !sessions.checkCsrf(signedIn.session, csrf)) return NOT_PROVEN
        const passkey = findPerson(models, signedIn.person)?.person.passkeys.get(response.id)
        const purpose = `step-up ${signedIn.session}`
        if (!passkey || !(await checkAuthentication(desk, purpose, passkey, response))) return NOT_PROVEN
        const setCookies = await proven(signedIn)
        return setCookies ? { json: { next: localPath(next) }, setCookies } : NOT_PROVEN
      },
    },
  ]
}

export function signInFirst({ query, form }: ConsoleRequest): ConsoleAnswer {
  const next = localPath((form ?? query).get('next'))
  return { redirect: `/console/sign-in?next=${encodeURIComponent(next)}` }
}
