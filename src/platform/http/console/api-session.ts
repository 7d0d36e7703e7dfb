import type { FastifyRequest } from 'fastify'
import type { Session } from '../options.ts'
import { type Problem, problem } from '../problem.ts'
import { cookieOf } from './admit.ts'
import type { Sessions, SignedIn } from './options.ts'

/** Who asks the API with the console's cookie: null without one. What may change something needs the CSRF token as well. */
export function createApiSession(sessions: Sessions, publicUrl: string) {
  return async (request: FastifyRequest): Promise<Session | Problem | null> => {
    const { authorization, 'x-csrf-token': token } = request.headers
    const cookie = authorization === undefined ? cookieOf(request, publicUrl) : null
    // The pages' script asks by itself: that must not keep a session alive which nobody uses.
    const signedIn = cookie === null ? null : await sessions.find(cookie, false)
    if (cookie === null || signedIn === null) return null
    const reads = request.method === 'GET' || request.method === 'HEAD'
    if (!reads && !sessions.checkCsrf(signedIn.session, String(token ?? '')))
      return problem('not-for-you', 'With the console’s cookie a POST needs its CSRF token in the header X-CSRF-Token.')
    let known: SignedIn | null = signedIn
    return {
      ...sessionOf(signedIn),
      renewed() {
        sessions.find(cookie, false).then(
          (found) => {
            known = found
          },
          // The database is away: what was known holds until it is back.
          () => {},
        )
        return known && sessionOf(known)
      },
    }
  }
}

function sessionOf({ person, organisations }: SignedIn): Session {
  return {
    actor: { kind: 'person', id: person },
    rolesAt: (organisation) => organisations.find(({ slug }) => slug === organisation)?.roles ?? [],
  }
}
