import type { FastifyInstance } from 'fastify'
import type { Answer } from './answer.ts'
import { sessionOf } from './api.ts'
import type { Session } from './options.ts'
import { problem } from './problem.ts'
import type { Streams } from './streams.ts'

const NUMBER = /^\d{1,15}$/

/** `GET /events` of an organisation: what changed, live, after `Last-Event-ID` or `?after=`. `?named=no` leaves the events' names out. */
export function registerEvents(
  app: FastifyInstance,
  {
    answer,
    streams,
    authenticate,
  }: { answer: Answer; streams: Streams; authenticate: (bearer: string) => Session | null },
): void {
  app.get<{ Params: { organisation: string }; Querystring: Record<string, unknown> }>(
    '/events',
    { exposeHeadRoute: false },
    async (request, reply) => {
      const { organisation } = request.params
      const session = sessionOf(request)
      const { actor } = session
      const mayHear = (session: Session | null) =>
        session !== null && (session.actor.kind === 'operator' || session.rolesAt(organisation).length > 0)
      if (!mayHear(session))
        return answer.problem(
          request,
          reply,
          problem('not-for-you', `You need a role at ${organisation} to hear its changes.`),
        )
      const from = request.headers['last-event-id'] ?? request.query.after
      if (from !== undefined && !(typeof from === 'string' && NUMBER.test(from))) {
        const detail = 'must be the number of a journal entry, such as 120'
        return answer.problem(
          request,
          reply,
          problem('unusable-input', `/after: ${detail}`, [{ pointer: '/after', detail }]),
        )
      }
      if (streams.full)
        return answer.problem(
          request,
          reply,
          problem('too-many-streams', 'Ask for the journal from time to time instead.'),
        )

      const exercise = answer.exercise(request, reply)
      const bearer = (request.headers.authorization ?? '').replace(/^Bearer +/i, '')
      reply.hijack()
      reply.raw.writeHead(200, {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store',
        'X-Accel-Buffering': 'no',
        // Ends with the stream, so that a server that is closing need not wait for it.
        Connection: 'close',
        ...(exercise === null ? {} : { 'Holdfast-Exercise': String(reply.getHeader('holdfast-exercise')) }),
      })
      streams.open(reply.raw, {
        organisation,
        after: from === undefined ? null : Number(from),
        exercise: exercise !== null,
        named: request.query.named !== 'no',
        stillAllowed: () =>
          actor.kind === 'operator' || mayHear(session.renewed ? session.renewed() : authenticate(bearer)),
      })
    },
  )
}
