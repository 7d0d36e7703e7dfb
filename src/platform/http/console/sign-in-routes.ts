import type { FastifyInstance } from 'fastify'
import { maskAddress } from '#platform/log'
import type { Gate } from '../gate.ts'
import { type Admission, isFromElsewhere, tooMany } from './admit.ts'
import { cookiesOf, localPath, queryOf } from './fields.ts'
import type { ConsoleRoute } from './options.ts'
import { sendHtml, sendPlain } from './plain.view.ts'

/** Pages and script calls that need no session. */
export function registerSignIn(
  app: FastifyInstance,
  routes: readonly ConsoleRoute[],
  { admission, gate }: { admission: Admission; gate: Gate },
): void {
  for (const { method, path, handle } of routes)
    app.route({
      method,
      url: path,
      async handler(request, reply) {
        const signedIn = await admission.find(request)
        if (!signedIn) {
          const refused = tooMany(gate, request, reply)
          if (refused) return refused
        }
        if (method === 'POST' && isFromElsewhere(request))
          return sendPlain(reply, 403, {
            title: 'This form did not come from Holdfast',
            says: ['Nothing was done. Open the page again, and send the form from there.'],
          })
        const form = request.body instanceof URLSearchParams ? request.body : null
        const answer = await handle({
          params: request.params as Record<string, string>,
          query: queryOf(request.url),
          form,
          json: form === null ? request.body : undefined,
          cookies: cookiesOf(request.headers.cookie),
          signedIn,
          address: maskAddress(request.ip),
          agent: request.headers['user-agent'] ?? '',
        })
        if (answer.setCookies?.length) reply.header('set-cookie', [...answer.setCookies])
        if ('redirect' in answer) return reply.redirect(localPath(answer.redirect), 303)
        if ('html' in answer) return sendHtml(reply, answer.status ?? 200, answer.html)
        return reply
          .code(answer.status ?? 200)
          .type('application/json; charset=utf-8')
          .send(JSON.stringify(answer.json))
      },
    })
}
