import type { Tx } from '#platform/database'
import type { UpdatesChannel } from './core/address.ts'

/** How many follow an organisation, never who. */
export interface SubscriberCounts {
  readonly channels: readonly {
    readonly channel: UpdatesChannel
    readonly confirmed: number
    readonly waiting: number
  }[]
  /** Who follows whatever the organisation says. */
  readonly everything: number
  readonly services: readonly { readonly service: string; readonly followers: number }[]
}

export async function countSubscribers(database: Tx, organisation: string): Promise<SubscriberCounts> {
  const channels = await database.query<SubscriberCounts['channels'][number]>(
    'subscribers-by-channel',
    `select channel, count(confirmed_at)::int as confirmed, (count(*) - count(confirmed_at))::int as waiting
     from public_site.subscription where organisation = $1 group by channel order by channel`,
    [organisation],
  )
  const services = await database.query<{ service: string | null; followers: number }>(
    'subscribers-by-service',
    `select service, count(*)::int as followers from public_site.subscription
     left join unnest(services) as service on true
     where organisation = $1 and confirmed_at is not null group by service order by followers desc, service`,
    [organisation],
  )
  return {
    channels,
    everything: services.find(({ service }) => service === null)?.followers ?? 0,
    services: services.flatMap(({ service, followers }) => (service === null ? [] : [{ service, followers }])),
  }
}
