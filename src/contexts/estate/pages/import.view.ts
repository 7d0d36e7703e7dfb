import { createHash } from 'node:crypto'
import type { Frame } from '#command'
import type { Refusal } from '#kernel'
import { type ErrorSummaryOptions, formErrors } from '#platform/views'
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
  /** Tells the text whose changes were shown from one that was edited afterwards. */
  readonly checked: string
  readonly sum: string | null
  readonly lines: readonly { readonly mark: string; readonly text: string }[]
  readonly warnings: readonly string[]
}

const MARKS: Record<string, string> = { '+': 'Added', '~': 'Changed', '-': 'Retired' }

export function importView(frame: Frame, text: string, dryRun: DryRun | null, refusal: Refusal | null): ImportView {
  const details = refusal?.errors?.map(({ pointer, detail }) => ({ pointer, detail: sayPlace(detail) }))
  const errors = refusal && formErrors({ ...refusal, errors: details ?? [] }, { '/files': 'text' })
  const told = refusal?.errors?.length ?? 0
  return {
    frame,
    title: `${errors ? 'Error: ' : ''}Import an estate file`,
    back: estateHome(frame),
    errors: errors?.summary ?? null,
    error: refusal && (told > 1 ? `There are ${told} mistakes, listed at the top` : 'Correct what is wrong at the top'),
    text,
    checked: fingerprint(text),
    rows: dryRun ? 8 : 20,
    sum: dryRun ? (dryRun.lines.at(-1) ?? counted(0, 'change')) : null,
    lines: (dryRun?.lines.slice(0, -1) ?? []).map((line) => {
      const mark = MARKS[line.charAt(0)]
      return mark ? { mark, text: line.slice(2) } : { mark: '', text: line.trim() }
    }),
    warnings: dryRun?.warnings.map(sayPlace) ?? [],
  }
}

/** There is one text: its lines are enough to find the place. */
function sayPlace(mistake: string): string {
  return mistake.replace(/^estate\.yaml:(\d+):(\d+): /, 'Line $1, column $2: ')
}

export function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
