import type { Refusal } from '#kernel'
import type { ErrorSummaryOptions } from './govuk.ts'

/** Where a part of the input was typed: the id of its field; `label` is put before what is wrong ("Title" + "is needed"). */
export type Field = string | { readonly id: string; readonly label: string }

export interface FormErrors {
  /** For `govukErrorSummary`: each mistake leads to its field. */
  readonly summary: ErrorSummaryOptions
  /** For a field's `errorMessage`: what is wrong there or below there. */
  at(pointer: string): { readonly text: string } | undefined
}

/**
 * A refusal as a form shows it. `fields` by RFC 6901 pointer into the command's input; what is wrong inside a list or an
 * object leads to the nearest field around it, and what belongs to no field is said in the summary alone.
 */
export function formErrors(refusal: Refusal, fields: Readonly<Record<string, Field>>): FormErrors {
  const mistakes = (refusal.errors ?? []).map(({ pointer, detail }) => {
    const around = nearest(pointer, fields)
    const field = around === null ? undefined : fields[around]
    const label = typeof field === 'object' ? `${field.label} ` : ''
    const text = sentence(label + detail)
    return { around, text, href: typeof field === 'object' ? `#${field.id}` : field && `#${field}` }
  })
  const list = mistakes.length > 0 ? mistakes : [{ text: refusal.detail, href: undefined, around: null }]
  const seen = new Set<string>()
  const errorList = list
    .filter(({ text, href }) => !seen.has(`${href} ${text}`) && seen.add(`${href} ${text}`))
    .map(({ text, href }) => (href === undefined ? { text } : { text, href }))
  return {
    summary: { titleText: mistakes.length > 0 ? 'There is a problem' : refusal.title, errorList },
    at(pointer) {
      const found = mistakes.find(({ around }) => around === pointer)
      return found && { text: found.text }
    },
  }
}

function nearest(pointer: string, fields: Readonly<Record<string, Field>>): string | null {
  for (let around = pointer; around !== ''; around = around.slice(0, around.lastIndexOf('/')))
    if (Object.hasOwn(fields, around)) return around
  return Object.hasOwn(fields, '') ? '' : null
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
