import type { Place } from './mistakes.ts'

/** What stands in a scenario file, with its place. Entries stay a list, so that doubles can be named. */
export type Value =
  | { readonly kind: 'scalar'; readonly value: string | number | boolean | null; readonly place: Place }
  | { readonly kind: 'list'; readonly items: readonly Value[]; readonly place: Place }
  | { readonly kind: 'map'; readonly entries: readonly Entry[]; readonly place: Place }

export interface Entry {
  readonly key: string
  readonly place: Place
  readonly value: Value
}

export function nameOfKind(value: Value): string {
  if (value.kind === 'list') return 'a list'
  if (value.kind === 'map') return 'a map of keys'
  if (value.value === null) return 'nothing'
  return { string: 'text', number: 'a number', boolean: 'true or false' }[
    typeof value.value as 'string' | 'number' | 'boolean'
  ]
}
