export type { Database, DatabaseInfo, Log, Tx } from './database.ts'
export { DatabaseRefused, DatabaseUnavailable, type UnavailableReason } from './errors.ts'
export { migrate, type Schema } from './migrate.ts'
export { type OpenOptions, openDatabase } from './open.ts'
