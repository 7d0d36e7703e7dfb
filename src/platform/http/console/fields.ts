import { ProblemError, problem } from '../problem.ts'

export const FORM_BYTES = 1_048_576
const MOST_FIELDS = 5000

/** A submitted form. Throws what a person is told where it has too many fields. */
export function parseForm(body: string): URLSearchParams {
  const form = new URLSearchParams(body)
  if (form.size > MOST_FIELDS)
    throw new ProblemError(problem('too-large', `A form may have up to ${MOST_FIELDS} answers. Send it in parts.`))
  return form
}

/** Fields of the address, as they were sent. */
export function queryOf(url: string): URLSearchParams {
  const mark = url.indexOf('?')
  return new URLSearchParams(mark === -1 ? '' : url.slice(mark + 1))
}

/** RFC 6265, 5.4. Where a name comes twice the first counts: it has the longest path. */
export function cookiesOf(header: string | undefined): Record<string, string> {
  const cookies: Record<string, string> = Object.create(null)
  for (const pair of (header ?? '').split(';')) {
    const equals = pair.indexOf('=')
    const name = pair.slice(0, equals).trim()
    if (equals > 0 && !(name in cookies)) cookies[name] = pair.slice(equals + 1).trim()
  }
  return cookies
}

/** The address within the console, or `/console` where it would lead elsewhere. */
export function localPath(path: string): string {
  const inside = /^\/console(?:[/?#][\x21-\x5b\x5d-\x7e]*)?$/.test(path)
  return inside && new URL(path, 'https://here.invalid').origin === 'https://here.invalid' ? path : '/console'
}
