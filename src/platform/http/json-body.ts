import type { InputError } from '#kernel'
import { type Problem, problem } from './problem.ts'

interface Fault {
  readonly path: (string | number)[]
  readonly why: string
}

const TOO_DEEP = 'too deep'
const decoder = new TextDecoder('utf-8', { fatal: true })

/** JSON text (RFC 8259) in UTF-8 to a value that the journal can hold, or the problem with it. */
export function parseJsonBody(bytes: Buffer, deepest: number): { readonly value: unknown } | Problem {
  let value: unknown
  try {
    value = JSON.parse(decoder.decode(bytes))
  } catch {
    return problem(
      'malformed-json',
      bytes.length === 0 ? 'The body is empty. Send {} for no input.' : 'Send one JSON value in UTF-8.',
    )
  }
  return unusable(value, deepest) ?? { value }
}

/**
 * The problem with a value that parsed but cannot be kept: PostgreSQL text holds no U+0000, UTF-8 no lone surrogate, and
 * RFC 8785 no number that a double would change.
 */
export function unusable(value: unknown, deepest: number): Problem | null {
  const fault = faultIn(value, deepest)
  if (fault === null) return null
  if (fault.why === TOO_DEEP)
    return problem('too-deeply-nested', `Objects and arrays may stand inside each other up to ${deepest} levels.`)
  const error: InputError = { pointer: fault.path.map((part) => `/${escaped(part)}`).join(''), detail: fault.why }
  return problem('unusable-input', `${error.pointer || 'The input'}: ${fault.why}`, [error])
}

function faultIn(value: unknown, levels: number): Fault | null {
  switch (typeof value) {
    case 'string':
      return textFault(value)
    case 'number':
      if (!Number.isFinite(value)) return { path: [], why: 'is too large a number' }
      if (Number.isInteger(value) && !Number.isSafeInteger(value))
        return { path: [], why: 'is a whole number beyond 2^53, which would be rounded; send it as text' }
      return null
    case 'object':
      return value === null ? null : faultInside(value, levels)
    default:
      return null
  }
}

function faultInside(value: object, levels: number): Fault | null {
  if (levels === 0) return { path: [], why: TOO_DEEP }
  if (Array.isArray(value)) {
    for (let position = 0; position < value.length; position++) {
      const fault = faultIn(value[position], levels - 1)
      if (fault) return { ...fault, path: [position, ...fault.path] }
    }
    return null
  }
  for (const key of Object.keys(value)) {
    if (key === '__proto__') return { path: [key], why: 'is not a name that a field can have' }
    const fault = textFault(key) ?? faultIn((value as Record<string, unknown>)[key], levels - 1)
    if (fault) return { ...fault, path: [key, ...fault.path] }
  }
  return null
}

function textFault(text: string): Fault | null {
  if (text.includes('\u0000'))
    return { path: [], why: 'holds the character U+0000, which cannot be kept; leave it out' }
  if (!text.isWellFormed())
    return { path: [], why: 'holds half of a character (a lone surrogate); send whole characters' }
  return null
}

// The pointer goes back to the caller, so it must be text that can be sent.
function escaped(part: string | number): string {
  return String(part).toWellFormed().replaceAll('\u0000', '\ufffd').replaceAll('~', '~0').replaceAll('/', '~1')
}
