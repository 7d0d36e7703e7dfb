import { type PageAnswer, type PageRequest, page } from '#command'
import { isRefusal, type Refusal } from '#kernel'
import { READERS, SPEAKERS } from '../commands/allowed.ts'
import { brokenOf } from '../core/fact-keys.ts'
import type { Statement } from '../core/statement-state.ts'
import { drafts, todayFor } from '../projections/drafts.ts'
import { enquiries } from '../projections/enquiries.ts'
import { type PublishedVersion, published } from '../projections/published.ts'
import { AUDIENCE_WORDS, home, sayAt, speaks, statementPath, statementsPath } from './place.ts'
import { type Item, recordsView } from './records.view.ts'
import { views } from './views.ts'

function show(request: PageRequest, refusal: Refusal | null): PageAnswer {
  const { frame, models, organisation, now } = request
  const all = [...models.of(drafts, organisation).statements.values()].toReversed()
  const waiting = all.filter(({ voices }) => [...voices.values()].some(({ draft }) => draft))
  const out = latest(models.of(published, organisation)).toReversed()
  const overdue = out.filter(
    ({ nextUpdateAt, withdrawnAt }) => !withdrawnAt && nextUpdateAt && Date.parse(nextUpdateAt) <= now,
  )
  // Whatever was said last answers the promise of everything said before it.
  const late = overdue.filter((one) => !out.some((other) => other.audience === one.audience && other.entry > one.entry))
  const unanswered = [...models.of(enquiries, organisation).values()].filter(({ answers }) => answers.length === 0)
  const view = recordsView(
    frame,
    {
      heading: 'Statements',
      intro: speaks(request)
        ? [
            'A draft is made from what is recorded now, worded for residents, staff, partners, members and the press. Somebody else publishes it.',
          ]
        : [],
      forms: speaks(request)
        ? [{ action: statementsPath(frame), buttons: [{ text: 'Draft a statement', preventDoubleClick: true }] }]
        : [],
      links: [
        { href: `${home(frame)}/contact-routes`, text: 'How to reach us' },
        { href: `${home(frame)}/standing-lines`, text: 'Standing lines' },
        { href: `${home(frame)}/service-words`, text: 'Services: what to do instead, and statuses set by hand' },
        {
          href: `${home(frame)}/press-enquiries`,
          text: unanswered.length > 0 ? `Press enquiries (${unanswered.length} not answered)` : 'Press enquiries',
        },
      ],
      groups: [
        ...(late.length > 0
          ? [{ heading: 'An update is overdue', empty: '', items: late.map((one) => publishedItem(one, request)) }]
          : []),
        {
          heading: 'Waiting to be published',
          empty: 'Nothing waits.',
          items: waiting.map((one) => waitingItem(one, request)),
        },
        {
          heading: 'Published',
          empty: 'Nothing has been published yet.',
          items: out.map((one) => publishedItem(one, request)),
        },
      ],
    },
    refusal,
  )
  return { html: views.render('records.njk', view), ...(refusal ? { status: 422 } : {}) }
}

/** The last version of each statement for each audience, the newest last. */
function latest(versions: readonly PublishedVersion[]): PublishedVersion[] {
  const last = new Map(versions.map((one) => [`${one.statement} ${one.audience}`, one]))
  return versions.filter((one) => last.get(`${one.statement} ${one.audience}`) === one)
}

function waitingItem({ statement, incident, voices }: Statement, request: PageRequest): Item {
  const { frame, models, organisation, now, who } = request
  const today = todayFor(models, organisation, now, incident)
  const waiting = [...voices].flatMap(([audience, { draft }]) => (draft ? [{ audience, draft }] : []))
  const facts = new Map(waiting.flatMap(({ draft }) => draft.facts.map((one) => [one.fact, one])))
  const broken = brokenOf([...facts.values()], today.facts, now).length
  const headline = waiting.find(({ draft }) => draft.wording)?.draft.wording?.headline
  return {
    heading: `${statement}. ${headline ?? 'The words have been erased'}`,
    href: statementPath(frame, statement),
    tags: [
      { text: 'Draft', classes: 'govuk-tag--blue' },
      ...(broken > 0
        ? [{ text: `${broken} no longer ${broken === 1 ? 'holds' : 'hold'}`, classes: 'govuk-tag--red' }]
        : []),
    ],
    lines: [
      `For ${waiting.map(({ audience }) => AUDIENCE_WORDS[audience].toLowerCase()).join(', ')}. Drafted by ${who(waiting[0]?.draft.draftedBy)}.`,
    ],
  }
}

function publishedItem(one: PublishedVersion, { frame, now }: PageRequest): Item {
  const { statement, audience, version, wording, publishedAt, nextUpdateAt, withdrawnAt } = one
  const late = !withdrawnAt && nextUpdateAt !== null && Date.parse(nextUpdateAt) <= now
  return {
    heading: `${statement}. ${AUDIENCE_WORDS[audience]}: ${wording?.headline ?? 'the words have been erased'}`,
    href: `${statementPath(frame, statement)}#${audience}`,
    tags: [
      withdrawnAt
        ? { text: 'Withdrawn', classes: 'govuk-tag--grey' }
        : { text: `Version ${version}`, classes: 'govuk-tag--green' },
      ...(late ? [{ text: 'Update overdue', classes: 'govuk-tag--red' }] : []),
    ],
    lines: [`Published at ${sayAt(publishedAt)}.${nextUpdateAt ? ` Next update by ${sayAt(nextUpdateAt)}.` : ''}`],
  }
}

export const listPages = [
  page({
    method: 'GET',
    path: '/statements',
    roles: READERS,
    navigation: { text: 'Statements', order: 10 },
    handle: (request) => show(request, null),
  }),
  page({
    method: 'POST',
    path: '/statements',
    roles: SPEAKERS,
    async handle(request) {
      const outcome = await request.give('statements.draft', {})
      if (isRefusal(outcome)) return show(request, outcome)
      return { redirect: statementPath(request.frame, outcome.statement as number) }
    },
  }),
]
