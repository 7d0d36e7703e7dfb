import { createHash } from 'node:crypto'
import type { EstateFile } from '../core/files/index.ts'

/** The tables of an estate as CSV, each pasted or read into a field of its own. */
export const TABLES = ['components', 'services', 'needs'] as const

export type Typed = Readonly<Record<'text' | (typeof TABLES)[number], string>>

export const NOTHING: Typed = { text: '', components: '', services: '', needs: '' }

export function typedOf(form: URLSearchParams): Typed {
  const text = (name: string) => (form.get(name) ?? '').replaceAll('\r\n', '\n')
  return { text: text('text'), components: text('components'), services: text('services'), needs: text('needs') }
}

/** The files that were typed, each with the field that it stands in. */
export function filesOf(typed: Typed): (EstateFile & { readonly field: keyof Typed })[] {
  const all = [
    { name: 'estate.yaml', text: typed.text, field: 'text' as const },
    ...TABLES.map((field) => ({ name: `${field}.csv`, text: typed[field], field })),
  ]
  return all.filter(({ text }) => text.trim() !== '')
}

/** Tells what was shown to somebody from what was edited afterwards. */
export function fingerprint(typed: Typed): string {
  return createHash('sha256')
    .update(JSON.stringify(filesOf(typed)))
    .digest('hex')
}
