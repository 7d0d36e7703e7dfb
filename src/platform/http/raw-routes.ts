import type { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { Answer } from './answer.ts'
import { addressKey } from './rate-limit.ts'
import { pagePolicy } from './security-headers.ts'

export interface RawRequest {
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string | string[]>>
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** As it was sent; empty where nothing was. */
  readonly body: Buffer
  /** Who asks, for limits on attempts: an IPv4 address, or the /64 of an IPv6 one. */
  readonly address: string
}

export interface RawAnswer {
  readonly status: number
  readonly type: string
  readonly body: string | Buffer | Readable
  readonly headers?: Readonly<Record<string, string>>
  /** CSP sources of the styles inside a page. */
  readonly styleHashes?: readonly string[]
}

/** A route that speaks a protocol of its own. A parameter named `organisation` or `org` marks answers of exercises. */
export interface RawRoute {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** In Fastify's syntax. */
  readonly path: string
  /** Bytes that a body may have, where that is less than elsewhere. */
  readonly bodyLimit?: number
  handle(request: RawRequest): RawAnswer | Promise<RawAnswer>
}

export function registerRawRoutes(app: FastifyInstance, routes: readonly RawRoute[], answer: Answer): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  for (const { method, path, bodyLimit, handle } of routes)
    app.route({
      method,
      url: path,
      ...(bodyLimit === undefined ? {} : { bodyLimit }),
      async handler(request, reply) {
        const { status, type, body, headers, styleHashes } = await handle({
          params: request.params as Record<string, string>,
          query: request.query as Record<string, string | string[]>,
          headers: request.headers,
          body: (request.body as Buffer | undefined) ?? Buffer.alloc(0),
          address: addressKey(request.ip),
        })
        answer.exercise(request, reply)
        if (type.startsWith('text/html')) reply.header('content-security-policy', pagePolicy(styleHashes))
        return reply
          .code(status)
          .headers({ ...headers })
          .type(type)
          .send(body)
      },
    })
}
