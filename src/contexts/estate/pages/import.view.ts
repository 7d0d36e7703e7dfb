import type { Frame } from '#command'
import type { Refusal } from '#kernel'
import { type ErrorSummaryOptions, formErrors } from '#platform/views'
import { filesOf, fingerprint, TABLES, type Typed } from './import-form.ts'
import { estateHome } from './place.ts'
import { counted } from './say.ts'

/** What an import of the text would do. */
export interface DryRun {
  readonly lines: readonly string[]
  readonly warnings: readonly string[]
}

export interface ImportView {
  readonly frame: Frame
  readonly title: string
  readonly back: string
  readonly errors: ErrorSummaryOptions | null
  readonly error: string | null
  readonly text: string
  readonly rows: number
  readonly tables: readonly { readonly id: string; readonly text: string; readonly error: string | null }[]
  readonly tablesOpen: boolean
  /** Tells the text whose changes were shown from one that was edited afterwards. */
  readonly checked: string
  readonly sum: string | null
  readonly lines: readonly { readonly mark: string; readonly text: string }[]
  readonly warnings: readonly string[]
}

const MARKS: Record<string, string> = { '+': 'Added', '~': 'Changed', '-': 'Retired' }

export function importView(frame: Frame, typed: Typed, dryRun: DryRun | null, refusal: Refusal | null): ImportView {
  const details = refusal?.errors?.map(({ pointer, detail }) => ({ pointer, detail: sayPlace(detail) }))
  const files = filesOf(typed)
  const first = files[0]?.field ?? 'text'
  const places = Object.fromEntries(files.map(({ field }, number) => [`/files/${number}`, field]))
  const errors = refusal && formErrors({ ...refusal, errors: details ?? [] }, { '/files': first, ...places })
  const wrong = (field: keyof Typed) => {
    const number = files.findIndex((file) => file.field === field)
    const told = details?.filter(({ pointer }) => `${pointer}/`.startsWith(`/files/${number}/`)).length ?? 0
    if (told === 0) return refusal && field === first ? 'Correct what is wrong at the top' : null
    return told > 1 ? `There are ${told} mistakes, listed at the top` : 'Correct what is wrong at the top'
  }
  const tables = TABLES.map((id) => ({ id, text: typed[id], error: wrong(id) }))
  return {
    frame,
    title: `${errors ? 'Error: ' : ''}Import an estate file`,
    back: estateHome(frame),
    errors: errors?.summary ?? null,
    error: wrong('text'),
    text: typed.text,
    tables,
    tablesOpen: tables.some(({ text }) => text !== ''),
    checked: fingerprint(typed),
    rows: dryRun ? 8 : 20,
    sum: dryRun ? (dryRun.lines.at(-1) ?? counted(0, 'change')) : null,
    lines: (dryRun?.lines.slice(0, -1) ?? []).map((line) => {
      const mark = MARKS[line.charAt(0)]
      return mark ? { mark, text: line.slice(2) } : { mark: '', text: line.trim() }
    }),
    warnings: dryRun?.warnings.map(sayPlace) ?? [],
  }
}

/** Of the one YAML text its lines are enough to find the place. */
function sayPlace(mistake: string): string {
  return mistake
    .replace(/^estate\.yaml:(\d+):(\d+): /, 'Line $1, column $2: ')
    .replace(/^(\w+)\.csv:(\d+):(\d+): /, 'Table $1, line $2, column $3: ')
}
