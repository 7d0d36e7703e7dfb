import type { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { Answer } from './answer.ts'
import { pagePolicy } from './security-headers.ts'

export interface RawRequest {
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string | string[]>>
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** As it was sent; empty where nothing was. */
  readonly body: Buffer
}

export interface RawAnswer {
  readonly status: number
  readonly type: string
  readonly body: string | Buffer | Readable
  readonly headers?: Readonly<Record<string, string>>
}

/** A route that speaks a protocol of its own. A parameter named `organisation` or `org` marks answers of exercises. */
export interface RawRoute {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** In Fastify's syntax. */
  readonly path: string
  handle(request: RawRequest): RawAnswer | Promise<RawAnswer>
}

export function registerRawRoutes(app: FastifyInstance, routes: readonly RawRoute[], answer: Answer): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  for (const { method, path, handle } of routes)
    app.route({
      method,
      url: path,
      async handler(request, reply) {
        const { status, type, body, headers } = await handle({
          params: request.params as Record<string, string>,
          query: request.query as Record<string, string | string[]>,
          headers: request.headers,
          body: (request.body as Buffer | undefined) ?? Buffer.alloc(0),
        })
        answer.exercise(request, reply)
        if (type.startsWith('text/html')) reply.header('content-security-policy', pagePolicy())
        return reply
          .code(status)
          .headers({ ...headers })
          .type(type)
          .send(body)
      },
    })
}
