import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isRefusal, isSlug, mayAct } from '#kernel'
import type { Gate } from '../gate.ts'
import type { HttpOptions } from '../options.ts'
import { STATUS_OF } from '../problem.ts'
import { type Admission, tooMany } from './admit.ts'
import { localPath, queryOf } from './fields.ts'
import { createFrames } from './frame.ts'
import type { ConsoleOptions, ConsolePage, ConsolePageAnswer, SignedIn } from './options.ts'
import { type PlainPage, sendHtml, sendPlain } from './plain.view.ts'
import type { StepUp } from './step-up.ts'

type Api = Pick<HttpOptions, 'execute' | 'read' | 'exerciseOf' | 'publicUrl'>

/** `/console/{organisation}...`: a session, a form of ours, a role there, a fresh proof where it is asked for; then the page. */
export function registerPages(
  app: FastifyInstance,
  options: ConsoleOptions,
  api: Api,
  { admission, gate, stepUp }: { admission: Admission; gate: Gate; stepUp: StepUp },
): void {
  const frames = createFrames(options, api.exerciseOf)

  for (const page of options.pages)
    for (const path of page.path === '/' ? ['', '/'] : [page.path])
      app.route({
        method: page.method,
        url: `/console/:organisation${path}`,
        async handler(request, reply) {
          const signedIn = await admission.find(request)
          if (!signedIn) return tooMany(gate, request, reply) ?? admission.refuse(request, reply)
          const form = page.method === 'POST' ? (request.body as URLSearchParams) : null
          if (form) {
            const refused = admission.refuseForgery(request, reply, signedIn)
            if (refused) return refused
          }
          const { organisation } = request.params as { organisation: string }
          const roles = signedIn.organisations.find(({ slug }) => slug === organisation)?.roles ?? []
          // Whether it exists is not told to those who do not serve it.
          if (roles.length === 0 || !isSlug(organisation) || options.nameOf(organisation) === null)
            return sendPlain(reply, 404, notThere)
          const caller = { actor: { kind: 'person' as const, id: signedIn.person }, roles }
          if (!mayAct(caller, page.roles))
            return sendPlain(reply, 403, roleMissing(page, options.nameOf(organisation)!))
          const proving = page.stepUp && stepUp.ask(reply, signedIn, request.url, form)
          if (proving) return proving
          return answer(
            reply,
            await page.handle(requestOf(request, page, signedIn, form, caller) as never),
            organisation,
          )
        },
      })

  function requestOf(
    request: FastifyRequest,
    page: ConsolePage,
    signedIn: SignedIn,
    form: URLSearchParams | null,
    caller: Parameters<Api['execute']>[0]['caller'],
  ) {
    const { organisation, ...params } = request.params as { organisation: string } & Record<string, string>
    const commandId = form?.get('commandId') || null
    let given = 0
    return {
      organisation,
      params,
      query: queryOf(request.url),
      form,
      reader: { person: signedIn.person, name: signedIn.name, caller },
      now: options.now(organisation),
      url: api.publicUrl,
      models: options.models,
      who: options.sayWho(caller.actor),
      frame: frames(organisation, page, signedIn, caller.roles),
      give(command: string, input: unknown) {
        given += 1
        // The second command of one form needs an id of its own, the same one when the form is sent again.
        const id = commandId === null ? {} : { id: given === 1 ? commandId : `${commandId}-${given}` }
        return api.execute({ organisation, command, input, caller, ...id })
      },
      ask: (query: string, input: object = {}) => api.read({ organisation, query, input, caller }),
    }
  }
}

function answer(reply: FastifyReply, given: ConsolePageAnswer, organisation: string): FastifyReply {
  if (isRefusal(given)) {
    if (given.kind === 'unavailable') reply.header('retry-after', '5')
    const errors = given.errors?.map(({ detail }) => detail) ?? []
    return sendPlain(reply, STATUS_OF[given.kind], {
      title: given.title,
      says: [given.detail, ...errors],
      links: [{ href: `/console/${organisation}`, text: 'Go to the situation' }],
    })
  }
  if ('redirect' in given) return reply.redirect(localPath(given.redirect), 303)
  return sendHtml(reply, given.status ?? 200, given.html)
}

const notThere: PlainPage = {
  title: 'There is nothing here that you may see',
  says: ['Check the address. If you should see an organisation here, ask its administrator for a role.'],
  links: [{ href: '/console', text: 'See the organisations that you serve' }],
}

function roleMissing({ roles }: ConsolePage, name: string): PlainPage {
  const needed = roles.map((role) => role.replaceAll('-', ' '))
  const list = needed.length > 1 ? `one of these roles: ${needed.join(', ')}` : `the role ${needed[0] ?? 'of operator'}`
  return {
    title: 'Your role does not allow this',
    says: [`This needs ${list}, at ${name}. Ask an administrator there for it. Nothing was done.`],
    links: [{ href: '/console', text: 'Go to the console' }],
  }
}
