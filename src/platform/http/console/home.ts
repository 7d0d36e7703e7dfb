import type { FastifyInstance } from 'fastify'
import type { Gate } from '../gate.ts'
import { type Admission, tooMany } from './admit.ts'
import { elsewhere } from './frame.ts'
import type { ConsoleOptions } from './options.ts'
import { sendPlain } from './plain.view.ts'

/** `/console`: on to the only organisation, or the choice between those that somebody serves. */
export function registerHome(
  app: FastifyInstance,
  { sessions, nameOf }: ConsoleOptions,
  { admission, gate }: { admission: Admission; gate: Gate },
): void {
  app.get('/console', async (request, reply) => {
    const signedIn = await admission.find(request)
    if (!signedIn) return tooMany(gate, request, reply) ?? admission.refuse(request, reply)
    const links = elsewhere(signedIn, nameOf)
    if (links.length === 1) return reply.redirect(links[0]!.href, 303)
    const signOut = { csrf: sessions.csrfOf(signedIn.session), name: signedIn.name }
    if (links.length === 0)
      return sendPlain(reply, 200, {
        title: 'You hold no role at present',
        says: ['Ask an administrator of your organisation to give you a role, then open this page again.'],
        links: [{ href: '/console', text: 'Check again' }],
        signOut,
      })
    return sendPlain(reply, 200, {
      title: 'Choose an organisation',
      says: ['You hold a role at each of these.'],
      links,
      signOut,
    })
  })
}
