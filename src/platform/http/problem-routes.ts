import type { FastifyInstance } from 'fastify'
import type { Answer } from './answer.ts'
import type { ProblemWords } from './options.ts'
import { problem, STATUS_OF, TRANSPORT_PROBLEMS } from './problem.ts'

/** What the `type` of each problem leads to. */
export function registerProblems(
  app: FastifyInstance,
  answer: Answer,
  ofRooms: Readonly<Record<string, ProblemWords>>,
): void {
  const known = new Map<string, { status: number; title: string }>(Object.entries(TRANSPORT_PROBLEMS))
  for (const [code, { kind, title }] of Object.entries(ofRooms)) known.set(code, { status: STATUS_OF[kind], title })

  app.get('/problems', async (request, reply) =>
    answer.object(request, reply, { problems: [...known].map(([code, words]) => ({ code, ...words })) }),
  )
  app.get<{ Params: { code: string } }>('/problems/:code', async (request, reply) => {
    const words = known.get(request.params.code)
    if (!words) return answer.problem(request, reply, problem('no-such-address', 'GET /problems lists the problems.'))
    return answer.object(request, reply, { code: request.params.code, ...words })
  })
}
