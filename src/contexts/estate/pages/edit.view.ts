import type { Frame } from '#command'
import type { Refusal } from '#kernel'
import {
  type CheckboxesOptions,
  type ErrorSummaryOptions,
  type Field,
  formErrors,
  type InputOptions,
  type SelectOptions,
} from '#platform/views'
import { COMPONENT_KINDS } from '../core/estate.ts'
import type { NeedTyped, Typed } from './edit-form.ts'
import { KIND_WORDS } from './say.ts'

export interface NeedFields {
  readonly legend: string
  readonly anyOf: InputOptions
  readonly atLeast: InputOptions
  readonly strength: SelectOptions
  readonly buffer: InputOptions
}

export interface EditView {
  readonly frame: Frame
  readonly title: string
  readonly heading: string
  readonly back: string
  readonly errors: ErrorSummaryOptions | null
  readonly inputs: readonly InputOptions[]
  readonly kind: SelectOptions | null
  readonly statutory: CheckboxesOptions | null
  readonly needs: readonly NeedFields[]
  readonly rows: number
  /** Null of one that is not recorded yet. */
  readonly retire: string | null
  readonly known: readonly { readonly id: string; readonly name: string }[]
}

export interface EditFacts {
  readonly frame: Frame
  readonly service: boolean
  readonly heading: string
  readonly back: string
  readonly isNew: boolean
  readonly typed: Typed
  readonly refusal: Refusal | null
  readonly retire: string | null
  readonly known: EditView['known']
}

const SPARE = 3

export function editView({ frame, service, heading, back, isNew, typed, refusal, retire, known }: EditFacts): EditView {
  const filled = typed.needs.filter(({ anyOf }) => anyOf !== '')
  const blank: NeedTyped = { anyOf: '', atLeast: '', strength: 'requires', buffer: '' }
  const rows = [...filled, ...Array.from({ length: SPARE }, () => blank)]
  const errors = refusal && formErrors(refusal, fieldsOf(filled.length))
  const wrong = (pointer: string) => {
    const at = errors?.at(pointer)
    return at ? { errorMessage: at } : {}
  }
  const line = (name: keyof Typed & string, text: string, hint?: string): InputOptions => ({
    id: name,
    name,
    label: { text },
    value: typed[name] as string,
    ...(hint ? { hint: { text: hint } } : {}),
    ...wrong(`/${name}`),
  })
  const short = (name: keyof Typed & string, text: string, hint?: string) => ({
    ...line(name, text, hint),
    classes: 'govuk-input--width-10',
  })
  return {
    frame,
    title: `${errors ? 'Error: ' : ''}${heading}`,
    heading,
    back,
    errors: errors?.summary ?? null,
    inputs: [
      line('name', 'Name', 'As people call it'),
      ...(isNew
        ? [line('id', 'Short name for addresses', 'Lower-case letters, digits and hyphens, such as pay-council-tax')]
        : []),
      line('owner', 'Owner (optional)', 'A team or a department, not a person'),
      ...(service
        ? [
            short('rto', 'To be back within (optional)', 'Recovery time objective, such as 8 hours or 2 days'),
            short('mtpd', 'Can be without it for at most (optional)', 'Maximum tolerable period of disruption'),
            short('lgsl', 'Number in the Local Government Service List (optional)'),
          ]
        : []),
    ],
    kind: service ? null : kindOf(typed, wrong('/kind')),
    statutory: service
      ? {
          idPrefix: 'statutory',
          name: 'statutory',
          items: [{ value: 'yes', text: 'Required by law', checked: typed.statutory }],
        }
      : null,
    needs: rows.map((need, row) => needFields(need, row, row < filled.length ? wrong : () => ({}))),
    rows: rows.length,
    retire,
    known,
  }
}

function fieldsOf(needs: number): Record<string, Field> {
  const fields: Record<string, Field> = {
    '/id': { id: 'id', label: 'The short name' },
    '/name': { id: 'name', label: 'The name' },
    '/kind': { id: 'kind', label: 'The kind' },
    '/owner': { id: 'owner', label: 'The owner' },
    '/rto': { id: 'rto', label: 'This' },
    '/mtpd': { id: 'mtpd', label: 'This' },
    '/lgsl': { id: 'lgsl', label: 'This' },
  }
  for (let row = 0; row < needs; row++) {
    fields[`/needs/${row}`] = `needs-${row}-anyOf`
    fields[`/needs/${row}/anyOf`] = `needs-${row}-anyOf`
    fields[`/needs/${row}/atLeast`] = { id: `needs-${row}-atLeast`, label: 'This' }
    fields[`/needs/${row}/buffer`] = { id: `needs-${row}-buffer`, label: 'This' }
  }
  return fields
}

function kindOf(typed: Typed, wrong: object): SelectOptions {
  const choose = [{ value: '', text: 'Choose one' }]
  const items = COMPONENT_KINDS.map((kind) => ({ value: kind, text: KIND_WORDS[kind] }))
  return {
    id: 'kind',
    name: 'kind',
    label: { text: 'Kind' },
    value: typed.kind,
    items: [...choose, ...items],
    ...wrong,
  }
}

function needFields(need: NeedTyped, row: number, wrong: (pointer: string) => object): NeedFields {
  const name = (of: keyof NeedTyped) => ({ id: `needs-${row}-${of}`, name: `needs-${row}-${of}`, value: need[of] })
  return {
    legend: `Need ${row + 1}`,
    anyOf: {
      ...name('anyOf'),
      label: { text: 'What it needs' },
      hint: { text: 'Its short name; several, with commas, if any of them would do' },
      ...wrong(`/needs/${row}/anyOf`),
    },
    atLeast: {
      ...name('atLeast'),
      label: { text: 'Of several, how many must work? (optional)' },
      classes: 'govuk-input--width-3',
      inputmode: 'numeric',
      ...wrong(`/needs/${row}/atLeast`),
    },
    strength: {
      ...name('strength'),
      label: { text: 'Without it' },
      value: need.strength || 'requires',
      items: [
        { value: 'requires', text: 'this stops' },
        { value: 'uses', text: 'this is limited' },
      ],
    },
    buffer: {
      ...name('buffer'),
      label: { text: 'How long can it do without? (optional)' },
      hint: { text: 'Such as 8 hours' },
      classes: 'govuk-input--width-10',
      ...wrong(`/needs/${row}/buffer`),
    },
  }
}
