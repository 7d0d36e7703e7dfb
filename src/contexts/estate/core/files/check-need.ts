import { isSlug } from '#kernel'
import type { Strength } from '../estate.ts'
import { type Fields, fields, items, optional } from './check-map.ts'
import { duration, oneOf, type Spot, text, wholeNumber } from './check-text.ts'
import type { DraftNeed, Target } from './draft.ts'
import { type Mistakes, shown } from './mistake.ts'
import type { Value } from './value.ts'

export const STRENGTHS: readonly Strength[] = ['requires', 'uses']
const KEYS = ['requires', 'uses', 'anyOf', 'atLeast', 'strength', 'buffer']

/** One need of `node` (qualified): `{ requires }`, `{ uses }` or `{ anyOf, atLeast, strength }`, each with an optional `buffer`. */
export function checkNeed(
  mistakes: Mistakes,
  value: Value,
  pointer: string,
  organisation: string,
  node: string,
): DraftNeed | undefined {
  const found = fields(mistakes, value, pointer, 'a need', KEYS)
  if (!found) return undefined
  const forms = ['requires', 'uses', 'anyOf'].filter((key) => found.found.has(key))
  if (forms.length !== 1) {
    const message = forms.length === 0 ? 'this need names nothing' : `this need has ${forms.join(' and ')}`
    mistakes.add(value.place, { pointer, message, expected: 'one of requires, uses, anyOf' })
    return undefined
  }
  const buffer = optional(found, 'buffer', duration)
  if (forms[0] === 'anyOf') return { ...alternatives(found, organisation, node), ...buffer }
  for (const key of ['atLeast', 'strength']) {
    const entry = found.found.get(key)
    if (entry)
      mistakes.add(entry.at, {
        pointer: `${pointer}/${key}`,
        message: `${key} goes with anyOf only`,
        expected: 'anyOf',
      })
  }
  const strength = forms[0] as Strength
  const one = target(found.spot(strength), found.found.get(strength)!.value, organisation, node)
  return { targets: one ? [one] : [], atLeast: 1, strength, ...buffer }
}

function alternatives(found: Fields, organisation: string, node: string): DraftNeed {
  const spot = found.spot('anyOf')
  const listed = items(found, 'anyOf')
  const entry = found.found.get('anyOf')!
  if (entry.value.kind === 'list' && listed.length === 0)
    spot.mistakes.add(entry.value.place, {
      pointer: spot.pointer!,
      message: 'anyOf names nothing',
      expected: 'at least one id',
    })
  const targets = listed.flatMap((value, index) => {
    return target({ ...spot, pointer: `${spot.pointer}/${index}` }, value, organisation, node) ?? []
  })
  refuseDoubles(spot.mistakes, targets)
  const most = Math.max(1, listed.length)
  const { atLeast = 1 } = optional(found, 'atLeast', (at, value) => wholeNumber(at, value, 1, most))
  const { strength = 'requires' } = optional(found, 'strength', (at, value) => oneOf(at, value, STRENGTHS))
  return { targets, atLeast, strength }
}

export function refuseDoubles(mistakes: Mistakes, targets: readonly Target[]): void {
  const seen = new Set<string>()
  for (const { node, word, place, pointer } of targets) {
    if (seen.has(node)) {
      const at = pointer === undefined ? {} : { pointer }
      mistakes.add(place, {
        ...at,
        message: `${shown(word)} is named twice among the alternatives`,
        expected: 'each once',
      })
    }
    seen.add(node)
  }
}

/** `identity` of the same organisation, or `rbkc/shared-platform` of a neighbour. */
export function target(spot: Spot, value: Value, organisation: string, node: string): Target | undefined {
  const word = text(spot, value)
  if (word === undefined) return undefined
  const at = spot.pointer === undefined ? {} : { pointer: spot.pointer }
  const parts = word.split('/')
  const own = parts.length === 1
  if (parts.length > 2 || (!own && !parts.every(isSlug))) {
    const expected = 'an id such as identity, or rbkc/shared-platform for a neighbour'
    spot.mistakes.add(value.place, { ...at, message: `${shown(word)} names no component or service`, expected })
    return undefined
  }
  const qualified = own ? `${organisation}/${word}` : word
  if (qualified === node) {
    spot.mistakes.add(value.place, { ...at, message: `${shown(word)} needs itself`, expected: 'something else' })
    return undefined
  }
  return { node: qualified, word, place: value.place, ...at }
}
