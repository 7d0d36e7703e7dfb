import { type PageAnswer, type PageRequest, page } from '#command'
import { formPages, given } from '#command/forms'
import { isRefusal, type Refusal } from '#kernel'
import { READERS, SPEAKERS } from '../commands/allowed.ts'
import { AUDIENCES, type Audience, type Wording } from '../core/events.ts'
import { refuse } from '../core/refusals.ts'
import type { Statement, Voice } from '../core/statement-state.ts'
import { drafts, todayFor } from '../projections/drafts.ts'
import { published } from '../projections/published.ts'
import { AUDIENCE_WORDS, statementPath } from './place.ts'
import { statementView } from './statement.view.ts'
import { views } from './views.ts'

function statementOf({ models, organisation, params }: PageRequest): Statement | Refusal {
  return (
    models.of(drafts, organisation).statements.get(Number(params.statement)) ??
    refuse('unknown-statement', 'Go back to the statements and choose one of them.')
  )
}

function show(request: PageRequest, refusal: Refusal | null): PageAnswer {
  const known = statementOf(request)
  if (isRefusal(known)) return known
  const { models, organisation, now } = request
  const mine = <T extends { readonly statement: number }>(one: T) => one.statement === known.statement
  const view = statementView({
    request,
    known,
    versions: models.of(published, organisation).filter(mine),
    deeds: models.of(drafts, organisation).deeds.filter(mine),
    today: todayFor(models, organisation, now, known.incident),
    refusal,
    reason: request.form?.get('reason') ?? '',
  })
  return { html: views.render('statement.njk', view), ...(refusal ? { status: 422 } : {}) }
}

const publishPage = page({
  method: 'POST',
  path: '/statements/:statement/publish',
  roles: SPEAKERS,
  async handle(request) {
    const known = statementOf(request)
    if (isRefusal(known)) return known
    const form = request.form!
    const audiences = form.getAll('audiences')
    const input = given({
      statement: known.statement,
      audiences: audiences.length > 0 ? audiences : undefined,
      seen: form.get('seen') || undefined,
      reason: form.get('reason')?.trim() || undefined,
    })
    const outcome = await request.give('statements.publish', input)
    return isRefusal(outcome) ? show(request, outcome) : { redirect: statementPath(request.frame, known.statement) }
  },
})

interface Spoken {
  readonly known: Statement
  readonly audience: Audience
  readonly voice: Voice
}

function voiceOf(request: PageRequest): Spoken | Refusal {
  const known = statementOf(request)
  if (isRefusal(known)) return known
  const audience = AUDIENCES.find((one) => one === request.params.audience)
  const voice = audience && known.voices.get(audience)
  if (!audience || !voice) return refuse('nothing-drafted', 'Go back to the statement and choose one of its audiences.')
  return { known, audience, voice }
}

const ASKS = [
  { kind: 'line', name: 'headline', label: 'Headline', needed: 'Enter a headline' },
  { kind: 'words', name: 'known', label: 'What we know', rows: 9 },
  { kind: 'words', name: 'notKnown', label: 'What we do not know yet', rows: 5 },
  { kind: 'words', name: 'doing', label: 'What we are doing', rows: 4 },
  { kind: 'words', name: 'advice', label: 'What you should do', rows: 8 },
  { kind: 'words', name: 'next', label: 'When and where you hear more', rows: 3 },
] as const

const rewordPages = formPages<Spoken>({
  path: '/statements/:statement/:audience/reword',
  roles: SPEAKERS,
  facts: voiceOf,
  words: ({ known, audience }, { frame }) => ({
    title: `Reword what ${AUDIENCE_WORDS[audience].toLowerCase()} are told`,
    caption: `Statement ${known.statement}`,
    intro: ['Each line is a paragraph. A part that is left empty says nothing. Somebody else then publishes it.'],
    back: statementPath(frame, known.statement),
    button: 'Save the words',
  }),
  asks: () =>
    ASKS.map((ask) =>
      ask.kind === 'line' ? { ...ask, pointer: '/wording/headline' } : { ...ask, pointer: `/wording/${ask.name}` },
    ),
  first: ({ voice }) =>
    Object.fromEntries(ASKS.map(({ name }) => [name, [voice.draft?.wording?.[name as keyof Wording] ?? '']])),
  command: (said, { known, audience }) => ({
    name: 'statements.reword',
    input: {
      statement: known.statement,
      audience,
      wording: Object.fromEntries(ASKS.map(({ name }) => [name, said(name) ?? ''])),
    },
  }),
  next: ({ known, audience }, { frame }) => `${statementPath(frame, known.statement)}#${audience}`,
})

const correctPages = formPages<Spoken>({
  path: '/statements/:statement/:audience/correct',
  roles: SPEAKERS,
  facts: voiceOf,
  words: ({ known, audience, voice }, { frame }) => ({
    title: `Draft version ${voice.versions + 1} for ${AUDIENCE_WORDS[audience].toLowerCase()}`,
    caption: `Statement ${known.statement}`,
    intro: ['It is worded from what is recorded now. You can reword it afterwards. Somebody else publishes it.'],
    back: statementPath(frame, known.statement),
    button: 'Draft the correction',
  }),
  asks: () => [
    {
      kind: 'words',
      name: 'whatChanged',
      label: 'What changed?',
      hint: 'Readers see this.',
      needed: 'Enter what changed',
      rows: 3,
    },
    {
      kind: 'time',
      name: 'nextUpdateAt',
      label: 'When do they hear more?',
      hint: 'London time. Leave it empty to say what the last situation report promised.',
    },
  ],
  command: (said, { known, audience }) => ({
    name: 'statements.draft-correction',
    input: given({
      statement: known.statement,
      audience,
      whatChanged: said('whatChanged'),
      nextUpdateAt: said('nextUpdateAt'),
    }),
  }),
  next: ({ known, audience }, { frame }) => `${statementPath(frame, known.statement)}#${audience}`,
})

const withdrawPages = formPages<Statement>({
  path: '/statements/:statement/withdraw',
  roles: SPEAKERS,
  facts: statementOf,
  words: ({ statement }, { frame }) => ({
    title: 'Withdraw it, or drop the draft',
    caption: `Statement ${statement}`,
    intro: ['What has been published stays in the archive, marked as withdrawn.'],
    back: statementPath(frame, statement),
    button: 'Withdraw',
    warning: true,
  }),
  asks: ({ voices }) => [
    {
      kind: 'ticks',
      name: 'audiences',
      label: 'For whom?',
      needed: 'Choose for whom it is withdrawn',
      choices: [...voices.keys()].map((one) => ({ value: one, text: AUDIENCE_WORDS[one] })),
    },
    { kind: 'words', name: 'reason', label: 'Why?', hint: 'For staff.', needed: 'Enter why it is withdrawn', rows: 3 },
  ],
  command: (said, { statement }, _request, values) => ({
    name: 'statements.withdraw',
    input: { statement, audiences: values.audiences, reason: said('reason') },
  }),
  next: ({ statement }, { frame }) => statementPath(frame, statement),
})

export const statementPages = [
  page({ method: 'GET', path: '/statements/:statement', roles: READERS, handle: (request) => show(request, null) }),
  publishPage,
  ...rewordPages,
  ...correctPages,
  ...withdrawPages,
]
