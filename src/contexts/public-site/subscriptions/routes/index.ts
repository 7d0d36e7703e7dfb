import type { RawRoute } from '#platform/http'
import { linkRoutes } from './links.ts'
import type { SubscriptionRoutes } from './options.ts'
import { subscribeRoutes } from './subscribe.ts'
import { workerRoute } from './worker.ts'

export type { SubscriptionRoutes } from './options.ts'

export function subscriptionRoutes(options: SubscriptionRoutes): RawRoute[] {
  return [...subscribeRoutes(options), ...linkRoutes(options), workerRoute]
}
