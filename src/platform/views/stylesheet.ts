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
export const stylesheet: Stylesheet = read()

function read(): Stylesheet {
  const text = readFileSync(new URL('public.css', import.meta.url), 'utf8')
  return { text: trusted(text), source: `'sha256-${createHash('sha256').update(text).digest('base64')}'` }
}
