import { type PageRequest, page } from '#command'
import { formPages } from '#command/forms'
import type { Refusal } from '#kernel'
import { READERS, SPEAKERS } from '../commands/allowed.ts'
import { AUDIENCES, LINE_PARTS } from '../core/events.ts'
import { refuse } from '../core/refusals.ts'
import { type StandingLine, standingLines } from '../projections/lines.ts'
import { AUDIENCE_WORDS, home, speaks, statementsPath } from './place.ts'
import { recordsView } from './records.view.ts'
import { slugOf } from './slug-of.ts'
import { views } from './views.ts'

const PARTS = {
  known: 'What we know',
  notKnown: 'What we do not know yet',
  doing: 'What we are doing',
  advice: 'What you should do',
  next: 'When and where you hear more',
} as const
const linesPath = ({ frame }: Pick<PageRequest, 'frame'>) => `${home(frame)}/standing-lines`

const listPage = page({
  method: 'GET',
  path: '/standing-lines',
  roles: READERS,
  handle(request) {
    const { frame, models, organisation } = request
    const all = [...models.of(standingLines, organisation).values()]
    const view = recordsView(frame, {
      heading: 'Standing lines',
      back: { href: statementsPath(frame), text: 'Back to statements' },
      intro: ['Every draft says these until they are removed. They are for what no other record says.'],
      links: speaks(request) ? [{ href: `${linesPath(request)}/new`, text: 'Add a line' }] : [],
      groups: LINE_PARTS.map((part) => ({
        heading: PARTS[part],
        empty: 'No line.',
        items: all
          .filter((one) => one.part === part)
          .map(({ line, text, audiences }) => ({
            heading: line.replaceAll('-', ' ').replace(/^./, (first) => first.toUpperCase()),
            lines: [
              text ?? 'These words have been erased.',
              `For ${audiences.length === AUDIENCES.length ? 'everybody' : audiences.map((one) => AUDIENCE_WORDS[one].toLowerCase()).join(', ')}.`,
            ],
            links: speaks(request)
              ? [
                  { href: `${linesPath(request)}/${line}/change`, text: 'Change' },
                  { href: `${linesPath(request)}/${line}/remove`, text: 'Remove' },
                ]
              : [],
          })),
      })),
    })
    return { html: views.render('records.njk', view) }
  },
})

function lineOf({ models, organisation, params }: PageRequest): StandingLine | Refusal {
  const found = models.of(standingLines, organisation).get(params.line!)
  return found ?? refuse('unknown-line', 'Go back to the list and choose one of its lines.')
}

const asks = () =>
  [
    { kind: 'words', name: 'text', label: 'What is said?', needed: 'Enter what is said', rows: 3 },
    {
      kind: 'choice',
      name: 'part',
      label: 'Where in the statement?',
      needed: 'Choose where it is said',
      choices: LINE_PARTS.map((value) => ({ value, text: PARTS[value] })),
    },
    {
      kind: 'ticks',
      name: 'audiences',
      label: 'To whom?',
      needed: 'Choose to whom it is said',
      choices: AUDIENCES.map((value) => ({ value, text: AUDIENCE_WORDS[value] })),
    },
  ] as const

const FEW_WORDS = 5

export const linePages = [
  listPage,
  ...formPages<{ readonly line: null }>({
    path: '/standing-lines/new',
    roles: SPEAKERS,
    facts: () => ({ line: null }),
    words: (_facts, request) => ({ title: 'Add a standing line', back: linesPath(request), button: 'Add it' }),
    asks,
    command: (said, _facts, { models, organisation }, values) => ({
      name: 'statements.set-line',
      input: {
        line: slugOf(
          (said('text') ?? '').split(/\s+/).slice(0, FEW_WORDS).join(' '),
          models.of(standingLines, organisation),
        ),
        text: said('text'),
        part: said('part'),
        audiences: values.audiences,
      },
    }),
    next: (_facts, request) => linesPath(request),
  }),
  ...formPages<StandingLine>({
    path: '/standing-lines/:line/change',
    roles: SPEAKERS,
    facts: lineOf,
    words: (_line, request) => ({ title: 'Change a standing line', back: linesPath(request), button: 'Change it' }),
    asks,
    first: ({ text, part, audiences }) => ({ text: [text ?? ''], part: [part], audiences }),
    command: (said, { line }, _request, values) => ({
      name: 'statements.set-line',
      input: { line, text: said('text'), part: said('part'), audiences: values.audiences },
    }),
    next: (_line, request) => linesPath(request),
  }),
  ...formPages<StandingLine>({
    path: '/standing-lines/:line/remove',
    roles: SPEAKERS,
    facts: lineOf,
    words: ({ text }, request) => ({
      title: 'Remove this standing line?',
      intro: [text ?? 'Its words have been erased.'],
      back: linesPath(request),
      button: 'Remove it',
      warning: true,
    }),
    asks: () => [],
    command: (_said, { line }) => ({ name: 'statements.remove-line', input: { line } }),
    next: (_line, request) => linesPath(request),
  }),
]
