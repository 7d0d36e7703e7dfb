export { type FoundToken, findToken, newSecret, organisationOf, sessionOf } from './bearer.ts'
export { ACCESS_EVENTS, type AccessEvent } from './core/events.ts'
