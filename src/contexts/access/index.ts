export { type FoundToken, findToken, newSecret, organisationOf, sessionOf } from './bearer.ts'
export type { AccessEvent } from './core/events.ts'
export { canSignIn } from './core/people.ts'
export { breakGlassNotices } from './pages/break-glass-notices.ts'
export { sessionPages } from './pages/sessions.ts'
export { nameOfPerson, people } from './projections/people.ts'
export { createKeys, type Keys } from './proofs/keys.ts'
export { newEnrolmentLink } from './proofs/secret-link.ts'
export type { ConsoleAnswer, ConsoleRequest, ConsoleRoute } from './routes/console-route.ts'
export type { Desk } from './routes/desk.ts'
export { accessRoutes } from './routes/index.ts'
export { accessSchema } from './schema.ts'
export {
  createSessions,
  type SessionDesk,
  type SessionOptions,
  type Sessions,
  type SignedIn,
} from './sessions/sessions.ts'
