export type { Change, Changes } from './changes.ts'
export type {
  ConsoleOptions,
  ConsolePage,
  ConsoleRoute,
  ConsoleRouteAnswer,
  ConsoleRouteRequest,
  Exhibit,
  Sessions,
  SignedIn,
} from './console/options.ts'
export type {
  DeclaredCommand,
  DeclaredQuery,
  Gauge,
  HttpOptions,
  HttpServer,
  Instruction,
  Limits,
  Question,
  Session,
} from './options.ts'
export type { Publication, PublicResource } from './publication.ts'
export { createRateLimit, type RateLimit } from './rate-limit.ts'
export type { RawAnswer, RawRequest, RawRoute } from './raw-routes.ts'
export { innerPolicy } from './security-headers.ts'
export { createHttpServer } from './server.ts'
