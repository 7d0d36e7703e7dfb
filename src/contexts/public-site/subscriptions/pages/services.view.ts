import type { CheckboxesOptions } from '#platform/views'
import type { Words } from '../../core/catalogue/index.ts'
import { type Owner, wordsFor } from './updates-frame.view.ts'

export interface Choice {
  readonly slug: string
  readonly name: string
}

/** Null where there is nothing to choose from. */
export function serviceBoxes(
  services: readonly Choice[],
  chosen: readonly string[],
  { t }: Words,
): CheckboxesOptions | null {
  if (services.length < 2) return null
  return {
    name: 'service',
    classes: 'govuk-checkboxes--small',
    fieldset: { legend: { text: t('subscribe.services'), classes: 'govuk-fieldset__legend--m' } },
    hint: { text: t('subscribe.servicesHint') },
    items: services.map(({ slug, name }) => ({ value: slug, text: name, checked: chosen.includes(slug) })),
  }
}

/** "You will hear about ..." */
export function whatIsSent(owner: Owner, services: readonly Choice[], chosen: readonly string[]): string {
  const { say, list } = wordsFor(owner)
  const names = services.filter(({ slug }) => chosen.includes(slug)).map(({ name }) => name)
  return chosen.length === 0
    ? say('confirm.all', { organisation: owner.name })
    : say('confirm.some', { services: names.length > 0 ? list(names) : say('confirm.none') })
}
