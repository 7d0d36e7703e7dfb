import type { ConsoleRoute } from './console-route.ts'
import { sessionCookie, setCookie } from './cookies.ts'
import type { Desk } from './desk.ts'

export function signOut({ sessions, url }: Desk): ConsoleRoute {
  return {
    method: 'POST',
    path: '/console/sign-out',
    async handle({ signedIn, form }) {
      const redirect = '/console/sign-in'
      if (!signedIn) return { redirect }
      // A page elsewhere that signs people out is a nuisance in an incident.
      if (!sessions.checkCsrf(signedIn.session, form?.get('csrf') ?? '')) return { redirect: '/console' }
      await sessions.end(signedIn.session)
      return { redirect, setCookies: [setCookie(url, sessionCookie(url), '')] }
    },
  }
}
