import type { Frame } from '#command'
import type { Entry, Role } from '#kernel'
import type { PeopleEvent } from '../core/events.ts'
import { type People, people } from '../projections/people.ts'
import { qrSvg } from '../proofs/qr.ts'
import { accountPage, codesPage } from './account.view.ts'
import { appPage } from './app.view.ts'
import { enrolPage } from './enrol.view.ts'
import { lastingField, rolesField } from './lasting.ts'
import { peoplePage, personPage } from './people.view.ts'
import { sessionsPage } from './sessions.view.ts'
import { type CodesWords, deadEndPage, recoveryPage, signInPage, stepUpPage } from './sign-in.view.ts'
import { views } from './views.ts'

const NOW = Date.parse('2025-11-25T09:00:00Z')
const LATER = '2025-11-25T13:00:00.000Z'
const ADA = 'p-0190d3c0-0000-7000-8000-000000000001'
const GRACE = 'p-0190d3c0-0000-7000-8000-000000000002'
const LENT = 'p-0190d3c0-0000-7000-8000-000000000003'
const NAMES: Record<string, string> = { [ADA]: 'Ada Example', [GRACE]: 'Grace Example', [LENT]: 'Lent Example' }

/** Invented. */
const frame: Frame = {
  organisation: { slug: 'example', name: 'Example Borough Council' },
  exercise: true,
  reader: 'Ada Example',
  roles: ['admin'],
  csrf: 'a-token',
  commandId: '0190d3c0-0000-7000-8000-000000000000',
  navigation: [{ href: '/console/example/people', text: 'People', current: true }],
  elsewhere: [],
  madeAt: '2025-11-25T09:00:00.000Z',
  position: 42,
}

const grant = (person: string, role: Role, expiresAt: string | null = null): PeopleEvent => ({
  type: 'access.role-granted',
  v: 1,
  data: { person, role, expiresAt },
})
const council: readonly PeopleEvent[] = [
  { type: 'access.person-added', v: 1, data: { person: ADA, name: NAMES[ADA] } },
  grant(ADA, 'admin'),
  grant(ADA, 'tactical', LATER),
  {
    type: 'access.passkey-registered',
    v: 1,
    data: {
      person: ADA,
      credential: 'invented',
      publicKey: 'invented',
      counter: 0,
      transports: [],
      link: null,
      label: 'Firefox on Android',
    },
  },
  { type: 'access.totp-registered', v: 1, data: { person: ADA, link: null, secret: 'invented' } },
  { type: 'access.recovery-codes-issued', v: 1, data: { person: ADA, salt: 'invented', hashes: ['one', 'two'] } },
  { type: 'access.person-added', v: 1, data: { person: GRACE, name: NAMES[GRACE] } },
  grant(GRACE, 'responder'),
  { type: 'access.enrolment-issued', v: 1, data: { person: GRACE, link: 'l', hash: 'h', expiresAt: LATER } },
  grant(LENT, 'communications', LATER),
  {
    type: 'access.break-glass',
    v: 1,
    data: { person: GRACE, role: 'tactical', expiresAt: LATER, reason: 'Nobody on the rota answers.' },
  },
]

function folded(events: readonly PeopleEvent[]): People {
  const state = people.initial('example')
  for (const [place, event] of events.entries()) {
    const times = { occurredAt: frame.madeAt, reportedAt: null, recordedAt: frame.madeAt }
    const rest = {
      organisation: 'example',
      number: place + 1,
      stream: 'access/people',
      version: place + 1,
      command: null,
    }
    people.apply(state, { ...event, ...times, ...rest, actor: { kind: 'operator' }, erased: [] } as Entry)
  }
  return state
}

const full = folded(council)
const nameOf = (id: string) => ({ name: NAMES[id]!, home: id === LENT ? 'neighbour' : 'example' })
const picture = await qrSvg('https://holdfast.example/console/enrol/invented', 'QR code')
const shown = (words: CodesWords) => ({
  csrf: 'a-token',
  next: '/console/example',
  who: words ? '7K3M Q2XD' : '',
  words,
})
const states: readonly CodesWords[] = [null, 'wrong', 'too-many', 'stale']

function account(isNew: boolean, mistake: string | null, fresh = true): string {
  const found = { person: full.people.get(isNew ? GRACE : ADA)!, home: 'example', name: NAMES[isNew ? GRACE : ADA]! }
  const sessions = ['here', 'there'].map((session) => ({
    session,
    agent: 'Chrome on Windows',
    createdAt: NOW,
    seenAt: NOW,
  }))
  const facts = {
    csrf: 'a-token',
    found,
    passkeyFacts: full.passkeyFacts,
    sessions,
    current: 'here',
    fresh,
    isNew,
    mistake,
  }
  return views.render('account.njk', accountPage(facts))
}

