import { type PageAnswer, type PageRequest, page } from '#command'
import { formPages, given } from '#command/forms'
import { formatDuration, isRefusal, parseDuration, type Refusal } from '#kernel'
import { CHECKERS, READERS, SPEAKERS } from '../commands/allowed.ts'
import { AUDIENCES, ROUTE_KINDS, ROUTE_PURPOSES } from '../core/events.ts'
import { refuse } from '../core/refusals.ts'
import { sayWait } from '../core/say-contact.ts'
import { wordsOf } from '../core/sentence.ts'
import { type ContactRoute, contactRoutes } from '../projections/contact.ts'
import { AUDIENCE_WORDS, home, sayAt, speaks, statementsPath } from './place.ts'
import { type Item, recordsView } from './records.view.ts'
import { slugOf } from './slug-of.ts'
import { views } from './views.ts'

const PURPOSES = { emergency: 'Emergencies', 'out-of-hours': 'Out of hours', general: 'Everything else' } as const
const KINDS = {
  phone: 'Telephone',
  text: 'Text message',
  email: 'E-mail',
  web: 'Web page',
  'in-person': 'In person',
  post: 'Post',
} as const

/** Of the console. */
const ENGLISH = wordsOf({ language: 'en-GB' })

const routesPath = (request: Pick<PageRequest, 'frame'>) => `${home(request.frame)}/contact-routes`
const minutesOf = ({ waitingTime }: ContactRoute) =>
  waitingTime === null ? null : Math.round((parseDuration(waitingTime) ?? 0) / 60_000)

function show(request: PageRequest, refusal: Refusal | null): PageAnswer {
  const { frame, models, organisation } = request
  const routes = [...models.of(contactRoutes, organisation).values()]
  const view = recordsView(
    frame,
    {
      heading: 'How to reach us',
      back: { href: statementsPath(frame), text: 'Back to statements' },
      intro: ['Statements and the public page name these. Check them often: people rely on them.'],
      links: speaks(request) ? [{ href: `${routesPath(request)}/new`, text: 'Add a way to reach us' }] : [],
      groups: ROUTE_PURPOSES.map((purpose) => ({
        heading: PURPOSES[purpose],
        empty: 'None has been set.',
        items: routes.filter((one) => one.purpose === purpose).map((one) => item(one, request)),
      })),
    },
    refusal,
  )
  return { html: views.render('records.njk', view), ...(refusal ? { status: 422 } : {}) }
}

function item(one: ContactRoute, request: PageRequest): Item {
  const { route, name, address, hours, works, checkedAt, note, audiences, services } = one
  const minutes = minutesOf(one)
  const here = `${routesPath(request)}/${route}`
  const whom =
    audiences.length === AUDIENCES.length
      ? 'everybody'
      : audiences.map((who) => AUDIENCE_WORDS[who].toLowerCase()).join(', ')
  return {
    heading: name ?? 'Its name has been erased',
    tags: [
      works ? { text: 'Works', classes: 'govuk-tag--green' } : { text: 'Does not work', classes: 'govuk-tag--red' },
    ],
    lines: [
      `${KINDS[one.kind]}: ${address ?? 'erased'}${hours ? ` (${hours})` : ''}`,
      `Checked at ${sayAt(checkedAt)}.${minutes ? ` People wait about ${sayWait(minutes, ENGLISH)}.` : ''}${note ? ` ${note}` : ''}`,
      `For ${whom}${services.length > 0 ? `; about ${services.length} ${services.length === 1 ? 'service' : 'services'}` : ''}.`,
    ],
    forms: speaks(request, CHECKERS)
      ? [
          {
            action: `${here}/check`,
            inputs: [
              {
                id: `minutes-${route}`,
                name: 'minutes',
                value: minutes ? String(minutes) : '',
                inputmode: 'numeric',
                classes: 'govuk-input--width-4',
                label: { text: 'People wait, in minutes (optional)' },
              },
            ],
            buttons: [
              {
                text: 'Checked now: works',
                name: 'works',
                value: 'yes',
                classes: 'govuk-button--secondary',
                preventDoubleClick: true,
              },
              {
                text: 'Does not work',
                name: 'works',
                value: 'no',
                classes: 'govuk-button--secondary',
                preventDoubleClick: true,
              },
            ],
          },
        ]
      : [],
    links: speaks(request)
      ? [
          { href: `${here}/change`, text: 'Change' },
          { href: `${here}/remove`, text: 'Remove' },
        ]
      : [],
  }
}

function routeOf({ models, organisation, params }: PageRequest): ContactRoute | Refusal {
  const found = models.of(contactRoutes, organisation).get(params.route!)
  return found ?? refuse('unknown-route', 'Go back to the list and choose one of its ways.')
}

