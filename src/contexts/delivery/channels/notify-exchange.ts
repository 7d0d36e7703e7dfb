import type { Millis } from '#kernel'
import { retryAfterOf } from './retry-after.ts'

/** How an exchange failed. Nothing of what was sent is in it. */
export interface Exchange {
  /** Undefined where no whole answer came. */
  readonly status?: number
  readonly errors: readonly { readonly error: string; readonly message: string }[]
  readonly retryAfter: Millis | null
  /** Whether the request may have reached them. */
  readonly left: boolean
}

interface Request {
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly data?: unknown
}

/** Shorter than a lease. */
const ANSWER_MILLIS = 30_000
const NEVER_LEFT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** One request of Notify's client; rejects with an `Exchange`. `heard` is told the date of every answer. */
export async function exchange(
  { method, url, headers, data }: Request,
  heard: (date: string | null) => void,
): Promise<{ status: number; data: unknown }> {
  let response: Response
  let body: unknown
  try {
    response = await fetch(url, {
      method: method.toUpperCase(),
      headers: { ...headers, ...(data === undefined ? {} : { 'Content-Type': 'application/json' }) },
      ...(data === undefined ? {} : { body: JSON.stringify(data) }),
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_MILLIS),
    })
    heard(response.headers.get('date'))
    body = await response.json().catch((error: unknown) => {
      if (error instanceof SyntaxError) return null
      throw error
    })
  } catch (error) {
    const { code = '' } = ((error as Error).cause ?? {}) as { code?: string }
    throw { errors: [], retryAfter: null, left: !NEVER_LEFT.has(code) } satisfies Exchange
  }
  const { status } = response
  if (status >= 200 && status < 300) return { status, data: body }
  const listed = (body as { errors?: unknown } | null)?.errors
  throw {
    status,
    errors: (Array.isArray(listed) ? listed : []).map((one) => ({
      error: String((one as { error?: unknown } | null)?.error ?? ''),
      message: String((one as { message?: unknown } | null)?.message ?? ''),
    })),
    retryAfter: retryAfterOf(response.headers.get('retry-after')),
    left: true,
  } satisfies Exchange
}
