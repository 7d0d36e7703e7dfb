import type { Frame } from '#command'
import type { Refusal } from '#kernel'
import { type CheckboxesOptions, type ErrorSummaryOptions, formErrors } from '#platform/views'
import type { Estate } from '../core/estate.ts'
import { estateHome, shortId } from './place.ts'
import { counted } from './say.ts'

export interface StartView {
  readonly frame: Frame
  readonly title: string
  readonly back: string
  readonly errors: ErrorSummaryOptions | null
  readonly groups: readonly CheckboxesOptions[]
  readonly all: string
}

const FIRST = 'service-1'

/** The services of the typical council, grouped by who owns them. */
export function startView(
  frame: Frame,
  template: Estate,
  chosen: readonly string[],
  refusal: Refusal | null,
): StartView {
  const groups = Map.groupBy(template.services, (service) => service.owner ?? 'Others')
  const errors = refusal && formErrors(refusal, { '/services': FIRST })
  let number = 0
  return {
    frame,
    title: `${errors ? 'Error: ' : ''}Start with a typical council`,
    back: estateHome(frame),
    errors: errors?.summary ?? null,
    groups: [...groups]
      .sort(([a], [b]) => a.localeCompare(b, 'en-GB'))
      .map(([owner, services]) => ({
        name: 'services[]',
        classes: 'govuk-checkboxes--small',
        fieldset: { legend: { text: owner, classes: 'govuk-fieldset__legend--s' } },
        values: [...chosen],
        items: services.map(({ id, name }) => {
          number += 1
          return { id: `service-${number}`, value: shortId(id), text: name }
        }),
      })),
    all: `Start with all ${counted(template.services.length, 'service')}`,
  }
}
