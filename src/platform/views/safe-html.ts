import nunjucks from 'nunjucks'

declare const safe: unique symbol

/** HTML that a template or `html` made: the only thing that govuk-frontend's `html` options take. */
export interface SafeHtml {
  readonly [safe]: true
  toString(): string
}

const SafeString = nunjucks.runtime.SafeString as unknown as new (text: string) => SafeHtml

/** For text that is HTML by its origin (a file of ours). Never for words that people typed. */
export function trusted(text: string): SafeHtml {
  return new SafeString(text)
}

/** html`<b>${words}</b>`: what is put in is escaped, unless it is SafeHtml itself. */
export function html(strings: TemplateStringsArray, ...values: readonly (string | number | SafeHtml)[]): SafeHtml {
  return trusted(
    String.raw({ raw: strings }, ...values.map((value) => (isSafe(value) ? value : escapeHtml(String(value))))),
  )
}

function isSafe(value: unknown): value is SafeHtml {
  return value instanceof SafeString
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!)
}
