import { type DestinationStream, pino } from 'pino'
import { errorFields } from './error-fields.ts'

export { groupsOf, maskAddress } from './mask-address.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

/** `event` is a fixed word in kebab case; the other fields are ids, counts, times and codes, never words that people typed. */
export type LogLine = { readonly event: string; readonly error?: unknown } & { readonly [field: string]: unknown }

export interface Log {
  debug(line: LogLine): void
  info(line: LogLine): void
  warn(line: LogLine): void
  error(line: LogLine): void
}

// A second fence, for the day when somebody logs a whole request.
const PERSONAL = new Set(
  'authorization body bearer cookie cookies data email headers hash input ip password payload phone query querystring remoteAddress secret token url'
    .split(' ')
    .map((name) => name.toLowerCase()),
)

/** Lines of JSON with ISO times: to standard output, or to `destination`. Fields that may hold personal data are masked. */
export function createLog(options: { level?: LogLevel; destination?: DestinationStream } = {}): Log {
  const { level = 'info', destination } = options
  const settings = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }), log: (line: object) => withoutPersonal(line) },
  }
  return destination ? pino(settings, destination) : pino(settings)
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} }

// Also keeps an object that contains itself from hanging the one who logs it.
const DEEPEST = 4

function withoutPersonal(line: object, depth = 0): Record<string, unknown> {
  return Object.fromEntries(Object.entries(line).map(([name, value]) => [name, allowed(name, value, depth)]))
}

function allowed(name: string, value: unknown, depth: number): unknown {
  if (PERSONAL.has(name.toLowerCase())) return '[left out]'
  if (name === 'error' || value instanceof Error) return errorFields(value)
  if (value === null || typeof value !== 'object') return value
  if (depth >= DEEPEST) return '[left out]'
  return Array.isArray(value) ? value.map((one) => allowed('', one, depth + 1)) : withoutPersonal(value, depth + 1)
}
