import type { Spot } from './check-text.ts'
import type { Mistakes } from './mistake.ts'
import { shown } from './mistake.ts'
import { nearest } from './nearest.ts'
import { type Entry, nameOfKind, type Value } from './value.ts'

/** The keys of a map that were looked for, each at most once; empty values count as absent. */
export interface Fields {
  readonly value: Value
  readonly found: ReadonlyMap<string, Entry>
  spot(key: string): Spot
}

/** Reads a map with these keys and no others; unknown and double keys are mistakes. */
export function fields(
  mistakes: Mistakes,
  value: Value,
  pointer: string | undefined,
  what: string,
  keys: readonly string[],
): Fields | undefined {
  if (value.kind !== 'map') {
    const at = pointer === undefined ? {} : { pointer }
    mistakes.add(value.place, {
      ...at,
      message: `${what} is ${nameOfKind(value)}`,
      expected: `a map with ${keys.join(', ')}`,
    })
    return undefined
  }
  const found = new Map<string, Entry>()
  const under = (key: string) => (pointer === undefined ? undefined : `${pointer}/${escapePointer(key)}`)
  const spot = (key: string): Spot => ({ mistakes, pointer: under(key), key })
  const said = new Map<string, Entry>()
  for (const entry of value.entries) {
    const at = pointer === undefined ? {} : { pointer: `${pointer}/${escapePointer(entry.key)}` }
    const first = said.get(entry.key)
    said.set(entry.key, first ?? entry)
    if (!keys.includes(entry.key)) {
      const near = nearest(entry.key, keys)
      const suggestion = near ? { suggestion: near } : {}
      const expected = `one of ${keys.join(', ')}`
      mistakes.add(entry.at, { ...at, message: `${what} has no key ${shown(entry.key)}`, expected, ...suggestion })
    } else if (first) {
      const message = `${entry.key} is given twice, first in line ${first.at.line}`
      mistakes.add(entry.at, { ...at, message, expected: 'each key once' })
    } else if (entry.value.kind !== 'nothing') found.set(entry.key, entry)
  }
  return { value, found, spot }
}

export function required<T>(
  fields: Fields,
  key: string,
  what: string,
  check: (spot: Spot, value: Value) => T | undefined,
) {
  const entry = fields.found.get(key)
  const spot = fields.spot(key)
  if (entry) return check(spot, entry.value)
  const pointer = spot.pointer === undefined ? {} : { pointer: spot.pointer }
  spot.mistakes.add(fields.value.place, { ...pointer, message: `${what} has no ${key}`, expected: key })
  return undefined
}

/** The checked value under its own key, ready to be spread, or nothing. */
export function optional<Key extends string, T>(
  fields: Fields,
  key: Key,
  check: (spot: Spot, value: Value) => T | undefined,
): { [K in Key]?: T } {
  const entry = fields.found.get(key)
  const checked = entry && check(fields.spot(key), entry.value)
  return (checked === undefined ? {} : { [key]: checked }) as { [K in Key]?: T }
}

/** The items of a list; nothing there is an empty list. */
export function items(fields: Fields, key: string): readonly Value[] {
  const entry = fields.found.get(key)
  if (!entry) return []
  if (entry.value.kind === 'list') return entry.value.items
  const spot = fields.spot(key)
  const pointer = spot.pointer === undefined ? {} : { pointer: spot.pointer }
  spot.mistakes.add(entry.value.place, {
    ...pointer,
    message: `${key} is ${nameOfKind(entry.value)}`,
    expected: 'a list: one "- " for each',
  })
  return []
}

function escapePointer(key: string): string {
  return key.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1')
}
