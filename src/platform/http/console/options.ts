import type { Actor, Millis, Refusal, Role } from '#kernel'

/** Who is signed in, and what they may be at which organisation at this moment. */
export interface SignedIn {
  readonly session: string
  readonly person: string
  readonly name: string
  /** The last passkey or code, by the real clock. */
  readonly provenAt: Millis
  readonly organisations: readonly { readonly slug: string; readonly roles: readonly Role[] }[]
}

export interface Sessions {
  /**
   * By the cookie's value; null where there is none any more. `touch: false` where a script asks by itself, which must not
   * keep a session alive that nobody uses.
   */
  find(cookie: string, touch?: boolean): Promise<SignedIn | null>
  csrfOf(session: string): string
  checkCsrf(session: string, token: string): boolean
}

/** A page below `/console/{organisation}`, as rooms declare it. What `handle` is given is made by `pageRequest`. */
export interface ConsolePage {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly roles: readonly Role[]
  readonly stepUp?: boolean
  readonly navigation?: { readonly text: string; readonly order: number; readonly exercisesOnly?: boolean }
  readonly handle: (request: never) => ConsolePageAnswer | Promise<ConsolePageAnswer>
}

export type ConsolePageAnswer =
  | { readonly html: string; readonly status?: number }
  | { readonly redirect: string }
  | Refusal

/** A page or script call outside organisations, reached without a session: signing in. It checks its own CSRF token. */
export interface ConsoleRoute {
  readonly method: 'GET' | 'POST'
  /** In Fastify's syntax. */
  readonly path: string
  handle(request: ConsoleRouteRequest): Promise<ConsoleRouteAnswer>
}

export interface ConsoleRouteRequest {
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly form: URLSearchParams | null
  readonly json: unknown
  readonly cookies: Readonly<Record<string, string>>
  readonly signedIn: SignedIn | null
  /** Group of addresses (masked), for limits on attempts. */
  readonly address: string
  readonly agent: string
}

export type ConsoleRouteAnswer = (
  | { readonly html: string; readonly status?: number }
  | { readonly json: object; readonly status?: number }
  | { readonly redirect: string }
) & { readonly setCookies?: readonly string[] }

export interface Notice {
  readonly text: string
  readonly detail: string
  readonly action: string
  readonly button: string
}

/** A page as it looks in one state, shown in development. */
export interface Exhibit {
  readonly room: string
  readonly name: string
  html(): string | Promise<string>
}

export interface ConsoleOptions {
  readonly pages: readonly ConsolePage[]
  readonly routes: readonly ConsoleRoute[]
  readonly sessions: Sessions
  /** What pages read from; this transport asks it for positions only. */
  readonly models: { position(organisation: string): number }
  /** Null for an organisation that has no journal. */
  nameOf(organisation: string): string | null
  /** What a reader calls whoever did something. */
  sayWho(reader: Actor): (actor: Actor | undefined) => string
  /** What a person has to know on every page there, each with a form that says it was seen. */
  noticesFor?(organisation: string, person: string): readonly Notice[]
  /** By the organisation's clock. */
  now(organisation: string): Millis
  /** The real time: a proof is as old in an exercise as it is elsewhere. */
  realNow(): Millis
  readonly exhibits?: readonly Exhibit[]
}
