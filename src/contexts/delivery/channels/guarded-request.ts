import { type LookupAddress, type LookupOptions, lookup } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import { isIP } from 'node:net'
import { isPublicAddress } from '../core/public-address.ts'

/** An address that the public gave us may not be called from here. */
export class NotCallable extends Error {
  readonly code = 'NOT_CALLABLE'
}

export interface Guard {
  /** For tests: plain HTTP and this machine itself. */
  readonly loopback?: boolean
  /** How names are resolved; the system's way unless said. */
  readonly lookup?: typeof lookup
}

export interface GuardedAnswer {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
}

const ANSWER_MILLIS = 20_000

/** The address as it may be called, or what is wrong with it. Numbers in every spelling are resolved by URL itself. */
export function callable(text: string, { loopback = false }: Guard): URL | NotCallable {
  const url = text.length <= 2048 ? URL.parse(text) : null
  if (!url || url.username || url.password) return new NotCallable('not an address')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (loopback && isLoopback(host)) return url
  if (url.protocol !== 'https:' || url.port !== '') return new NotCallable('not https on its own port')
  if (isIP(host) !== 0 && !isPublicAddress(host)) return new NotCallable('not a public address')
  return url
}

/** POST without following any redirection. Names are resolved when connecting, and every address they have is looked at. */
export function guardedPost(
  url: URL,
  { headers, body }: { headers: Record<string, string | number>; body: Buffer },
  guard: Guard,
): Promise<GuardedAnswer> {
  const { request } = url.protocol === 'https:' ? https : http
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: 'POST',
        headers,
        agent: false,
        lookup: guardedLookup(guard) as never,
        signal: AbortSignal.timeout(ANSWER_MILLIS),
      },
      (response) => {
        // Only how it answers matters; what it says could be without end.
        resolve({ status: response.statusCode ?? 0, headers: response.headers })
        response.destroy()
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

type Resolved = (error: NodeJS.ErrnoException | null, address?: string | LookupAddress[], family?: number) => void

function guardedLookup({ loopback = false, lookup: resolve = lookup }: Guard) {
  return (host: string, options: LookupOptions, done: Resolved) => {
    resolve(host, { ...options, all: true }, (error, found) => {
      if (error) return done(error)
      const addresses = found as LookupAddress[]
      const bad = addresses.some(({ address }) => !isPublicAddress(address) && !(loopback && isLoopback(address)))
      if (bad || addresses.length === 0) return done(new NotCallable('not a public address'))
      if (options.all) done(null, addresses)
      else done(null, addresses[0]!.address, addresses[0]!.family)
    })
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
}
