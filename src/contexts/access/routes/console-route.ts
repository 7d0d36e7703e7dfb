import type { SignedIn } from '../sessions/sessions.ts'

/** What a route outside organisations is given. */
export interface ConsoleRequest {
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** Null unless a form was sent. */
  readonly form: URLSearchParams | null
  /** Parsed, of any shape; undefined unless JSON was sent. */
  readonly json: unknown
  readonly cookies: Readonly<Record<string, string>>
  readonly signedIn: SignedIn | null
  /** Group of addresses (masked), for limits on attempts. */
  readonly address: string
  /** The `User-Agent` header; only its family is kept. */
  readonly agent?: string
}

export type ConsoleAnswer = (
  | { readonly html: string; readonly status?: number }
  | { readonly json: object; readonly status?: number }
  /** Within the console; 303. */
  | { readonly redirect: string }
) & {
  /** Whole values of `Set-Cookie`. */
  readonly setCookies?: readonly string[]
}

/** A page or script call of signing in: outside organisations, and reached without a session. It checks its own CSRF token. */
export interface ConsoleRoute {
  readonly method: 'GET' | 'POST'
  /** In Fastify's syntax, such as `/console/enrol/:link`. */
  readonly path: string
  handle(request: ConsoleRequest): Promise<ConsoleAnswer>
}
