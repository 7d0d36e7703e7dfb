import { estateOf, LIVE, organisationOf } from '#contexts/estate'
import { createSubscriptions, type Subscriptions, subscriptionRoutes } from '#contexts/public-site'
import type { Config } from '#platform/config'
import type { RawRoute } from '#platform/http'
import type { Application } from './application.ts'
import { installationSecret } from './installation-secret.ts'
import type { Late } from './late.ts'

export function openSubscriptions(
  { database, journal, clocks, outbox }: Application,
  { dataDirectory, url, updates }: Pick<Config, 'dataDirectory' | 'url' | 'updates'>,
): Subscriptions {
  const secret = installationSecret(dataDirectory)
  return createSubscriptions({ database, journal, clocks, outbox, secret, url, ...updates })
}

/** The pages about updates. They are answered only once the database is open. */
export function updatesRoutes(
  late: Late,
  { url, delivery }: Pick<Config, 'url' | 'delivery'>,
  opened: () => Subscriptions | null,
): RawRoute[] {
  const { models } = late
  return subscriptionRoutes({
    subscribers: () => opened()?.subscribers ?? null,
    models,
    url,
    offered(organisation) {
      const exercise = organisationOf(models, organisation)?.world !== LIVE
      if (exercise && delivery.exercises === 'off') return []
      return (late.application?.outbox.channels() ?? []).filter((channel) => channel !== 'x')
    },
    vapidPublicKey: () => late.application?.outbox.vapidPublicKey() ?? null,
    services: (organisation) =>
      (estateOf(models, organisation)?.services ?? [])
        .map(({ id, name }) => ({ slug: id.slice(organisation.length + 1), name }))
        .sort((a, b) => a.name.localeCompare(b.name, 'en-GB')),
  })
}
