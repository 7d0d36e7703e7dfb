import type { Frame } from '#command'
import type { DeliveriesAnswer } from '../queries.ts'
import { deliveriesPage } from './deliveries.view.ts'
import { views } from './views.ts'

/** Invented. */
const frame: Frame = {
  organisation: { slug: 'example', name: 'Example Borough Council' },
  exercise: false,
  reader: 'Ada Example',
  roles: ['communications'],
  csrf: 'a-token',
  commandId: '0190d3c0-0000-7000-8000-000000000000',
  navigation: [{ href: '/console/example/deliveries', text: 'Messages', current: true }],
  elsewhere: [],
  madeAt: '2025-11-25T09:00:00.000Z',
  position: 42,
}
const letter = {
  batch: 'example/statements/3',
  channel: 'email',
  attempts: 1,
  at: '2025-11-25T08:59:00.000Z',
  answer: null,
}
const busy: DeliveriesAnswer = {
  channels: ['email', 'sms', 'web-push'],
  clockAhead: 0,
  batches: [
    {
      batch: 'example/statements/3',
      queuedAt: '2025-11-25T08:58:00.000Z',
      stopped: false,
      mendable: 2,
      unsure: 3,
      channels: [
        { channel: 'email', counts: { waiting: 3120, sending: 10, sent: 6850, failed: 17, unknown: 3 } },
        { channel: 'sms', counts: { waiting: 200, sent: 40, delivered: 760 } },
        { channel: 'web-push', counts: { sent: 412, failed: 31 } },
      ],
    },
    {
      batch: 'example/statements/2',
      queuedAt: '2025-11-24T17:30:00.000Z',
      stopped: true,
      mendable: 0,
      unsure: 0,
      channels: [{ channel: 'email', counts: { sent: 411, stopped: 9589 } }],
    },
  ],
  deadLetters: [
    {
      ...letter,
      delivery: '0190d3c0-0000-7000-8000-000000000001',
      state: 'failed',
      failure: 'permanent',
      retriable: true,
      because: 'The mail server says that there is no such mailbox, or refuses it.',
    },
    {
      ...letter,
      delivery: '0190d3c0-0000-7000-8000-000000000002',
      state: 'unknown',
      failure: null,
      retriable: false,
      because: 'It was handed over, and the answer was lost: it may have arrived.',
    },
  ],
}
const nothing: DeliveriesAnswer = { channels: [], clockAhead: null, batches: [], deadLetters: [] }

function shown(answer: DeliveriesAnswer, more: Partial<Frame> = {}, error: string | null = null) {
  return () => views.render('deliveries.njk', deliveriesPage({ ...frame, ...more }, answer, error))
}

export const exhibits = [
  { name: 'messages, while 10,000 are being sent', html: shown(busy) },
  { name: 'messages, for somebody who may only look', html: shown(busy, { roles: ['viewer'] }) },
  { name: 'messages, with the clock wrong', html: shown({ ...busy, clockAhead: -95 }) },
  {
    name: 'messages, after an order that was refused',
    html: shown(busy, {}, 'These messages are stopped. Resume them first.'),
  },
  { name: 'messages, none yet and no channel', html: shown(nothing) },
  {
    name: 'messages of an exercise, which stay here',
    html: shown(
      {
        ...nothing,
        channels: ['email'],
        batches: [
          {
            batch: 'example/statements/1',
            queuedAt: '2025-11-25T08:58:00.000Z',
            stopped: false,
            mendable: 0,
            unsure: 0,
            channels: [{ channel: 'email', counts: { stopped: 10_000 } }],
          },
        ],
      },
      { exercise: true },
    ),
  },
]
