import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Log } from '#platform/log'
import { problemFromError } from '../error-problem.ts'
import type { Gate } from '../gate.ts'
import { parseJsonBody } from '../json-body.ts'
import type { HttpOptions } from '../options.ts'
import { isProblem, ProblemError } from '../problem.ts'
import { type Admission, createAdmission } from './admit.ts'
import { FORM_BYTES, parseForm } from './fields.ts'
import { registerGallery } from './gallery.ts'
import { registerHome } from './home.ts'
import { watchRoutes } from './not-allowed.ts'
import type { ConsoleOptions } from './options.ts'
import { registerPages } from './page-routes.ts'
import { type PlainPage, sendPlain } from './plain.view.ts'
import { consoleHeaders } from './policy.ts'
import { registerSignIn } from './sign-in-routes.ts'
import { registerStepUp } from './step-up.ts'

const JSON_DEPTH = 16

/** Everything below `/console`, in a scope of its own: forms instead of JSON, pages instead of problems. */
export function registerConsole(
  app: FastifyInstance,
  console: ConsoleOptions,
  http: HttpOptions,
  { gate, log }: { gate: Gate; log: Log },
): void {
  const admission: Admission = createAdmission(console.sessions, http.publicUrl)
  const refuseOtherMethods = watchRoutes(app)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser<string>(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: FORM_BYTES },
    async (_request: FastifyRequest, body: string) => parseForm(body),
  )
  app.addContentTypeParser<Buffer>(
    'application/json',
    { parseAs: 'buffer', bodyLimit: FORM_BYTES },
    async (request: FastifyRequest, body: Buffer) => {
      // Only signing in speaks JSON: to a page it is an empty form.
      if ('organisation' in (request.params as object)) return new URLSearchParams()
      const parsed = parseJsonBody(body, JSON_DEPTH)
      if (isProblem(parsed)) throw new ProblemError(parsed)
      return parsed.value
    },
  )
  app.addHook('onRequest', async (_request, reply) => {
    consoleHeaders(reply)
    const starting = http.starting?.()
    if (starting)
      return sendPlain(reply.header('retry-after', '5'), 503, { title: starting.title, says: [starting.detail] })
  })
  app.addHook('preValidation', async (request) => {
    // A POST without a body has no form: it fails its CSRF check like any other.
    if (request.method === 'POST' && request.body === undefined) request.body = new URLSearchParams()
  })
  app.setErrorHandler((error, request, reply) => {
    const { problem, ours } = problemFromError(error, request.id, { body: FORM_BYTES })
    if (ours) log.error({ event: 'request-failed', id: request.id, route: request.routeOptions.url ?? 'none', error })
    return sendPlain(reply, problem.status, wordsFor(problem.code, problem, request.id))
  })

  const admitted = { admission, gate }
  const stepUp = registerStepUp(app, console, admission)
  registerHome(app, console, admitted)
  registerSignIn(app, console.routes, admitted)
  if (console.exhibits) registerGallery(app, console.exhibits)
  registerPages(app, console, http, { ...admitted, stepUp })
  refuseOtherMethods()
}

/** An address below `/console` at which there is nothing. */
export function sendNotThere(reply: FastifyReply): FastifyReply {
  consoleHeaders(reply)
  return sendPlain(reply, 404, {
    title: 'There is no such page',
    says: ['Check the address, or look for the page in the console.'],
    links: [{ href: '/console', text: 'Go to the console' }],
  })
}

function wordsFor(code: string, { title, detail }: { title: string; detail: string }, id: string): PlainPage {
  const links = [{ href: '/console', text: 'Go to the console' }]
  if (code === 'unexpected')
    return {
      title: 'Something went wrong here',
      says: [
        'Nothing is known to have been done. Go back and try again: what you entered should still be there.',
        `If it happens again, give the administrator this number: ${id}`,
      ],
      links,
    }
  if (code === 'not-json')
    return {
      title: 'This form cannot be read',
      says: ['Open the page again in a browser and send it from there.'],
      links,
    }
  return { title, says: [detail], links }
}
