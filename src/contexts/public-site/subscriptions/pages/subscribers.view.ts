import type { Frame } from '#command'
import type { TableOptions } from '#platform/views'
import type { UpdatesChannel } from '../core/address.ts'
import type { SubscriberCounts } from '../counts.ts'

export interface SubscribersView {
  readonly title: string
  readonly frame: Frame
  readonly nobody: boolean
  readonly channels: TableOptions
  readonly services: TableOptions
  readonly page: string
}

const CHANNEL_WORDS: Record<UpdatesChannel, string> = {
  email: 'E-mail',
  sms: 'Text message',
  'web-push': 'Notification in a browser',
}

export function subscribersView(facts: {
  readonly frame: Frame
  readonly counts: SubscriberCounts
  readonly nameOf: (service: string) => string
}): SubscribersView {
  const { frame, counts, nameOf } = facts
  const number = (value: number) => ({ text: String(value), format: 'numeric' })
  return {
    title: 'Subscribers',
    frame,
    nobody: counts.channels.length === 0,
    channels: {
      caption: 'By channel',
      captionClasses: 'govuk-table__caption--m',
      firstCellIsHeader: true,
      head: [
        { text: 'Channel' },
        { text: 'Confirmed', format: 'numeric' },
        { text: 'Not confirmed yet', format: 'numeric' },
      ],
      rows: counts.channels.map(({ channel, confirmed, waiting }) => [
        { text: CHANNEL_WORDS[channel] },
        number(confirmed),
        number(waiting),
      ]),
    },
    services: {
      caption: 'By what they follow',
      captionClasses: 'govuk-table__caption--m',
      firstCellIsHeader: true,
      head: [{ text: 'Service' }, { text: 'Followers', format: 'numeric' }],
      rows: [
        [{ text: 'Everything' }, number(counts.everything)],
        ...counts.services.map(({ service, followers }) => [{ text: nameOf(service) }, number(followers)]),
      ],
    },
    page: `/${frame.organisation.slug}/subscribe`,
  }
}
