import { type Page, type PageAnswer, type PageRequest, page } from '#command'
import { isRefusal } from '#kernel'
import { refuse } from '../core/refusals.ts'
import { findPerson, people } from '../projections/people.ts'
import { qrSvg } from '../proofs/qr.ts'
import { newEnrolmentLink } from '../proofs/secret-link.ts'
import { expiryOf } from './lasting.ts'
import { peoplePage, personPage } from './people.view.ts'
import { views } from './views.ts'

const ADMINS = ['admin'] as const
const PERSON = '/people/:person'

const list = page({
  method: 'GET',
  path: '/people',
  roles: ADMINS,
  navigation: { text: 'People', order: 80 },
  handle({ models, organisation, now, frame }) {
    const state = models.of(people, organisation)
    return {
      html: views.render(
        'people.njk',
        peoplePage(frame, state, (id) => findPerson(models, id), now),
      ),
    }
  },
})

/** People of other organisations are shown only where they have been given a role here. */
function known({ models, organisation, params }: PageRequest) {
  const id = params.person!
  const state = models.of(people, organisation)
  const found = state.people.has(id) || state.grants.has(id) ? findPerson(models, id) : null
  return found ?? refuse('unknown-person', 'Go back to the list of people, and choose one of them.')
}

function show(request: PageRequest, error: string | null = null): PageAnswer {
  const found = known(request)
  if (isRefusal(found)) return found
  const { models, organisation, now, frame } = request
  const facts = { state: models.of(people, organisation), known: found, now, error }
  const html = views.render('person.njk', personPage(frame, found.person.id, facts))
  return error === null ? { html } : { html, status: 422 }
}

/** One button of a person's page: gives one command about that person. */
function action(path: string, command: string, input: (form: URLSearchParams, request: PageRequest) => object): Page {
  return page({
    method: 'POST',
    path: `${PERSON}/${path}`,
    roles: ADMINS,
    stepUp: true,
    async handle(request) {
      const found = known(request)
      if (isRefusal(found)) return found
      const done = await request.give(command, { person: found.person.id, ...input(request.form!, request) })
      if (isRefusal(done)) return show(request, `${done.title}. ${done.detail}`)
      return { redirect: `/console/${request.organisation}/people/${found.person.id}` }
    },
  })
}

const enrol = page({
  method: 'POST',
  path: `${PERSON}/enrol`,
  roles: ADMINS,
  stepUp: true,
  async handle(request) {
    const found = known(request)
    if (isRefusal(found)) return found
    const { href, hash } = newEnrolmentLink(request.url)
    const done = await request.give('access.issue-enrolment', { person: found.person.id, hash })
    if (isRefusal(done)) {
      const again = done.refused === 'command-id-reused'
      return show(request, again ? 'That link was shown once already. Issue another.' : `${done.title}. ${done.detail}`)
    }
    const { frame, organisation } = request
    const picture = await qrSvg(href, 'QR code of the enrolment link')
    const back = `/console/${organisation}/people/${found.person.id}`
    const title = 'Enrolment link'
    return { html: views.render('enrolment-link.njk', { frame, title, name: found.name, href, picture, back }) }
  },
})

export const peoplePages: readonly Page[] = [
  list,
  page({ method: 'GET', path: PERSON, roles: ADMINS, handle: (request) => show(request) }),
  action('grant', 'access.grant-role', (form, { now }) => ({ role: form.get('role'), ...expiryOf(form, now) })),
  action('withdraw', 'access.withdraw-role', (form) => ({ role: form.get('role') })),
  action('remove-passkey', 'access.remove-passkey', (form) => ({ credential: form.get('credential') })),
  action('remove-app', 'access.remove-authenticator-app', () => ({})),
  action('end-sessions', 'access.end-sessions', () => ({})),
  enrol,
]
