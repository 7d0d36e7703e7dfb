import type { Actor, Caller, JsonSchema, Refusal, RefusalCatalogue, Role } from '#kernel'
import type { Log } from '#platform/log'
import type { Changes } from './changes.ts'
import type { ConsoleOptions } from './console/options.ts'
import type { Publication } from './publication.ts'
import type { RawRoute } from './raw-routes.ts'

/** What a transport needs to know of a command. */
export interface DeclaredCommand {
  readonly name: string
  readonly summary: string
  readonly description?: string
  readonly input: JsonSchema
  readonly roles: readonly Role[]
  readonly answers?: JsonSchema
  readonly founds?: boolean
}

export interface DeclaredQuery {
  readonly name: string
  readonly summary: string
  readonly description?: string
  readonly method: 'GET' | 'POST'
  readonly input: JsonSchema
  readonly roles: readonly Role[]
  readonly answers?: JsonSchema
}

/** Who a bearer token stands for. */
export interface Session {
  readonly actor: Actor
  rolesAt(organisation: string): readonly Role[]
  /** As things stand by now, for streams that outlive a request; absent where a bearer token is asked again instead. */
  renewed?(): Session | null
}

export interface Instruction {
  readonly organisation: string
  readonly command: string
  readonly input: unknown
  readonly caller: Caller
  readonly id?: string
}

export interface Question {
  readonly organisation: string
  readonly query: string
  readonly input: unknown
  readonly caller: Caller
}

export interface Gauge {
  /** Prometheus name, as in `holdfast_journal_entries`. */
  readonly name: string
  readonly help: string
  /** The label that several readings are told apart by, such as `channel`. */
  readonly label?: string
  /** One reading, or those of each value of the label. */
  read(): number | Readonly<Record<string, number>>
}

export interface Limits {
  /** Requests a minute for each token; default 600. */
  readonly perToken?: number
  /** API requests without a token, a minute for each address; default 600. */
  readonly perAddress?: number
  /** Failed authentications a minute for each address; default 60. */
  readonly failedAuthentications?: number
  /** Bytes of a request body; default 1 MB: an estate file of 5 MB would hold everybody up for seconds. */
  readonly body?: number
  /** Levels of nesting in a JSON body; default 64. */
  readonly depth?: number
  /** Event streams open at once; default 1000. */
  readonly streams?: number
  /** Bytes that may wait for one slow event stream; default 256 KB. */
  readonly streamBuffer?: number
  /** Milliseconds for which an event stream may take nothing of what waits before it is dropped; default 30 s. */
  readonly streamStall?: number
  /** Milliseconds between heartbeats of event streams; default 15 s. */
  readonly heartbeat?: number
  /** Milliseconds that `close` waits for requests under way; default 10 s. */
  readonly grace?: number
}

export interface HttpOptions {
  readonly commands: readonly DeclaredCommand[]
  readonly queries: readonly DeclaredQuery[]
  execute(instruction: Instruction): Promise<object>
  read(question: Question): Promise<object>
  /** Why nothing can be commanded or read yet; null once it can. Tokens cannot be told from wrong ones before. */
  starting?(): Refusal | null
  /** Null for a token that is unknown, expired or revoked. */
  authenticate(bearer: string): Session | null
  /** The name of the exercise that an organisation belongs to. */
  exerciseOf(organisation: string): string | null
  readonly publication: Publication
  readonly rawRoutes?: readonly RawRoute[]
  readonly console?: ConsoleOptions
  readonly changes: Changes
  readonly health: { ready(): Promise<{ ready: boolean; problems: readonly string[] }> }
  readonly gauges?: readonly Gauge[]
  /** What `execute` and `read` can refuse with, for `/problems/<code>` to explain. */
  readonly problems?: RefusalCatalogue
  readonly log: Log
  /** The address people see in links; HSTS is sent only where it is https. */
  readonly publicUrl: string
  readonly version: string
  readonly limits?: Limits
  /**
   * Whose `X-Forwarded-For` is believed: `loopback` (unless said) that of a web server on this machine, by the address
   * that it put last; `true` anybody's.
   */
  readonly trustProxy?: boolean | 'loopback'
}

export interface HttpServer {
  /** Port 0 takes a free one. */
  listen(port: number, host: string): Promise<{ port: number }>
  /** Stops accepting, ends event streams, finishes requests; cuts off what is left after the grace. */
  close(): Promise<void>
  /** A request without a socket. Publications and security headers need a socket. */
  inject(request: {
    method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'
    url: string
    headers?: Record<string, string>
    payload?: string
  }): Promise<{ status: number; headers: Record<string, unknown>; text: string }>
}
