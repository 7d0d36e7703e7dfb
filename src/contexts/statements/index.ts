export { statementTexts } from './core/catalogue.ts'
export type { Audience, RouteKind, RoutePurpose, StatementsEvent, Wording } from './core/events.ts'
export { type ContactRoute, contactRoutes } from './projections/contact.ts'
export { type PublishedVersion, published } from './projections/published.ts'
export {
  type Override,
  type ServiceAdvice,
  type ServiceWords,
  serviceWords,
} from './projections/service-words.ts'
