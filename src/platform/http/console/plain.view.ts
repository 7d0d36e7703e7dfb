import type { FastifyReply } from 'fastify'
import { createViews } from '#platform/views'

/** A page without an organisation around it: a refusal, a choice, something to confirm. */
export interface PlainPage {
  readonly title: string
  readonly says: readonly string[]
  readonly links?: readonly { readonly href: string; readonly text: string; readonly elsewhere?: boolean }[]
  /** A form as somebody sent it, kept to be sent again. */
  readonly carried?: Carried
  /** Offers to sign out. */
  readonly signOut?: { readonly csrf: string; readonly name: string }
}

export interface Carried {
  readonly action: string
  readonly button: string
  readonly fields: readonly { readonly name: string; readonly value: string }[]
  /** Sent without waiting for the button, where scripts run. */
  readonly atOnce: boolean
}

const OWN = new Set(['csrf', 'commandId'])
const views = createViews<{ 'plain.njk': PlainPage & { readonly typed: Carried['fields'] } }>([
  new URL('.', import.meta.url),
])

function plainHtml(page: PlainPage): string {
  const typed = page.carried?.fields.filter(({ name, value }) => !OWN.has(name) && value.trim() !== '') ?? []
  return views.render('plain.njk', { ...page, typed })
}

export function sendPlain(reply: FastifyReply, status: number, page: PlainPage): FastifyReply {
  return sendHtml(reply, status, plainHtml(page))
}

export function sendHtml(reply: FastifyReply, status: number, html: string): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').send(html)
}

export function carry(action: string, form: URLSearchParams, csrf: string, button: string, atOnce = false): Carried {
  const fields = [...form].filter(([name]) => name !== 'csrf').map(([name, value]) => ({ name, value }))
  return { action, button, atOnce, fields: [{ name: 'csrf', value: csrf }, ...fields] }
}
