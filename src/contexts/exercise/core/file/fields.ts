import { isSlug, type Millis, parseInstant } from '#kernel'
import { type Mistakes, type Place, shown } from './mistakes.ts'
import { type Entry, nameOfKind, type Value } from './value.ts'

/** The keys of a map that were looked for, each at most once. */
export interface Fields {
  readonly what: string
  readonly place: Place
  readonly found: ReadonlyMap<string, Entry>
}

/** Undefined, and the mistake added, where the value is not what it must be. */
export type Reader<T> = (value: Value, mistakes: Mistakes) => T | undefined

/** A map with these keys and no others; undefined where it is no map. Unknown and double keys are mistakes. */
export function readFields(
  value: Value,
  what: string,
  keys: readonly string[],
  mistakes: Mistakes,
): Fields | undefined {
  if (value.kind !== 'map')
    return mistakes.add(value.place, `${what} is ${nameOfKind(value)}`, `a map with ${keys.join(', ')}`)
  const found = new Map<string, Entry>()
  for (const entry of value.entries) {
    const first = found.get(entry.key)
    if (!keys.includes(entry.key))
      mistakes.addUnknown(entry.place, `${what} has no key ${shown(entry.key)}`, entry.key, keys)
    else if (first)
      mistakes.add(entry.place, `${entry.key} is given twice, first in line ${first.place.line}`, 'each key once')
    else found.set(entry.key, entry)
  }
  return { what, place: value.place, found }
}

export function required<T>(fields: Fields, key: string, read: Reader<T>, mistakes: Mistakes): T | undefined {
  const entry = fields.found.get(key)
  return entry ? read(entry.value, mistakes) : mistakes.add(fields.place, `${fields.what} has no ${key}`, `${key}:`)
}

export function optional<T>(fields: Fields, key: string, read: Reader<T>, mistakes: Mistakes): T | undefined {
  const entry = fields.found.get(key)
  return entry && read(entry.value, mistakes)
}

/** Text of which `fits` holds; `expected` says what that is. */
export function text(expected: string, fits: (text: string) => boolean): Reader<string> {
  return (value, mistakes) => {
    if (value.kind === 'scalar' && typeof value.value === 'string' && fits(value.value)) return value.value
    const is = value.kind === 'scalar' && value.value !== null ? shown(String(value.value)) : nameOfKind(value)
    return mistakes.add(value.place, `here stands ${is}`, expected)
  }
}

export const slug = text('1 to 64 of a-z, 0-9 and inner hyphens', isSlug)

export const moment: Reader<Millis> = (value, mistakes) => {
  const written = text('a time with an offset, such as 2025-11-25T06:30:00Z', (one) => parseInstant(one) !== null)
  const found = written(value, mistakes)
  return found === undefined ? undefined : parseInstant(found)!
}

export function number(least: number, most: number): Reader<number> {
  return (value, mistakes) => {
    if (value.kind === 'scalar' && typeof value.value === 'number' && value.value >= least && value.value <= most)
      return value.value
    return mistakes.add(value.place, `here stands ${nameOfKind(value)}`, `a number from ${least} to ${most}`)
  }
}

/** Undefined only where it is no list of that length; items that are wrong are left out, their mistakes added. */
export function list<T>(what: string, most: number, item: Reader<T>): Reader<T[]> {
  return (value, mistakes) => {
    if (value.kind !== 'list') return mistakes.add(value.place, `here stands ${nameOfKind(value)}`, `a list of ${what}`)
    if (value.items.length === 0 || value.items.length > most)
      return mistakes.add(value.place, `here are ${value.items.length} ${what}`, `1 to ${most}`)
    return value.items.map((one) => item(one, mistakes)).filter((one) => one !== undefined)
  }
}
