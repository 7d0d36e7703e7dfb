import { formatDuration } from '#kernel'
import type { Config } from './config.ts'
import { describeDelivery } from './delivery.ts'
import { describePublish } from './publish.ts'

/** The configuration in force for people, one `name = value` a line, without secrets. */
export function describeConfig(config: Config): string {
  const { databaseUrl, postgres, delivery, updates, publish, ...rest } = config
  const shown: Record<string, string | number> = {
    ...rest,
    databaseUrl: databaseUrl === null ? '(private cluster in the data directory)' : withoutPassword(databaseUrl),
    postgres: postgres ?? '(the system’s, else npm’s)',
    updatesSettling: formatDuration(updates.settling),
    updatesWindow: formatDuration(updates.window),
    ...describePublish(publish),
    ...describeDelivery(delivery),
  }
  return Object.entries(shown)
    .map(([name, value]) => `${name} = ${value}`)
    .join('\n')
}

/** Where the parts of an address cannot be told apart, rather hides too much than too little. */
function withoutPassword(url: string): string {
  const [, scheme = '', rest = ''] = /^([a-z]+:\/\/)(.*)$/s.exec(url) ?? []
  const masked = rest.replace(/([?&][^=&]*password=)[^&]*/gi, '$1***')
  const end = masked.lastIndexOf('@')
  if (end < 0) return scheme + masked
  const [user, ...password] = masked.slice(0, end).split(':')
  return `${scheme}${user}${password.length ? ':***' : ''}${masked.slice(end)}`
}
