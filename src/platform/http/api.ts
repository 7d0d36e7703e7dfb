import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Caller, isRefusal, isSlug } from '#kernel'
import type { Answer } from './answer.ts'
import { createApiSession } from './console/api-session.ts'
import type { Gate } from './gate.ts'
import { parseJsonBody, unusable } from './json-body.ts'
import type { Metrics } from './metrics.ts'
import type { HttpOptions, Session } from './options.ts'
import { isProblem, ProblemError, problem, problemOf } from './problem.ts'
import { inputFromQuery } from './query-input.ts'

type Params = { organisation: string; name: string }

declare module 'fastify' {
  interface FastifyRequest {
    session: Session | null
  }
}

/** Everything under `/api/v1/:organisation`: a session first, then commands by POST and queries by GET or POST. */
export function registerApi(
  app: FastifyInstance,
  options: HttpOptions,
  { answer, gate, metrics, deepest }: { answer: Answer; gate: Gate; metrics: Metrics; deepest: number },
): void {
  const commands = new Map(options.commands.map((command) => [command.name, command]))
  const queries = new Map(options.queries.map((query) => [query.name, query]))
  const bySession = options.console && createApiSession(options.console.sessions, options.publicUrl)
  app.decorateRequest('session', null)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    const parsed = parseJsonBody(body as Buffer, deepest)
    if (isProblem(parsed)) done(new ProblemError(parsed))
    else done(null, parsed.value)
  })
  app.addHook('onRequest', async (request, reply) => {
    const starting = options.starting?.()
    if (starting) return answer.problem(request, reply, problemOf(starting))
    const signedIn = (await bySession?.(request)) ?? null
    if (isProblem(signedIn)) return answer.problem(request, reply, signedIn)
    const admitted = gate.admit(request, reply, signedIn)
    if (isProblem(admitted)) return answer.problem(request, reply, admitted)
    request.session = admitted
    const { organisation } = request.params as Params
    if (!isSlug(organisation))
      return answer.problem(
        request,
        reply,
        problem('unknown-organisation', 'Names are 1 to 64 of a-z, 0-9 and inner hyphens.'),
      )
  })

  app.post<{ Params: Params }>('/:name', async (request, reply) => {
    const { organisation, name } = request.params
    const input = request.body ?? {}
    const caller = callerOf(request, organisation)
    const query = queries.get(name)
    if (query?.method === 'POST')
      return outcome(request, reply, await options.read({ organisation, query: name, input, caller }))
    if (query) return notAllowed(request, reply, 'GET')
    if (!commands.has(name)) return unknown(request, reply)
    const id = request.headers['idempotency-key'] as string | undefined
    try {
      const done = await options.execute({
        organisation,
        command: name,
        input,
        caller,
        ...(id === undefined ? {} : { id }),
      })
      metrics.command(name, outcomeOf(done))
      return outcome(request, reply, done)
    } catch (error) {
      metrics.command(name, 'failed')
      throw error
    }
  })

  app.get<{ Params: Params }>('/:name', async (request, reply) => {
    const { organisation, name } = request.params
    const query = queries.get(name)
    if (query?.method === 'POST' || (!query && commands.has(name))) return notAllowed(request, reply, 'POST')
    if (!query) return unknown(request, reply)
    const input = inputFromQuery(query.input, request.query as Record<string, string | string[]>)
    const fault = unusable(input, deepest)
    if (fault) return answer.problem(request, reply, fault)
    const caller = callerOf(request, organisation)
    return outcome(request, reply, await options.read({ organisation, query: name, input, caller }))
  })

  app.route({
    method: ['PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: '/:name',
    // Before any body is read: there is nothing that it could be for.
    onRequest: async (request, reply) => notAllowed(request, reply, methodOf((request.params as Params).name)),
    handler: (request, reply) => unknown(request, reply),
  })

  function outcome(request: FastifyRequest, reply: FastifyReply, result: object): FastifyReply {
    return isRefusal(result) ? answer.problem(request, reply, problemOf(result)) : answer.object(request, reply, result)
  }

  function methodOf(name: string): string {
    const method = queries.get(name)?.method ?? (commands.has(name) ? 'POST' : 'GET')
    return method === 'GET' ? 'GET, HEAD' : 'POST'
  }

  function notAllowed(request: FastifyRequest, reply: FastifyReply, allow: string): FastifyReply {
    return answer.problem(request, reply.header('allow', allow), problem('method-not-allowed', `Use ${allow}.`))
  }

  function unknown(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const detail = 'This is neither a command nor a query. GET /api/openapi.json lists both.'
    return answer.problem(request, reply, problem('no-such-address', detail))
  }
}

function callerOf(request: FastifyRequest, organisation: string): Caller {
  const { actor, rolesAt } = sessionOf(request)
  return { actor, roles: rolesAt(organisation) }
}

export function sessionOf(request: FastifyRequest): Session {
  if (request.session === null) throw new Error('a route of the API was reached without a session')
  return request.session
}

function outcomeOf(done: object): string {
  if (isRefusal(done)) return done.refused
  return 'entries' in done && Array.isArray(done.entries) && done.entries.length === 0 ? 'already-so' : 'done'
}
