import { createSayWho, type Frame, type Outcome, type PageRequest } from '#command'
import { estateTemplateText, parseEstate } from '#contexts/estate'
import { foldModel, type Models } from '#journal'
import { type Actor, type Entry, instant, type Millis, type Role, refusals } from '#kernel'
import { draft } from '../core/draft.ts'
import { liveFacts } from '../projections/live-facts.ts'
import { pages } from './index.ts'

/** Everything here is invented. */
const NOW = Date.parse('2025-11-25T08:00:00Z')
const HOUR = 3_600_000
const INCIDENT = '019ab8bd-3900-7168-b643-3d32e91a9dcf'
const me: Actor = { kind: 'person', id: 'p-019ab8bd' }
const other: Actor = { kind: 'person', id: 'p-019ab8be' }
const refuse = refusals({
  'second-person-needed': { kind: 'forbidden', title: 'A second person publishes' },
  'role-needed': { kind: 'forbidden', title: 'Your role does not allow this' },
})

type Told = readonly [type: string, data: object, more?: { readonly at?: Millis; readonly actor?: Actor }]

export interface Made {
  readonly models: Models
  readonly exercise: boolean
}

function made(told: readonly Told[], exercise = false): Made {
  const entries = told.map(([type, data, { at = NOW - 2 * HOUR, actor = other } = {}], i): Entry => {
    const time = instant(at)
    const times = { occurredAt: time, reportedAt: null, recordedAt: time }
    const place = { organisation: 'example', number: i + 1, stream: 'gallery', version: i + 1 }
    return { ...place, type, v: 1, data, ...times, actor, command: null, erased: [] }
  })
  const kept = new Map<string, unknown>()
  const models: Models = {
    of(model, organisation) {
      if (!kept.has(model.name)) kept.set(model.name, foldModel(model, organisation, entries))
      return kept.get(model.name) as ReturnType<typeof model.initial>
    },
    organisations: () => ['example'],
    position: () => entries.length,
  }
  return { models, exercise }
}

function estate(): Told[] {
  const parsed = parseEstate([{ name: 'estate.yaml', text: estateTemplateText('example', 'typical-council') }])
  if ('mistakes' in parsed) throw new Error(parsed.mistakes[0]!.message)
  const { components, services } = parsed.estates[0]!
  return [
    ['estate.organisation-added', { slug: 'example', name: 'Example Borough Council', kind: 'council', world: 'live' }],
    ...components.map((component): Told => ['estate.component-defined', { component }]),
    ...services.map((service): Told => ['estate.service-defined', { service }]),
  ]
}

