import type { Place } from './mistake.ts'

/**
 * What stands in a file, with its place: the common form of YAML and CSV.
 * `loose` text comes from a table cell, where a number or a flag can only be written as text.
 */
export type Value =
  | {
      readonly kind: 'text'
      readonly text: string
      readonly bare: boolean
      readonly loose?: boolean
      readonly place: Place
    }
  | { readonly kind: 'number'; readonly number: number; readonly text: string; readonly place: Place }
  | { readonly kind: 'flag'; readonly flag: boolean; readonly text: string; readonly place: Place }
  | { readonly kind: 'nothing'; readonly place: Place }
  | { readonly kind: 'list'; readonly items: readonly Value[]; readonly place: Place }
  | { readonly kind: 'map'; readonly entries: readonly Entry[]; readonly place: Place }

/** Entries stay a list: a key such as `__proto__` is text like any other, and doubles can be named. */
export interface Entry {
  readonly key: string
  readonly at: Place
  readonly value: Value
}

export function nameOfKind(value: Value): string {
  const names = {
    text: 'text',
    number: 'a number',
    flag: 'true or false',
    nothing: 'nothing',
    list: 'a list',
    map: 'a map of keys',
  }
  return names[value.kind]
}
