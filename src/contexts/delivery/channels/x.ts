import { createHmac, randomBytes } from 'node:crypto'
import type { Answer } from '../core/life.ts'
import type { Carrier } from './channel.ts'
import { retryAfterOf } from './retry-after.ts'

export interface XOptions {
  readonly url: string
  /** API key, API secret, access token and access secret of the organisation's own account. */
  readonly keys: readonly [string, string, string, string]
}

const ANSWER_MILLIS = 20_000

/** A post on X. The recipient's address is of no use: it is the account's own timeline. */
export function xCarrier({ url, keys }: XOptions): Carrier {
  const posts = `${url}/2/tweets`
  return {
    channel: 'x',
    provider: 'x',
    rate: { perSecond: 0.1, burst: 3 },
    whenLost: 'leave',
    async prepare({ words }) {
      const text = words.link === undefined ? words.text : `${words.text}\n\n${words.link}`
      return { drop() {}, handOver: () => post(posts, keys, text) }
    },
    close() {},
  }
}

async function post(url: string, keys: XOptions['keys'], text: string): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization: authorisation('POST', url, keys), 'content-type': 'application/json' },
      body: JSON.stringify({ text }),
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_MILLIS),
    })
    const { status } = response
    const answer = `x-${status}`
    if (status === 201 || status === 200) {
      const { data } = (await response.json().catch(() => ({}))) as { data?: { id?: unknown } }
      return { kind: 'accepted', answer, ...(typeof data?.id === 'string' ? { providerId: data.id } : {}) }
    }
    const retryAfter = retryAfterOf(response.headers.get('retry-after'))
    if (status === 429) return { kind: 'closed', answer, pause: retryAfter ?? 900_000 }
    if (status >= 500) return { kind: 'lost', answer }
    return { kind: 'refused', failure: 'temporary', answer }
  } catch (error) {
    const { code = '' } = ((error as Error).cause ?? {}) as { code?: string }
    return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(code)
      ? { kind: 'closed', answer: `x-${code}`, pause: 60_000 }
      : { kind: 'lost', answer: 'x-no-answer' }
  }
}

/** OAuth 1.0a (RFC 5849) with HMAC-SHA1; a JSON body is not signed. */
export function authorisation(
  method: string,
  url: string,
  [key, secret, token, tokenSecret]: XOptions['keys'],
  { nonce = randomBytes(16).toString('hex'), seconds = Math.floor(Date.now() / 1000) } = {},
): string {
  const fields: Record<string, string> = {
    oauth_consumer_key: key,
    oauth_nonce: nonce,
    oauth_signature_method: 'HMAC-SHA1',
    oauth_timestamp: String(seconds),
    oauth_token: token,
    oauth_version: '1.0',
  }
  const address = new URL(url)
  const all = [...Object.entries(fields), ...address.searchParams].map(([name, value]) => [
    escaped(name),
    escaped(value),
  ])
  const sorted = all
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('&')
  const base = [method, address.origin + address.pathname, sorted].map(escaped).join('&')
  const signature = createHmac('sha1', `${escaped(secret)}&${escaped(tokenSecret)}`)
    .update(base)
    .digest('base64')
  return `OAuth ${Object.entries({ ...fields, oauth_signature: signature })
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(', ')}`
}

function escaped(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
}