const route = (route: string, name: string, more: object): Told => [
  'statements.route-set',
  {
    route,
    kind: 'phone',
    purpose: 'general',
    audiences: ['residents', 'staff', 'partners', 'members', 'press'],
    services: [],
    works: true,
    checkedAt: instant(NOW - HOUR),
    waitingTime: null,
    name,
    address: '020 7946 0000',
    ...more,
  },
]
const live: readonly Told[] = [
  ...estate(),
  ['incident.declared', { incident: INCIDENT, title: 'Unusual activity', summary: 'Seen at 2am.' }],
  [
    'incident.components-isolated',
    {
      incident: INCIDENT,
      components: ['example/corporate-network', 'example/telephony'],
      precautionary: true,
      since: instant(NOW - 2 * HOUR),
      expectedRestoration: {
        optimistic: instant(NOW + 24 * HOUR),
        likely: instant(NOW + 96 * HOUR),
        pessimistic: instant(NOW + 480 * HOUR),
      },
      foreseen: { stopped: [], degraded: [] },
      rationale: 'It may spread.',
    },
  ],
  route('emergency-email', 'Emergency address', {
    kind: 'email',
    purpose: 'emergency',
    address: 'emergencies@example.org',
  }),
  route('duty-team', 'Emergency Duty Team', { purpose: 'out-of-hours', hours: '5pm to 9am' }),
  route('contact-centre', 'Contact centre', { works: false, waitingTime: 'PT20M', note: 'The lines are cut.' }),
  [
    'statements.line-set',
    {
      line: 'continuity',
      part: 'doing',
      audiences: ['residents', 'staff', 'partners', 'members', 'press'],
      text: 'Business continuity arrangements have been triggered',
    },
  ],
  [
    'statements.status-overridden',
    {
      service: 'example/housing-repairs',
      level: 'degraded',
      until: instant(NOW + 30 * HOUR),
      reason: 'Two crews are missing.',
      told: 'Repairs are a day late.',
    },
  ],
  [
    'statements.advice-set',
    { service: 'example/pay-council-tax', alternative: 'Pay by direct debit.', noNeedToContact: '' },
  ],
]
const facts = liveFacts(made(live).models, 'example', NOW - 2 * HOUR, { incident: INCIDENT, promised: null })
const first = draft(facts)
const drafted = (statement: number, actor: Actor): Told => [
  'statements.drafted',
  { statement, incident: INCIDENT, facts: first.facts, nextUpdateAt: null, wordings: first.wordings },
  { actor },
]
const published = (audience: 'residents' | 'staff', more: object = {}): Told => [
  'statements.published',
  {
    statement: 1,
    audience,
    version: 1,
    incident: INCIDENT,
    nextUpdateAt: instant(NOW - HOUR / 2),
    services: [],
    breakGlass: false,
    wording: first.wordings[audience],
    ...more,
  },
  { actor: me },
]
const asked: Told = [
  'statements.enquiry-received',
  {
    enquiry: 'one',
    outlet: 'Invented Gazette',
    contact: 'desk@gazette.example',
    question: 'Has data been taken?',
    deadline: '5pm',
  },
]
const changed: Told = [
  'statements.route-checked',
  { route: 'contact-centre', works: true, checkedAt: instant(NOW), waitingTime: null },
]
const nothing = made(estate())
const waits = made([...live, drafted(1, other)])
const mine = made([...live, drafted(1, me)])
const stale = made([...live, drafted(1, other), changed])
const all: Told[] = [
  ...live,
  drafted(1, other),
  published('residents'),
  published('staff', { breakGlass: true, reason: 'Nobody else is awake.' }),
  [
    'statements.correction-drafted',
    {
      statement: 1,
      audience: 'residents',
      facts: first.facts,
      nextUpdateAt: null,
      wording: first.wordings.residents,
      whatChanged: 'The telephone works again.',
    },
  ],
  ['statements.withdrawn', { statement: 1, audience: 'press', reason: 'Sent by mistake.' }],
  asked,
  [
    'statements.enquiry-received',
    { enquiry: 'two', outlet: 'Invented Herald', contact: 'Desk', question: 'Since when?', deadline: '' },
  ],
  ['statements.enquiry-answered', { enquiry: 'two', answer: 'Since 6am.' }],
]
const busy = made(all)

export interface Visit {
  readonly form?: string
  readonly outcome?: Outcome
  readonly roles?: readonly Role[]
  /** What was given is noted here. */
  readonly given?: [string, unknown][]
}

/** A page as its reader gets it. */
export async function visited({ models, exercise }: Made, path: string, visit: Visit = {}): Promise<string> {
  const { form, outcome = { entries: [1] }, roles = ['communications'] } = visit
  const { declared: page, params } = pageAt(form === undefined ? 'GET' : 'POST', path)
  const frame: Frame = {
    organisation: { slug: 'example', name: 'Example Borough Council' },
    exercise,
    reader: 'Alex Example',
    roles,
    csrf: 'a-token',
    commandId: '0190d3c0-0000-7000-8000-000000000000',
    navigation: [{ href: '/console/example/statements', text: 'Statements', current: path === '/statements' }],
    elsewhere: [],
    madeAt: instant(NOW),
    position: models.position('example'),
  }
  const request: PageRequest = {
    organisation: 'example',
    params,
    url: 'https://holdfast.example',
    query: new URLSearchParams(),
    form: form === undefined ? null : new URLSearchParams(form),
    reader: { person: 'p-019ab8bd', name: 'Alex Example', caller: { actor: me, roles } },
    now: NOW,
    models,
    who: createSayWho(me, () => 'Sam Example'),
    frame,
    give: (command, input) => {
      visit.given?.push([command, input])
      return Promise.resolve(outcome)
    },
    ask: () => Promise.resolve({}),
  }
  const answer = await page.handle(request)
  if ('html' in answer) return answer.html
  return 'redirect' in answer ? `to ${answer.redirect}` : `${answer.title}. ${answer.detail}`
}

