import type { Json } from '#kernel'
import { type Mistakes, shown } from './mistakes.ts'
import type { Value } from './value.ts'

/** The text of a file beside the scenario, or in words why it is not to be had. Paths are relative and have no `..`. */
export type ReadText = (path: string) => { readonly text: string } | { readonly problem: string }

export interface References {
  readonly readText: ReadText
  /** Names that steps before this one have kept. */
  readonly kept: ReadonlyMap<string, number>
  readonly mistakes: Mistakes
}

const KINDS = ['$file', '$kept']

/** The bare value with the texts of `{ $file: path }` in place; `{ $kept: name }` stays, and its name is known. */
export function resolve(value: Value, references: References): Json {
  const { mistakes, kept, readText } = references
  if (value.kind === 'scalar') return value.value
  if (value.kind === 'list') return value.items.map((item) => resolve(item, references))
  const said = new Set<string>()
  for (const { key, place } of value.entries) {
    if (said.has(key)) mistakes.add(place, `${shown(key)} is given twice`, 'each key once')
    said.add(key)
  }
  const sign = value.entries.find((entry) => entry.key.startsWith('$'))
  if (!sign) return Object.fromEntries(value.entries.map((entry) => [entry.key, resolve(entry.value, references)]))
  const { key, place } = sign
  const name = sign.value.kind === 'scalar' ? sign.value.value : null
  if (!KINDS.includes(key)) mistakes.addUnknown(place, `${shown(key)} stands for nothing`, key, KINDS)
  else if (value.entries.length > 1)
    mistakes.add(place, `${key} stands beside other keys`, `${key} alone, as in { ${key}: ... }`)
  else if (typeof name !== 'string')
    mistakes.add(sign.value.place, `${key} names nothing`, key === '$file' ? 'a path' : 'a kept name')
  else if (key === '$file') {
    const read = withinFolder(name) ? readText(name) : { problem: 'it leaves the folder of the scenario' }
    if ('text' in read) return read.text
    mistakes.add(
      sign.value.place,
      `the file ${shown(name)} cannot be used: ${read.problem}`,
      'a file beside the scenario',
    )
  } else if (kept.has(name)) return { $kept: name }
  else mistakes.addUnknown(sign.value.place, `no step before this one keeps ${shown(name)}`, name, [...kept.keys()])
  return null
}

/** By its letters alone: links are for whoever reads the file to follow. */
function withinFolder(path: string): boolean {
  if (path.length === 0 || path.length > 300 || /[\\\0:]/.test(path)) return false
  return path.split('/').every((part) => part !== '' && part !== '..')
}
