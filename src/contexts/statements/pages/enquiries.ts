import { type PageRequest, page } from '#command'
import { formPages } from '#command/forms'
import type { Refusal } from '#kernel'
import { SPEAKERS } from '../commands/allowed.ts'
import { refuse } from '../core/refusals.ts'
import { type Enquiry, enquiries } from '../projections/enquiries.ts'
import { home, sayAt, statementsPath } from './place.ts'
import { type Item, recordsView } from './records.view.ts'
import { views } from './views.ts'

const enquiriesPath = ({ frame }: Pick<PageRequest, 'frame'>) => `${home(frame)}/press-enquiries`

function item(
  { enquiry, outlet, contact, question, deadline, receivedAt, answers }: Enquiry,
  request: PageRequest,
): Item {
  return {
    heading: outlet ?? 'The outlet has been erased',
    tags:
      answers.length > 0
        ? [{ text: 'Answered', classes: 'govuk-tag--green' }]
        : [{ text: 'Not answered', classes: 'govuk-tag--red' }],
    lines: [
      question ?? 'The question has been erased.',
      `Received at ${sayAt(receivedAt)} from ${contact ?? 'somebody whose name has been erased'}.${deadline ? ` Wanted by: ${deadline}` : ''}`,
      ...answers.map(({ text, at }) => `Answered at ${sayAt(at)}: ${text ?? '(erased)'}`),
    ],
    links: [
      {
        href: `${enquiriesPath(request)}/${enquiry}/answer`,
        text: answers.length > 0 ? 'Record another answer' : 'Record the answer',
      },
    ],
  }
}

const listPage = page({
  method: 'GET',
  path: '/press-enquiries',
  roles: SPEAKERS,
  handle(request) {
    const { frame, models, organisation } = request
    const all = [...models.of(enquiries, organisation).values()].toReversed()
    const view = recordsView(frame, {
      heading: 'Press enquiries',
      back: { href: statementsPath(frame), text: 'Back to statements' },
      intro: [
        'Questions come in from the public press page. Answer them by your own mail or telephone, and record here what was said.',
      ],
      groups: [
        {
          heading: 'Not answered',
          empty: 'Nothing waits for an answer.',
          items: all.filter(({ answers }) => answers.length === 0).map((one) => item(one, request)),
        },
        {
          heading: 'Answered',
          empty: 'Nothing has been answered yet.',
          items: all.filter(({ answers }) => answers.length > 0).map((one) => item(one, request)),
        },
      ],
    })
    return { html: views.render('records.njk', view) }
  },
})

function enquiryOf({ models, organisation, params }: PageRequest): Enquiry | Refusal {
  const found = models.of(enquiries, organisation).get(params.enquiry!)
  return found ?? refuse('unknown-enquiry', 'Go back to the list and choose one of its enquiries.')
}

export const enquiryPages = [
  listPage,
  ...formPages<Enquiry>({
    path: '/press-enquiries/:enquiry/answer',
    roles: SPEAKERS,
    facts: enquiryOf,
    words: ({ outlet, question }, request) => ({
      title: 'Record what was answered',
      caption: outlet ?? '',
      intro: [question ?? 'The question has been erased.'],
      back: enquiriesPath(request),
      button: 'Record the answer',
    }),
    asks: () => [
      { kind: 'words', name: 'answer', label: 'What was answered?', needed: 'Enter what was answered', rows: 6 },
    ],
    command: (said, { enquiry }) => ({ name: 'statements.answer-enquiry', input: { enquiry, answer: said('answer') } }),
    next: (_enquiry, request) => enquiriesPath(request),
  }),
]
