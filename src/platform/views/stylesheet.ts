import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type SafeHtml, trusted } from './safe-html.ts'

export interface Stylesheet {
  /** The text for a `<style>` element, exactly as hashed. */
  readonly text: SafeHtml
  /** `'sha256-...'`, for `style-src` of a Content-Security-Policy. */
  readonly source: string
}

/** The public pages' styles, small enough to travel inside the page: the first view is one request. */
export const stylesheet: Stylesheet = read('public.css')

/** The same with what forms need. */
export const formStylesheet: Stylesheet = read('public.css', 'public-form.css')

function read(...files: readonly string[]): Stylesheet {
  const text = files.map((name) => readFileSync(new URL(name, import.meta.url), 'utf8')).join('')
  return { text: trusted(text), source: `'sha256-${createHash('sha256').update(text).digest('base64')}'` }
}
