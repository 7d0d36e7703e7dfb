import type { CheckboxesOptions } from '#platform/views'
import { type Words, wordsIn } from '../../core/catalogue/index.ts'

export interface Choice {
  readonly slug: string
  readonly name: string
}

/** Null where there is nothing to choose from. */
export function serviceBoxes(services: readonly Choice[], chosen: readonly string[]): CheckboxesOptions | null {
  if (services.length < 2) return null
  const { t } = wordsIn()
  return {
    name: 'service',
    classes: 'govuk-checkboxes--small',
    fieldset: { legend: { text: t('subscribe.services'), classes: 'govuk-fieldset__legend--m' } },
    hint: { text: t('subscribe.servicesHint') },
    items: services.map(({ slug, name }) => ({ value: slug, text: name, checked: chosen.includes(slug) })),
  }
}

/** "You will hear about ..." */
export function whatIsSent(
  organisation: string,
  services: readonly Choice[],
  chosen: readonly string[],
  { say, list }: Words = wordsIn(),
): string {
  const names = services.filter(({ slug }) => chosen.includes(slug)).map(({ name }) => name)
  return chosen.length === 0
    ? say('confirm.all', { organisation })
    : say('confirm.some', { services: names.length > 0 ? list(names) : say('confirm.none') })
}
