import { LIVE, mainLanguage, organisationOf } from '#contexts/estate'
import type { Models } from '#journal'
import type { RawAnswer, RawRequest, RawRoute } from '#platform/http'
import type { UpdatesChannel } from '../core/address.ts'
import type { Choice } from '../pages/services.view.ts'
import type { Owner } from '../pages/updates-frame.view.ts'
import type { Subscribers } from '../subscribers.ts'
import { later } from './answers.ts'

export interface SubscriptionRoutes {
  /** Null until the database is open. */
  subscribers(): Subscribers | null
  readonly models: Models
  /** What can be sent on behalf of an organisation. */
  offered(organisation: string): readonly UpdatesChannel[]
  vapidPublicKey(): string | null
  /** The services of an organisation as its page lists them. */
  services(organisation: string): readonly Choice[]
  /** The address that people see. */
  readonly url: string
}

const BODY = 65_536

/** A route that needs the database, and says so as a page where that is not there. */
export function openRoute(
  options: SubscriptionRoutes,
  method: RawRoute['method'],
  path: string,
  handle: (request: RawRequest, subscribers: Subscribers) => RawAnswer | Promise<RawAnswer>,
): RawRoute {
  return {
    method,
    path,
    bodyLimit: BODY,
    async handle(request) {
      const subscribers = options.subscribers()
      if (!subscribers) return later()
      try {
        return await handle(request, subscribers)
      } catch (error) {
        if ((error as Error).name === 'DatabaseUnavailable') return later()
        throw error
      }
    },
  }
}

export function ownerOf({ models }: SubscriptionRoutes, slug: string): Owner | null {
  const found = organisationOf(models, slug)
  return found && { slug, name: found.name, exercise: found.world !== LIVE, language: mainLanguage(found) }
}

/** Services that the organisation has, each once, in one order. */
export function chosenIn(asked: readonly unknown[], services: readonly Choice[]): string[] {
  const known = new Set<unknown>(services.map(({ slug }) => slug))
  return [...new Set(asked.filter((slug): slug is string => known.has(slug)))].sort()
}
