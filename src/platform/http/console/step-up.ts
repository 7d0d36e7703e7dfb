import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Admission } from './admit.ts'
import { localPath } from './fields.ts'
import type { ConsoleOptions, SignedIn } from './options.ts'
import { carry, sendPlain } from './plain.view.ts'

const FRESH = 5 * 60_000
const KEPT = 15 * 60_000
const MOST = 100

interface Kept {
  readonly session: string
  readonly action: string
  readonly form: URLSearchParams
  readonly until: number
}

export interface StepUp {
  /** Null where the last proof is fresh; else sends to the proof, and a form on from there to where it was going. */
  ask(reply: FastifyReply, signedIn: SignedIn, url: string, form: URLSearchParams | null): FastifyReply | null
}

/** Asks for the passkey again before what cannot be undone, and keeps a submitted form meanwhile. */
export function registerStepUp(
  app: FastifyInstance,
  { realNow, sessions }: ConsoleOptions,
  admission: Admission,
): StepUp {
  const forms = new Map<string, Kept>()
  const proveThen = (reply: FastifyReply, next: string) =>
    reply.redirect(`/console/step-up?next=${encodeURIComponent(next)}`, 303)

  app.get<{ Params: { id: string } }>('/console/carry-on/:id', async (request, reply) => {
    const signedIn = await admission.find(request)
    if (!signedIn) return admission.refuse(request, reply)
    const kept = forms.get(request.params.id)
    if (!kept || kept.session !== signedIn.session || kept.until < realNow())
      return sendPlain(reply, 404, {
        title: 'This form is not kept any more',
        says: ['Nothing was done. Forms are kept for 15 minutes: open the page again and fill it in once more.'],
        links: [{ href: '/console', text: 'Go to the console' }],
      })
    return sendPlain(reply, 200, {
      title: 'Carry on',
      says: ['You have confirmed who you are. Nothing was done yet: send what you filled in.'],
      carried: carry(kept.action, kept.form, sessions.csrfOf(signedIn.session), 'Send', true),
    })
  })

  return {
    ask(reply, { session, provenAt }, url, form) {
      const now = realNow()
      if (now - provenAt < FRESH) return null
      const action = localPath(url)
      if (form === null) return proveThen(reply, action)
      for (const [id, { until }] of forms) if (until < now) forms.delete(id)
      // The oldest goes first: it is the likeliest to have been given up.
      if (forms.size >= MOST) forms.delete(forms.keys().next().value!)
      const id = randomUUID()
      forms.set(id, { session, action, form, until: now + KEPT })
      return proveThen(reply, `/console/carry-on/${id}`)
    },
  }
}
