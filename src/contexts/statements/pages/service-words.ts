import { type PageRequest, page } from '#command'
import { formPages, given } from '#command/forms'
import type { Level } from '#contexts/estate'
import type { Refusal } from '#kernel'
import { READERS, SPEAKERS } from '../commands/allowed.ts'
import type { ServiceFact } from '../core/facts.ts'
import { refuse } from '../core/refusals.ts'
import { liveFacts } from '../projections/live-facts.ts'
import { home, sayAt, speaks, statementsPath } from './place.ts'
import { type Item, recordsView } from './records.view.ts'
import { views } from './views.ts'

const LEVELS: Record<Level, string> = { stopped: 'Stopped', degraded: 'Limited', normal: 'As usual' }
const COLOURS: Record<Level, string> = {
  stopped: 'govuk-tag--red',
  degraded: 'govuk-tag--orange',
  normal: 'govuk-tag--green',
}
const listPath = ({ frame }: Pick<PageRequest, 'frame'>) => `${home(frame)}/service-words`
const localOf = ({ id }: ServiceFact) => id.slice(id.indexOf('/') + 1)

function servicesOf({ models, organisation, now }: PageRequest): readonly ServiceFact[] {
  return liveFacts(models, organisation, now, { incident: null, promised: null }).services
}

function item(one: ServiceFact, request: PageRequest): Item {
  const { override, advice } = one
  const here = `${listPath(request)}/${localOf(one)}`
  return {
    heading: one.name,
    tags: [
      { text: LEVELS[one.level], classes: COLOURS[one.level] },
      ...(override ? [{ text: 'Set by hand', classes: 'govuk-tag--yellow' }] : []),
    ],
    lines: [
      ...(override
        ? [
            `The records say: ${LEVELS[one.derived].toLowerCase()}. ${override.until ? `Set by hand until ${sayAt(override.until)}.` : 'Set by hand until it is lifted.'}`,
            `Why: ${override.reason ?? '(erased)'}`,
            `People are told: ${override.told ?? '(erased)'}`,
          ]
        : []),
      ...(advice?.alternative ? [`What to do instead: ${advice.alternative}`] : []),
      ...(advice?.noNeedToContact ? [`No need to contact us: ${advice.noNeedToContact}`] : []),
    ],
    links: speaks(request)
      ? [
          { href: `${here}/advice`, text: 'What to do instead' },
          override
            ? { href: `${here}/lift`, text: 'Follow the records again' }
            : { href: `${here}/override`, text: 'Set the status by hand' },
        ]
      : [],
  }
}

const listPage = page({
  method: 'GET',
  path: '/service-words',
  roles: READERS,
  handle(request) {
    const { frame } = request
    const all = servicesOf(request)
    const group = (heading: string, empty: string, fits: (one: ServiceFact) => boolean) => ({
      heading,
      empty,
      items: all.filter(fits).map((one) => item(one, request)),
    })
    const view = recordsView(frame, {
      heading: 'What people are told of services',
      back: { href: statementsPath(frame), text: 'Back to statements' },
      groups: [
        group('Set by hand', 'Every status follows from the records.', ({ override }) => override !== null),
        group('Stopped', 'Nothing has stopped.', ({ override, level }) => !override && level === 'stopped'),
        group('Limited', 'Nothing is limited.', ({ override, level }) => !override && level === 'degraded'),
        group('As usual', 'Nothing runs as usual.', ({ override, level }) => !override && level === 'normal'),
      ],
    })
    return { html: views.render('records.njk', view) }
  },
})

function serviceOf(request: PageRequest): ServiceFact | Refusal {
  const found = servicesOf(request).find((one) => localOf(one) === request.params.service)
  return found ?? refuse('unknown-service', 'Go back to the list and choose one of its services.')
}

export const serviceWordPages = [
  listPage,
  ...formPages<ServiceFact>({
    path: '/service-words/:service/advice',
    roles: SPEAKERS,
    facts: serviceOf,
    words: ({ name }, request) => ({
      title: 'What can people do while it is stopped or limited?',
      caption: name,
      back: listPath(request),
      button: 'Save',
    }),
    asks: () => [
      {
        kind: 'words',
        name: 'alternative',
        label: 'What to do instead',
        hint: 'An empty field takes away what was said before.',
        rows: 3,
      },
      { kind: 'words', name: 'noNeedToContact', label: 'What nobody needs to contact you about', rows: 2 },
    ],
    first: ({ advice }) => ({
      alternative: [advice?.alternative ?? ''],
      noNeedToContact: [advice?.noNeedToContact ?? ''],
    }),
    command: (said, { id }) => ({
      name: 'statements.set-advice',
      input: given({ service: id, alternative: said('alternative'), noNeedToContact: said('noNeedToContact') }),
    }),
    next: (_service, request) => listPath(request),
  }),
  ...formPages<ServiceFact>({
    path: '/service-words/:service/override',
    roles: SPEAKERS,
    facts: serviceOf,
    words: ({ name, derived }, request) => ({
      title: 'Set a status by hand',
      caption: name,
      intro: [
        `The records say: ${LEVELS[derived].toLowerCase()}. Where they are wrong, correct the records instead: everything else follows from them.`,
      ],
      back: listPath(request),
      button: 'Set it',
      warning: true,
    }),
    asks: () => [
      {
        kind: 'choice',
        name: 'level',
        label: 'What is its status?',
        needed: 'Choose its status',
        choices: (['normal', 'degraded', 'stopped'] as const).map((value) => ({ value, text: LEVELS[value] })),
      },
      { kind: 'words', name: 'told', label: 'What are people told?', needed: 'Enter what people are told', rows: 3 },
      {
        kind: 'words',
        name: 'reason',
        label: 'Why do the records not say so?',
        hint: 'For staff.',
        needed: 'Enter why',
        rows: 3,
      },
      {
        kind: 'time',
        name: 'until',
        label: 'Until when?',
        hint: 'London time. Then the records are followed again by themselves.',
      },
    ],
    command: (said, { id }) => ({
      name: 'statements.override-status',
      input: given({
        service: id,
        level: said('level'),
        told: said('told'),
        reason: said('reason'),
        until: said('until'),
      }),
    }),
    next: (_service, request) => listPath(request),
  }),
  ...formPages<ServiceFact>({
    path: '/service-words/:service/lift',
    roles: SPEAKERS,
    facts: serviceOf,
    words: ({ name }, request) => ({
      title: 'Follow the records again',
      caption: name,
      back: listPath(request),
      button: 'Follow the records',
    }),
    asks: () => [{ kind: 'words', name: 'reason', label: 'Why?', hint: 'For staff.', needed: 'Enter why', rows: 2 }],
    command: (said, { id }) => ({ name: 'statements.lift-override', input: { service: id, reason: said('reason') } }),
    next: (_service, request) => listPath(request),
  }),
]
