import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Gate } from '../gate.ts'
import { cookiesOf, localPath } from './fields.ts'
import type { Sessions, SignedIn } from './options.ts'
import { carry, sendPlain } from './plain.view.ts'

/** The session's cookie. Only over https do browsers take the prefix, which keeps other hosts of the domain from setting the cookie. */
export function cookieOf({ headers }: FastifyRequest, publicUrl: string): string | null {
  const name = publicUrl.startsWith('https:') ? '__Host-holdfast' : 'holdfast'
  return cookiesOf(headers.cookie)[name] || null
}

export interface Admission {
  /** Who is signed in; null also where nobody is. */
  find(request: FastifyRequest): Promise<SignedIn | null>
  /** Leads to the sign-in page, or keeps what was typed until somebody has signed in again. */
  refuse(request: FastifyRequest, reply: FastifyReply): FastifyReply
  /** Null where the form is one of ours for this session; else the answer that was sent. */
  refuseForgery(request: FastifyRequest, reply: FastifyReply, signedIn: SignedIn): FastifyReply | null
}

export function createAdmission(sessions: Sessions, publicUrl: string): Admission {
  return {
    async find(request) {
      const value = cookieOf(request, publicUrl)
      return value === null ? null : await sessions.find(value, request.headers['holdfast-live'] === undefined)
    },
    refuse(request, reply) {
      const here = localPath(request.url)
      if (request.method !== 'POST') return reply.redirect(signInFor(here), 303)
      return sendPlain(reply, 403, {
        title: 'You were signed out',
        says: [
          'Nothing was done yet. What you entered is kept on this page.',
          'Sign in again in another tab, come back to this page and send it again.',
        ],
        links: [{ href: signInFor('/console'), text: 'Sign in (opens in a new tab)', elsewhere: true }],
        ...(isFromElsewhere(request)
          ? {}
          : { carried: carry(here, request.body as URLSearchParams, '', 'Send again') }),
      })
    },
    refuseForgery(request, reply, signedIn) {
      const form = request.body as URLSearchParams
      if (sessions.checkCsrf(signedIn.session, form.get('csrf') ?? '')) return null
      const title = 'Check this before it is sent'
      // A form of another site must not become one of ours by a click on a button.
      if (isFromElsewhere(request) || !isKnownToBeFromHere(request))
        return sendPlain(reply, 403, {
          title: 'This form did not come from Holdfast',
          says: ['Nothing was done. Open the page again from the console, and send the form from there.'],
          links: [{ href: '/console', text: 'Go to the console' }],
        })
      return sendPlain(reply, 403, {
        title,
        says: [
          'You signed in again after this form was opened. Nothing was done yet, and nothing that you entered is lost.',
          `You are signed in as ${signedIn.name}. Check what you entered, then send it.`,
        ],
        carried: carry(localPath(request.url), form, sessions.csrfOf(signedIn.session), 'Send'),
      })
    },
  }
}

/** By what browsers say of themselves (Fetch Metadata; the Origin header of RFC 6454). */
export function isFromElsewhere({ headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site']
  return site !== undefined && site !== 'same-origin' && site !== 'none'
}

function isKnownToBeFromHere({ headers }: FastifyRequest): boolean {
  if (headers['sec-fetch-site'] === 'same-origin') return true
  return headers.origin !== undefined && URL.parse(headers.origin)?.host === headers.host
}

function signInFor(path: string): string {
  return `/console/sign-in?next=${encodeURIComponent(path)}`
}

/** Those who are not signed in are counted by their address. */
export function tooMany(gate: Gate, request: FastifyRequest, reply: FastifyReply): FastifyReply | null {
  const refused = gate.admitAnyone(request, reply)
  return refused && sendPlain(reply, refused.status, { title: refused.title, says: [refused.detail] })
}
