import canonicalize from 'canonicalize'

/** RFC 8785 canonical JSON. Throws on what JSON cannot say: NaN, half a surrogate pair, circles, a bare undefined. */
export function canonical(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new Error(`a ${typeof value} cannot be written as JSON`)
  return text
}

/** The same for what is known to be text: JSON.stringify escapes as RFC 8785, 3.2.2.2 asks, but lets half pairs through. */
export function canonicalText(value: string): string {
  if (!value.isWellFormed()) throw new Error('text with half a surrogate pair cannot be written as JSON')
  return JSON.stringify(value)
}
