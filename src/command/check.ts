import type { TSchema } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
import { Settings } from 'typebox/system'
import { type InputError, type Refusal, refusals } from '#kernel'
import { escapePointer } from './pointer.ts'
import { unfit } from './unfit.ts'

export const refuse = refusals({
  'invalid-input': { kind: 'input', title: 'The input is not what this command takes' },
})
const compiled = new WeakMap<TSchema, Validator>()
const MOST_ERRORS = 50
const SURPLUS = 'is not a field of this input; remove it or check its spelling'
// TypeBox stops at eight, of which one mistake can take three.
Settings.Set({ maxErrors: MOST_ERRORS * 3 })

/**
 * Null when `value` fits; else every mistake with its RFC 6901 pointer, in words that say what was expected. Text that
 * the journal cannot hold and nesting without end are mistakes in any input.
 */
export function check(schema: TSchema, value: unknown): Refusal | null {
  const unusable = unfit(value)
  if (unusable.length > 0) return refusalOf(unusable)
  let validator = compiled.get(schema)
  if (!validator) {
    validator = Compile(schema)
    compiled.set(schema, validator)
  }
  if (validator.Check(value)) return null
  return refusalOf(inWords(validator.Errors(value) as RawError[]))
}

function refusalOf(errors: readonly InputError[]): Refusal {
  const first = errors[0]!
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
  return refuse('invalid-input', `${first.pointer || 'The input'}: ${first.detail}${more}`, errors)
}

interface RawError {
  readonly keyword: string
  readonly instancePath: string
  readonly params: Record<string, unknown>
  readonly message: string
}

function inWords(raw: readonly RawError[]): InputError[] {
  const found: InputError[] = []
  const add = (pointer: string, detail: string) => {
    if (found.length < MOST_ERRORS && !found.some((one) => one.pointer === pointer && one.detail === detail))
      found.push({ pointer, detail })
  }
  for (const { keyword, instancePath, params, message } of raw) {
    if (keyword === 'boolean' || (keyword === 'anyOf' && found.some(({ pointer }) => pointer.startsWith(instancePath))))
      continue
    if (keyword === 'required') {
      for (const name of params.requiredProperties as string[])
        add(`${instancePath}/${escapePointer(name)}`, 'is missing')
    } else if (keyword === 'additionalProperties') {
      for (const name of params.additionalProperties as string[]) add(`${instancePath}/${escapePointer(name)}`, SURPLUS)
    } else add(instancePath, words(keyword, params, message))
  }
  // With more surplus fields than errors are counted, the error that names them all never comes.
  if (found.length === 0) for (const { instancePath } of raw) add(instancePath, SURPLUS)
  return found
}

function words(keyword: string, params: Record<string, unknown>, message: string): string {
  if (keyword === 'format' && params.format === 'instant')
    return 'must be a time with an offset, such as 2025-11-25T06:30:00Z'
  if (keyword === 'format' && params.format === 'iso-duration')
    return 'must be an ISO 8601 duration, such as PT4H or P5D'
  if (keyword === 'enum') return `must be one of ${(params.allowedValues as unknown[]).join(', ')}`
  if (keyword === 'pattern') return 'must not be blank or hold other characters than it may'
  return message
}
