import type { RawAnswer, RawRequest } from '#platform/http'
import { formStylesheet } from '#platform/views'
import { type NoteView, noteView } from '../pages/note.view.ts'
import { type Owner, wordsFor } from '../pages/updates-frame.view.ts'
import { type UpdatesTemplates, views } from '../pages/views.ts'

const HEADERS = { 'cache-control': 'no-store', 'x-robots-tag': 'noindex' }

export function pageAnswer<Name extends keyof UpdatesTemplates & string>(
  name: Name,
  view: UpdatesTemplates[Name],
  status = 200,
  headers: Record<string, string> = {},
): RawAnswer {
  return {
    status,
    type: 'text/html; charset=utf-8',
    body: views.render(name, view),
    headers: { ...HEADERS, ...headers },
    styleHashes: [formStylesheet.source],
  }
}

export function note(
  owner: Owner | null,
  heading: string,
  says: readonly string[],
  more: Partial<Pick<NoteView, 'button' | 'links'>> & { status?: number } = {},
): RawAnswer {
  return pageAnswer('note.njk', noteView(owner, heading, says, more), more.status ?? 200)
}

export function gone(): RawAnswer {
  const { t } = wordsFor(null)
  const links = [{ href: '/', text: t('gone.region') }]
  return note(null, t('gone.title'), [t('gone.says'), t('gone.again')], { status: 404, links })
}

export function notFound(): RawAnswer {
  const { t } = wordsFor(null)
  const links = [{ href: '/', text: t('notFound.all') }]
  return note(null, t('notFound.title'), [t('notFound.check')], { status: 404, links })
}

export function stopped(owner: Owner | null): RawAnswer {
  const { t } = wordsFor(owner)
  return note(owner, t('stopped.title'), [t('stopped.says'), t('stopped.again')])
}

export function fromElsewhere(owner: Owner | null = null): RawAnswer {
  const { t } = wordsFor(owner)
  return note(owner, t('refused.title'), [t('refused.elsewhere')], { status: 403 })
}

export function unreadable(owner: Owner | null = null): RawAnswer {
  const { t } = wordsFor(owner)
  return note(owner, t('refused.title'), [t('refused.unreadable')], { status: 400 })
}

export function busy(owner: Owner): RawAnswer {
  const { t } = wordsFor(owner)
  const answer = note(owner, t('refused.busyTitle'), [t('refused.busy')], { status: 429 })
  return { ...answer, headers: { ...answer.headers, 'retry-after': '3600' } }
}

export function later(): RawAnswer {
  const { t } = wordsFor(null)
  const answer = note(null, t('refused.laterTitle'), [t('refused.later')], { status: 503 })
  return { ...answer, headers: { ...answer.headers, 'retry-after': '60' } }
}

/** A form as browsers send it; null for anything else. */
export function formOf({ headers, body }: RawRequest): URLSearchParams | null {
  const type = String(headers['content-type'] ?? '')
  if (!/^application\/x-www-form-urlencoded(?:;|$)/i.test(type.trim())) return null
  return new URLSearchParams(body.toString('utf8'))
}

/** By what browsers say of themselves (Fetch Metadata; the Origin header of RFC 6454); programs say nothing. */
export function isFromElsewhere({ headers }: RawRequest, url: string): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'
  const { origin, host } = headers
  if (origin === undefined) return false
  const from = URL.parse(String(origin))?.host
  return from === undefined || (from !== host && from !== new URL(url).host)
}
