import { type Page, type PageAnswer, type PageRequest, page } from '#command'
import { isRefusal } from '#kernel'
import { refuse } from '../core/refusals.ts'
import { findPerson } from '../projections/people.ts'
import type { SessionDesk } from '../sessions/sessions.ts'
import { sessionsPage } from './sessions.view.ts'
import { views } from './views.ts'

const ADMINS = ['admin'] as const
const path = '/people/:person/sessions'

/** An admin sees the sessions of the organisation's own people, and ends one of them. Sessions are no journal: main lends them. */
export function sessionPages(desk: Pick<SessionDesk, 'list'>): Page[] {
  async function show(request: PageRequest, error: string | null = null): Promise<PageAnswer> {
    const { models, organisation, params, frame } = request
    const found = findPerson(models, params.person!)
    if (found?.home !== organisation)
      return refuse('unknown-person', 'Their own organisation sees where they are signed in, and ends it.')
    const facts = { id: found.person.id, name: found.name, rows: await desk.list(found.person.id), error }
    const html = views.render('sessions.njk', sessionsPage(frame, facts))
    return error === null ? { html } : { html, status: 422 }
  }

  return [
    page({ method: 'GET', path, roles: ADMINS, handle: (request) => show(request) }),
    page({
      method: 'POST',
      path,
      roles: ADMINS,
      stepUp: true,
      async handle(request) {
        const { organisation, params, form } = request
        const person = params.person!
        const done = await request.give('access.end-session', { person, session: form!.get('session') })
        if (isRefusal(done)) return show(request, `${done.title}. ${done.detail}`)
        return { redirect: `/console/${organisation}/people/${person}/sessions` }
      },
    }),
  ]
}
