import type { InputError } from '#kernel'
import type { CheckboxesOptions, InputOptions, RadiosOptions, SelectOptions, TextareaOptions } from '#platform/views'
import type { Fields } from '../page.ts'
import { fromLocal } from './local-time.ts'

/** One question of a form. `needed` makes it compulsory, and says what to do where it is left empty. */
export interface Ask {
  readonly kind: 'line' | 'words' | 'time' | 'choice' | 'select' | 'ticks'
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly needed?: string
  /** Where the command's input has it; `/name` unless said. */
  readonly pointer?: string
  readonly choices?: readonly { readonly value: string; readonly text: string; readonly hint?: string }[]
  readonly rows?: number
  readonly width?: string
  readonly suffix?: string
}

/** What was typed, as typed. */
export type Typed = Readonly<Record<string, readonly string[]>>

export function typed(form: Fields, asks: readonly Ask[]): Typed {
  return Object.fromEntries(asks.map(({ name }) => [name, form.getAll(name)]))
}

/** An answer without the space around it; undefined where there is none. Times come as instants. */
export type Said = (name: string) => string | undefined

export function said(values: Typed, asks: readonly Ask[]): Said {
  return (name) => {
    const text = values[name]?.[0]?.replaceAll('\r\n', '\n').trim()
    if (!text) return undefined
    const isTime = asks.some((ask) => ask.name === name && ask.kind === 'time')
    return isTime ? (fromLocal(text) ?? undefined) : text
  }
}

const TIME = 'Enter a date and a time, such as 25/11/2025 6:30'

/** What is missing or cannot be read, told before any command is given. */
export function mistakes(values: Typed, asks: readonly Ask[]): InputError[] {
  return asks.flatMap((ask) => {
    const text = values[ask.name]?.[0]?.trim() ?? ''
    const pointer = pointerOf(ask)
    if (text === '') return ask.needed ? [{ pointer, detail: ask.needed }] : []
    return ask.kind === 'time' && fromLocal(text) === null ? [{ pointer, detail: TIME }] : []
  })
}

export function pointerOf({ name, pointer }: Ask): string {
  return pointer ?? `/${name}`
}

/** The options of one macro: the template takes the one that is there. */
export interface Field {
  readonly input?: InputOptions
  readonly textarea?: TextareaOptions
  readonly radios?: RadiosOptions
  readonly checkboxes?: CheckboxesOptions
  readonly select?: SelectOptions
}

export function field(ask: Ask, values: Typed, wrong: { readonly text: string } | undefined): Field {
  const { kind, name, choices = [], rows = 4, width, suffix } = ask
  const value = values[name]?.[0] ?? ''
  const label = { text: ask.needed ? ask.label : `${ask.label} (optional)`, classes: 'govuk-label--s' }
  const common = {
    name,
    ...(ask.hint ? { hint: { text: ask.hint } } : {}),
    ...(wrong ? { errorMessage: { text: wrong.text } } : {}),
  }
  const fieldset = { legend: { text: label.text, classes: 'govuk-fieldset__legend--s' } }
  switch (kind) {
    case 'words':
      return { textarea: { ...common, id: name, label, value, rows } }
    case 'choice':
      return { radios: { ...common, idPrefix: name, fieldset, value, items: choices.map(item) } }
    case 'ticks':
      return {
        checkboxes: {
          ...common,
          idPrefix: name,
          fieldset,
          values: [...(values[name] ?? [])],
          items: choices.map(item),
        },
      }
    case 'select':
      return { select: { ...common, id: name, label, value, items: [...choices] } }
    case 'time':
      return {
        input: { ...common, id: name, label, value, type: 'datetime-local', classes: 'govuk-input--width-20' },
      }
    case 'line':
      return {
        input: {
          ...common,
          id: name,
          label,
          value,
          ...(width ? { classes: `govuk-input--width-${width}` } : {}),
          ...(suffix ? { suffix: { text: suffix } } : {}),
        },
      }
  }
}

function item({ value, text, hint }: NonNullable<Ask['choices']>[number]) {
  return { value, text, ...(hint ? { hint: { text: hint } } : {}) }
}
