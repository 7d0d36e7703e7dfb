export type { Audience, RouteKind, RoutePurpose, StatementsEvent, Wording } from './core/events.ts'
export { type ContactRoute, contactRoutes } from './projections/contact.ts'
export { type StandingLine, standingLines } from './projections/lines.ts'
export { type PublishedVersion, published } from './projections/published.ts'
export {
  type Override,
  overrideAt,
  type ServiceAdvice,
  type ServiceWords,
  serviceWords,
} from './projections/service-words.ts'