function enrol(wrong: CodesWords): string {
  const who = {
    name: NAMES[GRACE]!,
    person: GRACE,
    key: 'ABCDEFGHIJKLMNOP',
    uri: 'otpauth://totp/Invented?secret=ABCD',
  }
  return views.render('enrol.njk', enrolPage({ csrf: 'a-token', path: '/console/enrol/x', picture, wrong, ...who }))
}

function app(wrong: CodesWords): string {
  const offered = { offer: 'invented', key: 'ABCDEFGHIJKLMNOP', uri: 'otpauth://totp/Invented?secret=ABCD', picture }
  return views.render('app.njk', appPage({ csrf: 'a-token', replaces: wrong !== null, wrong, ...offered }))
}

function sessionsOf(count: number): string {
  const rows = ['Chrome on Windows', 'Safari on iPhone'].slice(0, count).map((agent) => ({
    session: agent,
    person: GRACE,
    generation: 0,
    agent,
    createdAt: NOW,
    seenAt: NOW,
    provenAt: NOW,
  }))
  return views.render('sessions.njk', sessionsPage(frame, { id: GRACE, name: NAMES[GRACE]!, rows, error: null }))
}

const notice = {
  text: 'Grace Example took command in an emergency at 9am on Tuesday 25 November 2025.',
  detail: 'Nobody on the rota answers.',
  action: '/console/example/break-glass/9/acknowledge',
  button: 'I have seen this',
}

const person = (id: string, error: string | null = null) =>
  views.render('person.njk', personPage(frame, id, { state: full, known: nameOf(id), now: NOW, error }))

export const gallery: readonly { readonly name: string; html(): string }[] = [
  ...states.flatMap((words) => [
    { name: `sign in, ${words ?? 'at first'}`, html: () => views.render('sign-in.njk', signInPage(shown(words))) },
    {
      name: `recovery code, ${words ?? 'at first'}`,
      html: () => views.render('recovery.njk', recoveryPage(shown(words))),
    },
    {
      name: `step up, ${words ?? 'at first'}`,
      html: () => views.render('step-up.njk', stepUpPage({ ...shown(words), name: NAMES[ADA]!, hasApp: true })),
    },
    { name: `enrol, ${words ?? 'at first'}`, html: () => enrol(words) },
  ]),
  {
    name: 'dead end',
    html: () => views.render('dead-end.njk', deadEndPage('This link cannot be used', ['Ask for one.'])),
  },
  { name: 'account, new', html: () => account(true, null) },
  { name: 'account, in use', html: () => account(false, null, false) },
  { name: 'account, refused', html: () => account(false, 'This is your only way to sign in.') },
  {
    name: 'recovery codes',
    html: () =>
      views.render('codes.njk', codesPage({ person: ADA, codes: ['aaaa-bbbb-cccc-dddd', 'eeee-ffff-gggg-hhhh'] })),
  },
  { name: 'authenticator app to add', html: () => app(null) },
  { name: 'authenticator app to add, wrong code', html: () => app('wrong') },
  { name: 'sessions of a person', html: () => sessionsOf(2) },
  { name: 'sessions of a person, none', html: () => sessionsOf(0) },
  {
    name: 'people, with a notice for admins, exercise',
    html: () => views.render('people.njk', peoplePage({ ...frame, notices: [notice] }, full, nameOf, NOW)),
  },
  { name: 'people', html: () => views.render('people.njk', peoplePage(frame, full, nameOf, NOW)) },
  { name: 'people, none', html: () => views.render('people.njk', peoplePage(frame, folded([]), nameOf, NOW)) },
  { name: 'person', html: () => person(ADA) },
  { name: 'person who waits', html: () => person(GRACE) },
  { name: 'person from elsewhere', html: () => person(LENT) },
  { name: 'person, refused', html: () => person(ADA, 'This would leave the organisation without an admin.') },
  {
    name: 'people form, refused',
    html: () =>
      views.render('people-form.njk', {
        frame,
        title: 'Error: Add a person',
        heading: 'Add a person',
        says: ['Next you give them a link.'],
        back: '/console/example/people',
        errors: { titleText: 'There is a problem', errorList: [{ text: 'Name is needed', href: '#name' }] },
        fields: [
          { input: { id: 'name', name: 'name', label: { text: 'Name' }, errorMessage: { text: 'Name is needed' } } },
          { checkboxes: rolesField(['viewer']) },
          { select: lastingField() },
          { textarea: { id: 'reason', name: 'reason', label: { text: 'Why is this needed?' } } },
        ],
        button: 'Add',
        warning: false,
      }),
  },
  {
    name: 'enrolment link',
    html: () =>
      views.render('enrolment-link.njk', {
        frame,
        title: 'Enrolment link',
        name: NAMES[GRACE]!,
        href: 'https://holdfast.example/console/enrol/invented',
        picture,
        back: '/console/example/people',
      }),
  },
]
