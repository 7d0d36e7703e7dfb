import type { Frame } from '#command'
import { views } from '../subscriptions/pages/subscribers.ts'
import { subscribersView } from '../subscriptions/pages/subscribers.view.ts'

/** Invented. */
const frame: Frame = {
  organisation: { slug: 'example', name: 'Example Borough Council' },
  exercise: false,
  reader: 'Alex Example',
  roles: ['communications'],
  csrf: 'a-token',
  commandId: '0190d3c0-0000-7000-8000-000000000000',
  navigation: [{ href: '/console/example/subscribers', text: 'Subscribers', current: true }],
  elsewhere: [],
  madeAt: '2025-11-25T09:00:00.000Z',
  position: 42,
}
const counts = {
  channels: [
    { channel: 'email' as const, confirmed: 1204, waiting: 31 },
    { channel: 'sms' as const, confirmed: 310, waiting: 0 },
    { channel: 'web-push' as const, confirmed: 58, waiting: 0 },
  ],
  everything: 1300,
  services: [
    { service: 'bins', followers: 201 },
    { service: 'council-tax', followers: 71 },
  ],
}
const nameOf = (service: string) => `Invented ${service}`
const page = (more: Partial<{ frame: Frame; counts: Parameters<typeof subscribersView>[0]['counts'] }>) =>
  views.render('subscribers.njk', subscribersView({ frame, counts, nameOf, ...more }))

export const gallery: readonly { readonly name: string; readonly html: () => string }[] = [
  { name: 'subscribers', html: () => page({}) },
  { name: 'subscribers, none', html: () => page({ counts: { channels: [], everything: 0, services: [] } }) },
  { name: 'subscribers, in an exercise', html: () => page({ frame: { ...frame, exercise: true } }) },
]
