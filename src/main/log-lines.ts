import type { Log as DatabaseLog } from '#platform/database'
import type { Log } from '#platform/log'

/** The database tells its story in lines of a level and a message; the log of the house wants an event. */
export function databaseLog(log: Log): DatabaseLog {
  return ({ level, msg, ...fields }) => log[level]({ event: 'database', message: msg, ...fields })
}
