import type { RawAnswer, RawRoute } from '#platform/http'
import type { Words } from '../../core/catalogue/index.ts'
import { parseEmail, parsePhone, parsePush } from '../core/address.ts'
import { type Mistakes, subscribeView, type Typed } from '../pages/subscribe.view.ts'
import { type Owner, wordsFor } from '../pages/updates-frame.view.ts'
import type { Asked } from '../subscribers.ts'
import { busy, formOf, fromElsewhere, isFromElsewhere, note, notFound, pageAnswer, unreadable } from './answers.ts'
import { chosenIn, openRoute, ownerOf, type SubscriptionRoutes } from './options.ts'

/** The form, its answer, and the same for a browser that shows notifications. */
export function subscribeRoutes(options: SubscriptionRoutes): RawRoute[] {
  function show(owner: Owner, more: { typed?: Typed; mistakes?: Mistakes; status?: number } = {}): RawAnswer {
    const { status = 200, ...given } = more
    const view = subscribeView({
      owner,
      services: options.services(owner.slug),
      offered: options.offered(owner.slug),
      pushKey: options.vapidPublicKey(),
      site: options.url,
      ...given,
    })
    return pageAnswer('subscribe.njk', view, status)
  }

  return [
    openRoute(options, 'GET', '/:organisation/subscribe', ({ params, query }) => {
      const owner = ownerOf(options, params.organisation!)
      if (!owner) return notFound()
      const asked = [query.service ?? []].flat()
      return show(owner, { typed: { email: '', sms: '', services: chosenIn(asked, options.services(owner.slug)) } })
    }),
    openRoute(options, 'POST', '/:organisation/subscribe', async (request, subscribers) => {
      const owner = ownerOf(options, request.params.organisation!)
      if (!owner) return notFound()
      if (isFromElsewhere(request, options.url)) return fromElsewhere(owner)
      const form = formOf(request)
      if (!form) return unreadable(owner)
      const offered = options.offered(owner.slug)
      const services = chosenIn(form.getAll('service'), options.services(owner.slug))
      const typed = { email: field(form, 'email'), sms: field(form, 'sms'), services }
      const { found, mistakes } = read(typed, offered, wordsFor(owner))
      if (Object.keys(mistakes).length > 0) return show(owner, { typed, mistakes, status: 422 })
      // People do not see this field: whoever fills it in is told the same as they, and nothing is sent.
      if (field(form, 'website') === '')
        for (const one of found)
          if (!(await subscribers.ask({ ...one, organisation: owner.slug, services, from: request.address })))
            return busy(owner)
      const { say, t } = wordsFor(owner)
      const says = [t('asked.says'), ...(typed.email ? [t('asked.email')] : []), t('asked.again')]
      const back = { href: `/${owner.slug}`, text: say('asked.back', { organisation: owner.name }) }
      return note(owner, t('asked.title'), says, { links: [back] })
    }),
    openRoute(options, 'POST', '/:organisation/subscribe/push', async (request, subscribers) => {
      const owner = ownerOf(options, request.params.organisation!)
      const { t } = wordsFor(owner)
      if (!owner || !options.offered(owner.slug).includes('web-push')) return json(404, { error: t('subscribe.none') })
      if (isFromElsewhere(request, options.url)) return json(403, { error: t('refused.elsewhere') })
      const given = parseBody(request.body)
      const parsed = parsePush(JSON.stringify(given?.subscription ?? null))
      if ('wrong' in parsed) return json(422, { error: t('refused.unreadable') })
      const asked: unknown[] = Array.isArray(given?.services) ? given.services : []
      const manage = await subscribers.subscribeBrowser({
        organisation: owner.slug,
        channel: 'web-push',
        address: parsed.address,
        services: chosenIn(asked, options.services(owner.slug)),
        from: request.address,
      })
      return manage === null
        ? json(429, { error: t('refused.busy') })
        : json(200, { manage: `/subscriptions/${manage}` })
    }),
  ]
}

function field(form: URLSearchParams, name: string): string {
  return (form.get(name) ?? '').slice(0, 500).trim()
}

function read({ email, sms }: Typed, offered: readonly string[], { say, t }: Words) {
  const found: Pick<Asked, 'channel' | 'address'>[] = []
  const mistakes: Mistakes = {}
  if (email !== '' && offered.includes('email')) {
    const parsed = parseEmail(email)
    if ('address' in parsed) found.push({ channel: 'email', address: parsed.address })
    else mistakes.email = say('subscribe.wrongEmail', { wrong: t(`address.${parsed.wrong}`) })
  }
  if (sms !== '' && offered.includes('sms')) {
    const parsed = parsePhone(sms)
    if ('address' in parsed) found.push({ channel: 'sms', address: parsed.address })
    else mistakes.sms = say('subscribe.wrongSms', { wrong: t(`address.${parsed.wrong}`) })
  }
  if (found.length === 0 && Object.keys(mistakes).length === 0) mistakes.none = t('subscribe.needed')
  return { found, mistakes }
}

function parseBody(body: Buffer): { subscription?: unknown; services?: unknown } | null {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'))
    return typeof parsed === 'object' ? parsed : null
  } catch {
    return null
  }
}

function json(status: number, body: object): RawAnswer {
  return {
    status,
    type: 'application/json; charset=utf-8',
    body: JSON.stringify(body),
    headers: { 'cache-control': 'no-store' },
  }
}
