import type { Gauge } from '#platform/http'
import type { Log } from '#platform/log'
import type { Application } from './application.ts'

export type Sending = Awaited<ReturnType<typeof sendInBackground>>

/** Sends what is queued until stopped, and carries out at once what is ordered of it, here or in another process. */
export async function sendInBackground({ outbox, journal }: Application, log: Log) {
  const sender = await outbox.start((what, error) => log.warn({ event: 'delivery-trouble', what, error }))
  const unsubscribe = journal.subscribe((entries) => {
    const ordered = entries.filter(({ type }) => type.startsWith('delivery.'))
    if (ordered.length > 0) sender.ordered(new Set(ordered.map(({ organisation }) => organisation)))
  })
  return {
    sender,
    async stop() {
      unsubscribe()
      await sender.stop()
    },
  }
}

/** What is known of the sending before it has begun: nothing. */
export function deliveryGauges(sending: () => Sending | null): Gauge[] {
  const read = (of: 'depth' | 'sent' | 'failed') => () => sending()?.sender.counts[of] ?? {}
  return [
    {
      name: 'holdfast_deliveries_waiting',
      help: 'Messages that wait to be sent',
      label: 'channel',
      read: read('depth'),
    },
    {
      name: 'holdfast_deliveries_sent',
      help: 'Messages taken from this process',
      label: 'channel',
      read: read('sent'),
    },
    {
      name: 'holdfast_deliveries_failed',
      help: 'Attempts of this process that were not taken, or whose answer was lost',
      label: 'channel',
      read: read('failed'),
    },
  ]
}
