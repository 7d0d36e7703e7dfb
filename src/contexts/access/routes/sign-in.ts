import { type CodesWords, recoveryPage, signInPage } from '../pages/sign-in.view.ts'
import { views } from '../pages/views.ts'
import { findByCredential } from '../projections/people.ts'
import { checkAuthentication, requestOptions } from '../proofs/passkeys.ts'
import { admit } from './admit.ts'
import { judgeRecovery, judgeTotp } from './codes.ts'
import type { ConsoleRequest, ConsoleRoute } from './console-route.ts'
import type { Desk } from './desk.ts'
import { checkEntry, entryToken } from './entry.ts'
import { localPath } from './local-path.ts'

/** The browser speaks JSON only where passkeys need it. */
export const NOT_PROVEN = {
  json: { error: 'This passkey could not be checked. Load the page again and retry, or use another way to sign in.' },
  status: 403,
} as const

export function signInRoutes(desk: Desk): ConsoleRoute[] {
  const show = (request: ConsoleRequest, template: 'sign-in.njk' | 'recovery.njk', words: CodesWords, status = 200) => {
    const { csrf, setCookies } = entryToken(desk, request)
    const next = localPath((request.form ?? request.query).get('next'))
    const shown = { csrf, next, who: request.form?.get('who') ?? '', words }
    const html =
      template === 'sign-in.njk'
        ? views.render(template, signInPage(shown))
        : views.render(template, recoveryPage(shown))
    return { html, status, setCookies }
  }

  const byCode = (path: string, template: 'sign-in.njk' | 'recovery.njk', judge: typeof judgeTotp): ConsoleRoute[] => [
    { method: 'GET', path, handle: async (request) => show(request, template, null) },
    {
      method: 'POST',
      path,
      async handle(request) {
        const { form, address } = request
        if (!form || !checkEntry(desk, request)) return show(request, template, 'stale', 403)
        const judged = await judge(desk, { who: form.get('who') ?? '', code: form.get('code') ?? '', address })
        if (judged === 'wrong') return show(request, template, judged, 422)
        if (judged === 'too-many') return show(request, template, judged, 429)
        return { redirect: localPath(form.get('next')), setCookies: await admit(desk, request, judged.found) }
      },
    },
  ]

  return [
    ...byCode('/console/sign-in', 'sign-in.njk', judgeTotp),
    ...byCode('/console/sign-in/recovery', 'recovery.njk', judgeRecovery),
    {
      method: 'POST',
      path: '/console/sign-in/options',
      handle: async () => ({ json: await requestOptions(desk, 'sign-in') }),
    },
    {
      method: 'POST',
      path: '/console/sign-in/passkey',
      async handle(request) {
        const { response, next } = passkeyCall(request.json)
        const found = findByCredential(desk.models, response.id)
        const passkey = found?.person.passkeys.get(response.id)
        if (!found || !passkey || !(await checkAuthentication(desk, 'sign-in', passkey, response))) return NOT_PROVEN
        return { json: { next: localPath(next) }, setCookies: await admit(desk, request, found) }
      },
    },
  ]
}

/** What the island sends: the browser's response, of a shape that only the check of its proof will know. */
export function passkeyCall(json: unknown) {
  const { response, next, csrf, label } = (json ?? {}) as Record<string, unknown>
  const id = (response as { id?: unknown } | null | undefined)?.id
  const text = (value: unknown) => (typeof value === 'string' ? value : null)
  return {
    response: { ...(response as object | null), id: text(id) ?? '' },
    next: text(next),
    csrf: text(csrf) ?? '',
    label: text(label),
  }
}
