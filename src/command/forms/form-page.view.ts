import type { Refusal } from '#kernel'
import { type BackLinkOptions, type ButtonOptions, type ErrorSummaryOptions, formErrors } from '#platform/views'
import type { Frame } from '../page.ts'
import { type Ask, type Field, field, pointerOf, type Typed } from './form.ts'

/** What stands around the questions of a form. */
export interface FormWords {
  readonly title: string
  readonly caption?: string
  readonly intro?: readonly string[]
  readonly back: string
  readonly button: string
  /** For what cannot be taken back. */
  readonly warning?: boolean
}

export interface FormPageView {
  readonly frame: Frame
  readonly title: string
  readonly heading: string
  readonly caption: string | null
  readonly intro: readonly string[]
  readonly back: BackLinkOptions
  readonly errors: ErrorSummaryOptions | null
  readonly fields: readonly Field[]
  readonly button: ButtonOptions
}

export function formPageView(
  frame: Frame,
  words: FormWords,
  asks: readonly Ask[],
  values: Typed,
  refusal: Refusal | null,
): FormPageView {
  const errors =
    refusal && formErrors(refusal, Object.fromEntries(asks.map((ask) => [pointerOf(ask), place(ask, refusal)])))
  return {
    frame,
    title: `${errors ? 'Error: ' : ''}${words.title}`,
    heading: words.title,
    caption: words.caption ?? null,
    intro: words.intro ?? [],
    back: { href: words.back, text: 'Back' },
    errors: errors?.summary ?? null,
    fields: asks.map((ask) => field(ask, values, errors?.at(pointerOf(ask)))),
    button: {
      text: words.button,
      preventDoubleClick: true,
      ...(words.warning ? { classes: 'govuk-button--warning' } : {}),
    },
  }
}

/** Our own mistakes are whole sentences; those of a command's schema begin with the field. */
function place({ name, label }: Ask, { refused }: Refusal) {
  return refused === 'form-not-filled' ? name : { id: name, label: `“${label}”` }
}
