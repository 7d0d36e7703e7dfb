import type { RawAnswer, RawRoute } from '#platform/http'
import { masked } from '../core/say-address.ts'
import { manageView } from '../pages/manage.view.ts'
import { whatIsSent } from '../pages/services.view.ts'
import { wordsFor } from '../pages/updates-frame.view.ts'
import { joined, type Subscription } from '../subscribers.ts'
import { formOf, fromElsewhere, gone, isFromElsewhere, note, pageAnswer, stopped, unreadable } from './answers.ts'
import { chosenIn, openRoute, ownerOf, type SubscriptionRoutes } from './options.ts'

/**
 * What the links in messages lead to. Programs that look for harmful links open them all: nothing happens before a button is
 * pressed. A link is its own proof; no cookie is asked for or given.
 */
export function linkRoutes(options: SubscriptionRoutes): RawRoute[] {
  const about = (subscription: Subscription) => {
    const owner = ownerOf(options, subscription.organisation)
    if (!owner) return null
    const address = masked(subscription.channel, subscription.address, wordsFor(owner))
    return { owner, services: options.services(owner.slug), address }
  }

  function manage(subscription: Subscription, token: string, saved: boolean): RawAnswer {
    const told = about(subscription)
    return told
      ? pageAnswer('manage.njk', manageView({ ...told, chosen: subscription.services, token, saved }))
      : gone()
  }

  return [
    openRoute(options, 'GET', '/subscriptions/confirm/:token', async ({ params }, subscribers) => {
      const found = await subscribers.toConfirm(params.token!)
      const told = found && about(found)
      if (!told) return gone()
      const { owner, services, address } = told
      const { say, t } = wordsFor(owner)
      const says = [say('confirm.says', { address }), whatIsSent(owner, services, joined(found)), t('confirm.not')]
      const button = { action: `/subscriptions/confirm/${params.token}`, text: t('confirm.button') }
      return note(owner, say('confirm.title', { organisation: owner.name }), says, { button })
    }),
    openRoute(options, 'POST', '/subscriptions/confirm/:token', async (request, subscribers) => {
      if (isFromElsewhere(request, options.url)) return fromElsewhere()
      const done = await subscribers.confirm(request.params.token!)
      const told = done && about(done.subscription)
      if (!told) return gone()
      const { owner, services } = told
      const { say, t } = wordsFor(owner)
      const says = [whatIsSent(owner, services, done.subscription.services), t('confirmed.says')]
      const links = [
        { href: `/subscriptions/${done.manage}`, text: t('confirmed.manage') },
        { href: `/${owner.slug}`, text: t('confirmed.page') },
      ]
      return note(owner, say('confirmed.title', { organisation: owner.name }), says, { links })
    }),
    openRoute(options, 'GET', '/subscriptions/:token', async ({ params }, subscribers) => {
      const found = await subscribers.find(params.token!)
      return found ? manage(found, params.token!, false) : gone()
    }),
    openRoute(options, 'POST', '/subscriptions/:token', async (request, subscribers) => {
      if (isFromElsewhere(request, options.url)) return fromElsewhere()
      const form = formOf(request)
      if (!form) return unreadable()
      const token = request.params.token!
      const found = await subscribers.find(token)
      if (!found) return gone()
      const services = chosenIn(form.getAll('service'), options.services(found.organisation))
      await subscribers.change(token, services)
      return manage({ ...found, services }, token, true)
    }),
    openRoute(options, 'GET', '/subscriptions/:token/stop', async ({ params }, subscribers) => {
      const found = await subscribers.find(params.token!)
      const told = found && about(found)
      if (!told) return stopped(null)
      const { owner, address } = told
      const { say, t } = wordsFor(owner)
      const button = { action: `/subscriptions/${params.token}/stop`, text: t('stop.button') }
      return note(owner, say('stop.title', { organisation: owner.name }), [say('stop.says', { address })], { button })
    }),
    // RFC 8058: mail programs send this by themselves, from anywhere, with `List-Unsubscribe=One-Click` as their form.
    openRoute(options, 'POST', '/subscriptions/:token/stop', async ({ params }, subscribers) => {
      const found = await subscribers.find(params.token!)
      await subscribers.stop(params.token!)
      return stopped(found && ownerOf(options, found.organisation))
    }),
    openRoute(options, 'POST', '/subscriptions/:token/erase', async (request, subscribers) => {
      if (isFromElsewhere(request, options.url)) return fromElsewhere()
      const found = await subscribers.find(request.params.token!)
      const owner = found && ownerOf(options, found.organisation)
      const erased = await subscribers.eraseAll(request.params.token!)
      const { t } = wordsFor(owner)
      return erased ? note(owner, t('erased.title'), [t('erased.says')]) : stopped(owner)
    }),
  ]
}
