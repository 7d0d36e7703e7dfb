import type { CheckboxesOptions, ErrorSummaryOptions, InputOptions } from '#platform/views'
import type { UpdatesChannel } from '../core/address.ts'
import { type Choice, serviceBoxes } from './services.view.ts'
import { type Owner, type UpdatesFrame, updatesFrame, wordsFor } from './updates-frame.view.ts'

export interface SubscribeView extends UpdatesFrame {
  /** The site's address, for links that lead somewhere on paper. */
  readonly site: string
  readonly action: string
  /** Why nothing is on offer; null where something is. */
  readonly nothing: string | null
  readonly email: InputOptions | null
  readonly sms: InputOptions | null
  readonly services: CheckboxesOptions | null
  /** Whether the services are shown at once. */
  readonly open: boolean
  readonly push: { readonly key: string; readonly subscribe: string; readonly worker: string } | null
  readonly feeds: readonly { readonly href: string; readonly text: string }[]
  readonly errors: ErrorSummaryOptions | null
}

export interface Typed {
  readonly email: string
  readonly sms: string
  readonly services: readonly string[]
}

/** By field; `none`: no address at all. */
export type Mistakes = Partial<Record<'email' | 'sms' | 'none', string>>

export function subscribeView(facts: {
  readonly owner: Owner
  readonly services: readonly Choice[]
  /** What can be sent from here. */
  readonly offered: readonly UpdatesChannel[]
  readonly pushKey: string | null
  readonly site: string
  readonly typed?: Typed
  readonly mistakes?: Mistakes
}): SubscribeView {
  const { owner, services, offered, pushKey, site, mistakes = {} } = facts
  const words = wordsFor(owner)
  const { say, t } = words
  const typed = facts.typed ?? { email: '', sms: '', services: [] }
  const has = (channel: UpdatesChannel) => offered.includes(channel)
  const first = has('email') ? 'email' : 'sms'
  const failed = Object.keys(mistakes).length > 0
  const error = (field: 'email' | 'sms') => {
    const text = mistakes[field] ?? (field === first ? mistakes.none : undefined)
    return text === undefined ? {} : { errorMessage: { text, visuallyHiddenText: t('subscribe.error') } }
  }
  return {
    ...updatesFrame(owner, say('subscribe.title', { organisation: owner.name }), failed),
    paper: say('frame.paper', { address: `${site}/${owner.slug}/subscribe` }),
    site,
    action: `/${owner.slug}/subscribe`,
    nothing: offered.length > 0 ? null : t(owner.exercise ? 'subscribe.noneExercise' : 'subscribe.none'),
    email: has('email')
      ? {
          id: 'email',
          name: 'email',
          type: 'email',
          autocomplete: 'email',
          spellcheck: false,
          value: typed.email,
          label: { text: t('subscribe.email'), classes: 'govuk-label--s' },
          ...error('email'),
        }
      : null,
    sms: has('sms')
      ? {
          id: 'sms',
          name: 'sms',
          type: 'tel',
          autocomplete: 'tel',
          classes: 'govuk-input--width-20',
          value: typed.sms,
          label: { text: t('subscribe.sms'), classes: 'govuk-label--s' },
          hint: { text: t('subscribe.smsHint') },
          ...error('sms'),
        }
      : null,
    services: serviceBoxes(services, typed.services, words),
    open: typed.services.length > 0,
    push:
      has('web-push') && pushKey !== null
        ? { key: pushKey, subscribe: `/${owner.slug}/subscribe/push`, worker: '/push-worker.js' }
        : null,
    feeds: [
      { href: `/${owner.slug}/updates.atom`, text: t('subscribe.feedAtom') },
      { href: `/${owner.slug}`, text: t('subscribe.feedPage') },
    ],
    errors: failed
      ? {
          titleText: t('subscribe.problem'),
          errorList: Object.entries(mistakes).map(([field, text]) => ({
            text,
            href: `#${field === 'none' ? first : field}`,
          })),
        }
      : null,
  }
}