const checkPage = page({
  method: 'POST',
  path: '/contact-routes/:route/check',
  roles: CHECKERS,
  async handle(request) {
    const minutes = request.form!.get('minutes')?.trim() ?? ''
    if (!/^\d{0,5}$/.test(minutes))
      return show(request, refuse('minutes-unfit', 'Enter how long people wait as a number of minutes, such as 20.'))
    const input = given({
      route: request.params.route,
      works: request.form!.get('works') === 'yes',
      waitingTime: Number(minutes) > 0 ? formatDuration(Number(minutes) * 60_000) : undefined,
    })
    const outcome = await request.give('statements.check-route', input)
    return isRefusal(outcome) ? show(request, outcome) : { redirect: routesPath(request) }
  },
})

const choices = <T extends string>(words: Record<T, string>, of: readonly T[]) =>
  of.map((value) => ({ value, text: words[value] }))

const asks = () =>
  [
    {
      kind: 'line',
      name: 'name',
      label: 'What is it called?',
      hint: 'Such as: Emergency Duty Team',
      needed: 'Enter what it is called',
    },
    {
      kind: 'choice',
      name: 'kind',
      label: 'What kind of way is it?',
      needed: 'Choose what kind of way it is',
      choices: choices(KINDS, ROUTE_KINDS),
    },
    { kind: 'line', name: 'address', label: 'Number or address', needed: 'Enter the number or address' },
    {
      kind: 'choice',
      name: 'purpose',
      label: 'What is it for?',
      needed: 'Choose what it is for',
      choices: choices(PURPOSES, ROUTE_PURPOSES),
    },
    { kind: 'line', name: 'hours', label: 'When is it open?' },
    {
      kind: 'ticks',
      name: 'audiences',
      label: 'Who is told of it?',
      hint: 'None chosen: everybody.',
      choices: choices(AUDIENCE_WORDS, AUDIENCES),
    },
    { kind: 'words', name: 'note', label: 'What else should people know?', rows: 2 },
  ] as const

const setPages = [
  ...formPages<{ readonly route: ContactRoute | null }>({
    path: '/contact-routes/new',
    roles: SPEAKERS,
    facts: () => ({ route: null }),
    words: (_facts, request) => ({ title: 'Add a way to reach us', back: routesPath(request), button: 'Add it' }),
    asks,
    command: (said, _facts, { models, organisation }, values) => ({
      name: 'statements.set-route',
      input: given({
        route: slugOf(said('name') ?? '', models.of(contactRoutes, organisation)),
        ...answers(said),
        audiences: values.audiences?.length ? values.audiences : undefined,
      }),
    }),
    next: (_facts, request) => routesPath(request),
  }),
  ...formPages<ContactRoute>({
    path: '/contact-routes/:route/change',
    roles: SPEAKERS,
    facts: routeOf,
    words: ({ name }, request) => ({
      title: 'Change a way to reach us',
      caption: name ?? '',
      back: routesPath(request),
      button: 'Change it',
    }),
    asks,
    first: ({ name, kind, address, purpose, hours, audiences, note }) => ({
      name: [name ?? ''],
      kind: [kind],
      address: [address ?? ''],
      purpose: [purpose],
      hours: [hours ?? ''],
      audiences: audiences.length === AUDIENCES.length ? [] : audiences,
      note: [note ?? ''],
    }),
    command: (said, { route, services, works, checkedAt, waitingTime }, _request, values) => ({
      name: 'statements.set-route',
      input: given({
        route,
        ...answers(said),
        audiences: values.audiences?.length ? values.audiences : undefined,
        services,
        works,
        checkedAt,
        waitingTime: waitingTime ?? undefined,
      }),
    }),
    next: (_facts, request) => routesPath(request),
  }),
  ...formPages<ContactRoute>({
    path: '/contact-routes/:route/remove',
    roles: SPEAKERS,
    facts: routeOf,
    words: ({ name }, request) => ({
      title: 'Remove a way to reach us?',
      caption: name ?? '',
      intro: ['Drafts that name it will say so before they are published.'],
      back: routesPath(request),
      button: 'Remove it',
      warning: true,
    }),
    asks: () => [],
    command: (_said, { route }) => ({ name: 'statements.remove-route', input: { route } }),
    next: (_facts, request) => routesPath(request),
  }),
]

function answers(said: (name: string) => string | undefined) {
  return {
    kind: said('kind'),
    purpose: said('purpose'),
    name: said('name'),
    address: said('address'),
    hours: said('hours'),
    note: said('note'),
  }
}

export const routePages = [
  page({ method: 'GET', path: '/contact-routes', roles: READERS, handle: (request) => show(request, null) }),
  checkPage,
  ...setPages,
]
