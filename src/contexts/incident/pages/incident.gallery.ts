import { createSayWho, type Frame, type Outcome, type PageRequest } from '#command'
import { estateTemplateText, parseEstate } from '#contexts/estate'
import { foldModel, type Models } from '#journal'
import { type Entry, instant, type Millis, refusals } from '#kernel'
import type { Evidence } from './evidence-answer.ts'
import { pages } from './index.ts'

/** Everything here is invented. */
const NOW = Date.parse('2025-11-25T08:00:00Z')
const INCIDENT = '019ab8bd-3900-7168-b643-3d32e91a9dcf'
const HOUR = 3_600_000
const refuse = refusals({ 'incident-stood-down': { kind: 'state', title: 'This incident has been stood down' } })

type Told = readonly [type: string, data: object, at?: Millis]

export interface Made {
  readonly models: Models
  readonly now: Millis
  readonly exercise: boolean
}

/** Models fed with what was told, in order. */
export function madeWorld(told: readonly Told[], exercise = false): Made {
  const entries = told.map(([type, data, at = NOW - 6 * HOUR], i): Entry => {
    const time = instant(at)
    const actor = { kind: 'person', id: 'p-019ab8bd' } as const
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
  return { models, now: NOW, exercise }
}

export function estateTold(): Told[] {
  const parsed = parseEstate([{ name: 'estate.yaml', text: estateTemplateText('example', 'typical-council') }])
  if ('mistakes' in parsed) throw new Error(parsed.mistakes[0]!.message)
  const { components, services } = parsed.estates[0]!
  return [
    ['estate.organisation-added', { slug: 'example', name: 'Example Borough Council', kind: 'council', world: 'live' }],
    ...components.map((component): Told => ['estate.component-defined', { component }]),
    ...services.map((service): Told => ['estate.service-defined', { service }]),
  ]
}

const incident = INCIDENT
const declared: Told = [
  'incident.declared',
  { incident, title: 'Unusual activity in shared IT', summary: 'Seen at 2am.' },
]
const under = {
  expectedRestoration: {
    optimistic: instant(NOW + 24 * HOUR),
    likely: instant(NOW + 96 * HOUR),
    pessimistic: instant(NOW + 480 * HOUR),
  },
  foreseen: { stopped: [], degraded: [] },
  rationale: 'It may spread from the neighbour.',
  options: [
    { title: 'Isolate all networks', consequence: 'As seen at 2am: much stops.', chosen: true },
    { title: 'Wait, and isolate nothing', consequence: 'It may spread.' },
  ],
  authority: 'Strategic commander',
}
const told: readonly Told[] = [
  ...estateTold(),
  declared,
  [
    'incident.methane-updated',
    { incident, methane: { major: true, location: 'Shared sign-in', hazards: 'It may spread' } },
  ],
  ['incident.role-taken', { incident, role: 'strategic', cell: null, holder: 'Chief executive' }],
  ['incident.role-taken', { incident, role: 'cell-lead', cell: 'communications', holder: 'Head of communications' }],
  [
    'incident.assumption-recorded',
    { incident, assumption: 1, text: 'Backups are clean', reviewAt: instant(NOW - HOUR) },
  ],
  ['incident.assumption-recorded', { incident, assumption: 2, text: 'Phones are safe', reviewAt: instant(NOW + HOUR) }],
  [
    'incident.condition-recorded',
    { incident, component: 'example/telephony', condition: 'degraded', since: instant(NOW - HOUR) },
  ],
  [
    'incident.components-isolated',
    {
      incident,
      components: ['example/corporate-network'],
      precautionary: true,
      since: instant(NOW - 5 * HOUR),
      ...under,
    },
  ],
  [
    'incident.sitrep-issued',
    {
      incident,
      sitrep: 1,
      counts: { stopped: 20, degraded: 13, normal: 35 },
      nextUpdateAt: instant(NOW - HOUR),
      known: 'Networks are off.\nNothing is encrypted.',
      notKnown: 'Who it is.',
      doing: 'Looking.',
      advice: 'Use the telephone.',
    },
  ],
  [
    'incident.decision-recorded',
    { incident, decision: 1, title: 'Tell partners', chosen: 'Today', rationale: 'They depend on us' },
  ],
]
const empty = madeWorld(estateTold())
const live = madeWorld(told)
const practice = madeWorld(told, true)
const over = madeWorld([...told, ['incident.stood-down', { incident, stillIsolated: [], reason: 'It is over' }]])
const bare = madeWorld([told[0]!])

interface Visit {
  readonly query?: string
  readonly form?: string
  readonly outcome?: Outcome
  /** What was given is noted here. */
  readonly given?: [string, unknown][]
}

const evidence: Evidence = {
  number: 5,
  leaf: `{"actor":{"id":"p-019ab8bd","kind":"person"},"occurredAt":"${instant(NOW)}","recordedAt":"${instant(NOW)}","reportedAt":null,"sealed":{"title":"digest"},"type":"incident.declared"}`,
  size: 9,
  root: '0123456789abcdef'.repeat(4),
  checkpoint: 'example.org/example\n9\nroot\n\n— example.org/example signature\n',
  proof: 'c2sp.org/tlog-proof@v1\nindex 4\nhash\n\nexample.org/example\n9\nroot\n\n— example.org/example signature\n',
  keys: { log: 'example.org/example+00000000+key', witness: 'example.org/witness+00000000+key' },
}

/** A page as its reader gets it. */
export async function visited({ models, now, exercise }: Made, path: string, visit: Visit = {}): Promise<string> {
  const { query = '', form, outcome = { entries: [1] } } = visit
  const method = form === undefined ? 'GET' : 'POST'
  const { declared: page, params } = pageAt(method, path)
  const frame: Frame = {
    organisation: { slug: 'example', name: 'Example Borough Council' },
    exercise,
    reader: 'Alex Example',
    roles: ['tactical'],
    csrf: 'a-token',
    commandId: '0190d3c0-0000-7000-8000-000000000000',
    navigation: pages.flatMap(({ navigation, path: to }) =>
      navigation ? [{ href: `/console/example${to}`, text: navigation.text, current: to === page.path }] : [],
    ),
    elsewhere: [],
    madeAt: instant(now),
    position: models.position('example'),
  }
  const caller = { actor: { kind: 'person', id: 'p-019ab8bd' }, roles: ['strategic', 'tactical'] } as const
  const request: PageRequest = {
    organisation: 'example',
    params,
    url: `/console/example${path}?${query}`,
    query: new URLSearchParams(query),
    form: form === undefined ? null : new URLSearchParams(form),
    reader: { person: 'p-019ab8bd', name: 'Alex Example', caller },
    now,
    models,
    who: createSayWho(caller.actor, () => 'Sam Example'),
    frame,
    give: (command, input) => {
      visit.given?.push([command, input])
      return Promise.resolve(outcome)
    },
    ask: () => Promise.resolve(evidence),
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
  const params = declared.path
    .split('/')
    .flatMap((part, i) => (part.startsWith(':') ? [[part.slice(1), steps[i]!]] : []))
  return { declared, params: Object.fromEntries(params) as Record<string, string> }
}

const desk = `/incidents/${INCIDENT}`
const ways = 'take=data-centre&take=kind%3Atelephony&option=remote-access&best=1&likely=5&worst=26'
const states: readonly [name: string, made: Made, path: string, visit?: Visit][] = [
  ['situation, no incident', empty, '/'],
  ['situation, no estate', bare, '/'],
  ['situation, many services hit', live, '/'],
  ['situation, exercise', practice, '/'],
  ['situation, stood down', over, '/'],
  ['declare', empty, '/declare'],
  ['declare, with mistakes', empty, '/declare', { form: 'title=&summary=%3Cb%3E&occurredAt=yesterday' }],
  ['incident', live, desk],
  ['incident, exercise', practice, desk],
  ['incident, stood down', over, desk],
  ['METHANE', live, `${desk}/methane`],
  ['take a role', live, `${desk}/roles/take`],
  ['hand a role over', live, `${desk}/roles/hand-over`, { query: 'role=strategic' }],
  ['assumption', live, `${desk}/assumptions/new`],
  ['assumption, with mistakes', live, `${desk}/assumptions/new`, { form: 'assumption=&reviewAt=' }],
  ['review an assumption', live, `${desk}/assumptions/1`],
  ['decision', live, `${desk}/decisions/new`],
  ['stand down', live, `${desk}/stand-down`],
  [
    'stand down, refused',
    over,
    `${desk}/stand-down`,
    { form: 'reason=Done', outcome: refuse('incident-stood-down', 'Nothing more can be recorded in it.') },
  ],
  ['isolation desk', live, `${desk}/isolate`],
  ['isolation desk, no estate', madeWorld([told[0]!, declared]), `${desk}/isolate`],
  ['isolation desk, a search', live, `${desk}/isolate`, { query: 'q=mail&take=data-centre' }],
  ['isolation desk, ways compared', live, `${desk}/isolate`, { query: ways }],
  ['isolation desk, everything, exercise', practice, `${desk}/isolate`, { query: 'take=*' }],
  ['decide what to isolate', live, `${desk}/isolate/decide`, { query: ways }],
  [
    'decide what to isolate, with mistakes',
    live,
    `${desk}/isolate/decide`,
    { form: 'option=remote-access&option=*&option=&best=3' },
  ],
  ['restore', live, `${desk}/restore`],
  ['write a report', live, `${desk}/sitreps/new`],
  ['report', live, `${desk}/sitreps/1`],
  ['report, exercise', practice, `${desk}/sitreps/1`],
  ['timeline', live, '/timeline'],
  ['timeline, nothing', empty, '/timeline', { query: 'kind=sitreps' }],
  ['decision log', live, '/decisions'],
  ['decision log, nothing', empty, '/decisions'],
  ['evidence', live, '/evidence/5'],
]

export const incidentGallery = states.map(([name, made, path, visit]) => ({
  name,
  html: () => visited(made, path, visit),
}))
