import type { InputError } from '#kernel'
import { escapePointer } from './pointer.ts'

/** Far deeper than any declared input; far less than what recursion over JSON can bear. */
export const MOST_DEEP = 64
const MOST_ERRORS = 50

/** What no journal can hold, wherever it stands in an input: half characters, U+0000, nesting without end. */
export function unfit(value: unknown): InputError[] {
  const found: InputError[] = []
  search(value, '', 0, found)
  return found
}

function search(value: unknown, pointer: string, depth: number, found: InputError[]): void {
  if (found.length >= MOST_ERRORS) return
  if (typeof value === 'string') {
    const detail = unfitText(value)
    if (detail) found.push({ pointer, detail })
  } else if (typeof value === 'object' && value !== null) {
    if (depth === MOST_DEEP) found.push({ pointer, detail: `is nested deeper than ${MOST_DEEP} levels` })
    else if (Array.isArray(value))
      for (let i = 0; i < value.length; i++) search(value[i], `${pointer}/${i}`, depth + 1, found)
    else
      for (const name of Object.keys(value)) {
        const detail = unfitText(name)
        const step = `${pointer}/${escapePointer(name.toWellFormed().replaceAll('\0', '\ufffd'))}`
        if (detail) found.push({ pointer: step, detail: `has a name that ${detail}` })
        else search((value as Record<string, unknown>)[name], step, depth + 1, found)
      }
  }
}

/** Why this text cannot be kept; null where it can. PostgreSQL text holds no U+0000, UTF-8 no lone surrogate. */
export function unfitText(text: string): string | null {
  if (text.includes('\0')) return 'holds the character U+0000; take it out'
  return text.isWellFormed() ? null : 'holds half of a character (a lone surrogate); send whole characters'
}