function pageAt(method: string, path: string) {
  const steps = path.split('/')
  const fits = (declared: string) => {
    const parts = declared.split('/')
    return parts.length === steps.length && parts.every((part, i) => part.startsWith(':') || part === steps[i])
  }
  const [declared] = pages
    .filter((one) => one.method === method && fits(one.path))
    .sort((a, b) => a.path.split(':').length - b.path.split(':').length)
  if (!declared) throw new Error(`there is no page ${method} ${path}`)
  const found = declared.path
    .split('/')
    .flatMap((part, i) => (part.startsWith(':') ? [[part.slice(1), steps[i]!]] : []))
  return { declared, params: Object.fromEntries(found) as Record<string, string> }
}

export const worlds = { nothing, waits, mine, stale, busy } as const
const viewer = { roles: ['viewer'] } as const satisfies Visit
const states: readonly [name: string, made: Made, path: string, visit?: Visit][] = [
  ['statements, none', nothing, '/statements'],
  ['statements, for a viewer', waits, '/statements', viewer],
  ['statements, waiting, published and overdue', busy, '/statements'],
  ['statements, some draft no longer holds', stale, '/statements'],
  ['statements, refused', nothing, '/statements', { form: '', outcome: refuse('role-needed', 'Ask somebody else.') }],
  ['statements, exercise', { ...busy, exercise: true }, '/statements'],
  ['a statement to publish', waits, '/statements/1'],
  ['a statement of one’s own', mine, '/statements/1'],
  ['a statement that no longer holds', stale, '/statements/1'],
  ['a statement, published and corrected', busy, '/statements/1'],
  ['a statement, for a viewer', busy, '/statements/1', viewer],
  ['a statement, exercise', { ...waits, exercise: true }, '/statements/1'],
  [
    'a statement, publishing refused',
    mine,
    '/statements/1/publish',
    { form: 'reason=', outcome: refuse('second-person-needed', 'Ask somebody else to publish it.') },
  ],
  ['reword', waits, '/statements/1/residents/reword'],
  ['reword, with mistakes', waits, '/statements/1/residents/reword', { form: 'headline=' }],
  ['correct', busy, '/statements/1/staff/correct'],
  ['withdraw', busy, '/statements/1/withdraw'],
  ['how to reach us, nothing', nothing, '/contact-routes'],
  ['how to reach us', busy, '/contact-routes'],
  ['how to reach us, for a viewer', busy, '/contact-routes', viewer],
  ['how to reach us, a wrong number', busy, '/contact-routes/duty-team/check', { form: 'minutes=soon&works=yes' }],
  ['add a way to reach us', busy, '/contact-routes/new'],
  ['add a way to reach us, with mistakes', busy, '/contact-routes/new', { form: 'name=' }],
  ['change a way to reach us', busy, '/contact-routes/duty-team/change'],
  ['remove a way to reach us', busy, '/contact-routes/duty-team/remove'],
  ['standing lines', busy, '/standing-lines'],
  ['standing lines, for a viewer', nothing, '/standing-lines', viewer],
  ['add a standing line', busy, '/standing-lines/new'],
  ['change a standing line', busy, '/standing-lines/continuity/change'],
  ['remove a standing line', busy, '/standing-lines/continuity/remove'],
  ['services', busy, '/service-words'],
  ['services, exercise', { ...busy, exercise: true }, '/service-words', viewer],
  ['what to do instead', busy, '/service-words/pay-council-tax/advice'],
  ['set a status by hand', busy, '/service-words/pay-council-tax/override'],
  ['follow the records again', busy, '/service-words/housing-repairs/lift'],
  ['press enquiries, none', nothing, '/press-enquiries'],
  ['press enquiries', busy, '/press-enquiries'],
  ['answer an enquiry', busy, '/press-enquiries/one/answer'],
]

export const statementsGallery = states.map(([name, world, path, visit]) => ({
  name,
  html: () => visited(world, path, visit),
}))
