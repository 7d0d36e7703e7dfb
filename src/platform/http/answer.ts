import type { FastifyReply, FastifyRequest } from 'fastify'
import { isSlug } from '#kernel'
import type { Problem } from './problem.ts'

const RETRY_SECONDS = 5

export interface Answer {
  /** An object of the API; an exercise's says so in a header and in its first property. */
  object(request: FastifyRequest, reply: FastifyReply, body: object): FastifyReply
  problem(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply
  /** The exercise that the asked organisation belongs to, with its header set on the reply. */
  exercise(request: FastifyRequest, reply: FastifyReply): string | null
}

export function createAnswer(exerciseOf: (organisation: string) => string | null): Answer {
  function exercise(request: FastifyRequest, reply: FastifyReply): string | null {
    const { organisation, org = organisation } = (request.params ?? {}) as { organisation?: string; org?: string }
    if (org === undefined || !isSlug(org)) return null
    const name = exerciseOf(org)
    if (name !== null) reply.header('holdfast-exercise', headerText(name))
    return name
  }
  const marked = (name: string | null, body: object) => (name === null ? body : { exercise: 'EXERCISE', ...body })

  return {
    exercise,
    object: (request, reply, body) =>
      reply
        .header('cache-control', 'no-store')
        .type('application/json; charset=utf-8')
        .send(JSON.stringify(marked(exercise(request, reply), body))),
    problem(request, reply, problem) {
      const name = exercise(request, reply)
      if (problem.status === 503 && !reply.hasHeader('retry-after')) reply.header('retry-after', String(RETRY_SECONDS))
      return (
        reply
          .code(problem.status)
          .header('cache-control', 'no-store')
          .header('content-type', 'application/problem+json')
          // As bytes: to a string Fastify would add a charset, which this type does not have.
          .send(Buffer.from(JSON.stringify(marked(name, problem))))
      )
    },
  }
}

/** Header values are ASCII; a name that is not would make the whole answer fail. */
function headerText(name: string): string {
  return name.replace(/[^\x20-\x7e]/g, '?')
}
