import { performance } from 'node:perf_hooks'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '#kernel'
import type { Limits, Session } from './options.ts'
import { type Problem, problem } from './problem.ts'
import { addressKey, createRateLimit } from './rate-limit.ts'

const BEARER = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i

export interface Gate {
  /** Who is asking, by token or else as `signedIn`, or why they may not; sets the headers that go with a refusal. */
  admit(request: FastifyRequest, reply: FastifyReply, signedIn: Session | null): Session | Problem
  /** As `admit` for those without a token, too: by address. */
  admitAnyone(request: FastifyRequest, reply: FastifyReply): Problem | null
}

/** Tokens and rates. A valid token is never refused for what others behind the same address do. */
export function createGate(authenticate: (bearer: string) => Session | null, limits: Limits): Gate {
  const perToken = createRateLimit(limits.perToken ?? 600)
  const perAddress = createRateLimit(limits.perAddress ?? 600)
  const failures = createRateLimit(limits.failedAuthentications ?? 60)

  function tooMany(wait: number, reply: FastifyReply): Problem {
    const seconds = Math.max(1, Math.ceil(wait / 1000))
    reply.header('retry-after', String(seconds))
    return problem('too-many-requests', `Try again in ${seconds} seconds.`)
  }

  return {
    admit(request, reply, signedIn) {
      const bearer = BEARER.exec(request.headers.authorization ?? '')?.[1]
      const session = bearer === undefined ? signedIn : authenticate(bearer)
      if (session) {
        const key = keyOf(session.actor)
        const wait = key === null ? 0 : perToken.take(key, performance.now())
        return wait > 0 ? tooMany(wait, reply) : session
      }
      const wait = failures.take(addressKey(request.ip), performance.now())
      if (wait > 0) return tooMany(wait, reply)
      reply.header(
        'www-authenticate',
        `Bearer realm="holdfast"${bearer === undefined ? '' : ', error="invalid_token"'}`,
      )
      return problem(
        'token-needed',
        bearer === undefined
          ? 'Send the header Authorization: Bearer, followed by a token of this organisation.'
          : 'This token is unknown, expired or revoked. Ask an administrator for another.',
      )
    },
    admitAnyone(request, reply) {
      const wait = perAddress.take(addressKey(request.ip), performance.now())
      return wait > 0 ? tooMany(wait, reply) : null
    },
  }
}

/** Null for the operator, who owns the machine and is not counted. */
function keyOf(actor: Actor): string | null {
  if (actor.kind === 'operator') return null
  return `${actor.kind} ${'id' in actor ? actor.id : actor.name}`
}
