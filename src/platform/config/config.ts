import { resolve } from 'node:path'
import { type InputError, type Refusal, refusals } from '#kernel'
import { type DeliveryConfig, readDelivery } from './delivery.ts'
import { type PublishConfig, readPublish } from './publish.ts'
import { decimal, duration, httpUrl, oneOf, postgresUrl, text } from './values.ts'

export interface Config {
  readonly port: number
  readonly host: string
  /** The address that people see in links, without a slash at its end. */
  readonly url: string
  /** What the region page is called. */
  readonly region: string
  /** Absolute. */
  readonly dataDirectory: string
  /** Null: the private cluster in the data directory. */
  readonly databaseUrl: string | null
  /** Database connections at most. */
  readonly databaseConnections: number
  /** Whose PostgreSQL makes a new private cluster first; null leaves the choice. */
  readonly postgres: 'npm' | 'system' | null
  readonly logLevel: (typeof LOG_LEVELS)[number]
  readonly delivery: DeliveryConfig
  /** Milliseconds: how long a change must stand before subscribers hear of it, and within which one hears of changes once. */
  readonly updates: { readonly settling: number; readonly window: number }
  readonly publish: PublishConfig | null
}

/** Values of the command line, which win over the environment; undefined where not given. */
export interface Flags {
  readonly port?: string | undefined
  readonly host?: string | undefined
  readonly data?: string | undefined
}

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

const refuse = refusals({ 'bad-configuration': { kind: 'input', title: 'The configuration cannot be used' } })

/**
 * The configuration in force: flags, then environment, then defaults. Empty variables count as not set. All bad values
 * are named in one refusal, each by a pointer such as `/HOLDFAST_PORT` or `/--port`.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>, flags: Flags = {}): Config | Refusal {
  const errors: InputError[] = []
  const take = <T>(name: string, fallback: T, read: (value: string) => T | Error, flag?: keyof Flags): T => {
    const given = flag && flags[flag]
    const value = given ?? env[name]
    if (value === undefined || (value === '' && given === undefined)) return fallback
    const result = read(value)
    if (!(result instanceof Error)) return result
    errors.push({ pointer: given === undefined ? `/${name}` : `/--${flag}`, detail: result.message })
    return fallback
  }

  const incomplete = (name: string, detail: string) => errors.push({ pointer: `/${name}`, detail })
  const port = take('HOLDFAST_PORT', 8080, decimal(0, 65_535), 'port')
  const config: Config = {
    port,
    host: take('HOLDFAST_HOST', '127.0.0.1', text, 'host'),
    url: take('HOLDFAST_URL', `http://localhost:${port}`, httpUrl),
    region: take('HOLDFAST_REGION', 'London', text),
    dataDirectory: resolve(take('HOLDFAST_DATA', './data', text, 'data')),
    databaseUrl: take<string | null>('DATABASE_URL', null, postgresUrl),
    databaseConnections: take('HOLDFAST_DATABASE_CONNECTIONS', 10, decimal(2, 500)),
    postgres: take<Config['postgres']>('HOLDFAST_POSTGRES', null, oneOf(['npm', 'system'] as const)),
    logLevel: take('HOLDFAST_LOG_LEVEL', 'info', oneOf(LOG_LEVELS)),
    updates: {
      settling: take('HOLDFAST_UPDATES_SETTLING', 120_000, duration(86_400_000)),
      window: take('HOLDFAST_UPDATES_WINDOW', 900_000, duration(86_400_000)),
    },
    delivery: readDelivery(take, incomplete),
    publish: readPublish(take, incomplete),
  }
  if (errors.length === 0) return config
  return refuse(
    'bad-configuration',
    errors.map(({ pointer, detail }) => `${pointer.slice(1)}: ${detail}`).join('. '),
    errors,
  )
}
