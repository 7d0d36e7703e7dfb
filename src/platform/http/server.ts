import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { uuidv7 } from '#kernel'
import { maskAddress } from '#platform/log'
import { createAnswer } from './answer.ts'
import { registerApi } from './api.ts'
import { createClientErrorHandler } from './client-error.ts'
import { withAssets } from './console/asset-resource.ts'
import { registerConsole, sendNotThere } from './console/register.ts'
import { problemFromError } from './error-problem.ts'
import { registerEvents } from './events-route.ts'
import { createGate } from './gate.ts'
import { registerMachineRoutes } from './machine-routes.ts'
import { createMetrics } from './metrics.ts'
import { openApi } from './openapi.ts'
import type { HttpOptions, HttpServer } from './options.ts'
import { problem } from './problem.ts'
import { registerProblems } from './problem-routes.ts'
import { createPublicHandler } from './publication.ts'
import { registerRawRoutes } from './raw-routes.ts'
import { pagePolicy, securityHeaders } from './security-headers.ts'
import { createStreams } from './streams.ts'

const MEGABYTE = 1_048_576

/** Public bytes first, on bare node:http; everything else through Fastify. */
export async function createHttpServer(options: HttpOptions): Promise<HttpServer> {
  const { log, publication, publicUrl, limits = {}, trustProxy = 'loopback' } = options
  const { body = MEGABYTE, depth = 64, grace = 10_000 } = limits
  const answer = createAnswer((organisation) => options.exerciseOf(organisation))
  const authenticate = (bearer: string) => options.authenticate(bearer)
  const gate = createGate(authenticate, limits)
  const pages = createPublicHandler(withAssets(publication), publicUrl)
  const {
    streams: most = 1000,
    streamBuffer: buffer = 256 * 1024,
    streamStall: stall = 30_000,
    heartbeat = 15_000,
  } = limits
  const streams = createStreams({ changes: options.changes, log, most, buffer, stall, heartbeat })
  const metrics = createMetrics({ gauges: options.gauges ?? [], streams: () => streams.size, published: pages.served })
  const headers = securityHeaders(publicUrl)
  const description = Buffer.from(JSON.stringify(openApi(options)))
  let closing = false

  const app: FastifyInstance = fastify({
    logger: false,
    trustProxy,
    bodyLimit: body,
    return503OnClosing: false,
    genReqId: () => uuidv7(),
    routerOptions: { maxParamLength: 300 },
    frameworkErrors: (error, request, reply) => failed(error, request, reply),
    clientErrorHandler: createClientErrorHandler(publicUrl),
    serverFactory: (handler) =>
      createServer(
        {
          requestTimeout: 60_000,
          headersTimeout: 15_000,
          keepAliveTimeout: 72_000,
          maxHeaderSize: 16_384,
          // A tenth less work for each page read: a request without a body need not end as a stream.
          optimizeEmptyRequests: true,
        },
        (request, response) => {
          try {
            if (pages.serve(request, response)) return
            // Fastify would wait for ever for the end of what has ended already.
            if (request.readableEnded) delete request.headers['content-type']
            for (const [name, value] of headers) response.setHeader(name, value)
            handler(request, response)
          } catch (error) {
            log.error({ event: 'request-failed', error })
            response.destroy()
          }
        },
      ),
  })

  function failed(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const told = problemFromError(error, request.id, { body: request.routeOptions?.bodyLimit ?? body })
    if (told.ours) log.error({ event: 'request-failed', id: request.id, route: routeOf(request), error })
    return answer.problem(request, reply, told.problem)
  }

  app.setErrorHandler((error, request, reply) => failed(error, request, reply))
  app.setNotFoundHandler((request, reply) => {
    if (options.console && /^\/console(?:[/?]|$)/.test(request.url)) return sendNotThere(reply)
    const lost = request.method === 'GET' && request.headers.accept?.includes('text/html') && publication.notFound?.()
    if (lost)
      return reply
        .code(404)
        .headers({ 'content-security-policy': pagePolicy(lost.styleHashes), 'cache-control': 'no-store' })
        .type(lost.contentType)
        .send(lost.body.identity)
    if (publication.find(request.url.split('?')[0]!) === null)
      return answer.problem(request, reply, problem('no-such-address', 'Check the address.'))
    const refused = problem('method-not-allowed', 'This page can only be read: use GET.')
    return answer.problem(request, reply.header('allow', 'GET, HEAD'), refused)
  })
  app.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close')
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = routeOf(request)
    const { method, id } = request
    const millis = Math.round(reply.elapsedTime * 10) / 10
    const streamed = route.endsWith('/events') && reply.statusCode === 200
    metrics.request(method, route, reply.statusCode, streamed ? null : millis / 1000)
    log.info({ event: 'request', id, method, route, status: reply.statusCode, millis, from: maskAddress(request.ip) })
  })

  registerMachineRoutes(app, options.health, { answer, gate, metrics, trustProxy: trustProxy === true })
  app.register((open, _options, done) => {
    open.addHook('onRequest', async (request, reply) => {
      const refused = gate.admitAnyone(request, reply)
      if (refused) return answer.problem(request, reply, refused)
    })
    open.get('/api/openapi.json', async (_request, reply) =>
      reply.type('application/json; charset=utf-8').header('cache-control', 'public, max-age=300').send(description),
    )
    registerProblems(open, answer, options.problems ?? {})
    open.register((raw, _none, ready) => {
      registerRawRoutes(raw, options.rawRoutes ?? [], answer)
      ready()
    })
    done()
  })
  app.register(
    (api, _options, done) => {
      registerApi(api, options, { answer, gate, metrics, deepest: depth })
      registerEvents(api, { answer, streams, authenticate })
      done()
    },
    { prefix: '/api/v1/:organisation' },
  )
  const { console } = options
  if (console)
    app.register((pages, _options, done) => {
      registerConsole(pages, console, options, { gate, log })
      done()
    })
  await app.ready()

  const sockets = new Set<Socket>()
  app.server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })

  return {
    async listen(port, host) {
      await app.listen({ port, host })
      return { port: (app.server.address() as AddressInfo).port }
    },
    async close() {
      if (closing) return
      closing = true
      pages.close()
      streams.close()
      const cutOff = setTimeout(() => app.server.closeAllConnections(), grace)
      try {
        await sent(sockets, grace / 2)
        await app.close()
      } finally {
        clearTimeout(cutOff)
      }
    },
    async inject(request) {
      const response = await app.inject(request)
      return { status: response.statusCode, headers: response.headers, text: response.payload }
    },
  }
}

/** Node's `close` destroys a connection whose response has ended but is not sent yet: that must wait until it is. */
async function sent(sockets: ReadonlySet<Socket>, most: number): Promise<void> {
  const until = performance.now() + most
  do await wait(10)
  while (performance.now() < until && [...sockets].some((socket) => socket.writableLength > 0))
}

function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? 'none'
}
