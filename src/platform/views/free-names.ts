import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

interface Node {
  readonly typename: string
  readonly fields: readonly string[]
  readonly value?: unknown
  readonly children?: readonly Node[]
  readonly [field: string]: unknown
}

const { parse } = createRequire(import.meta.url)('nunjucks/src/parser.js') as {
  parse(source: string, extensions: [], options: { trimBlocks: boolean; lstripBlocks: boolean }): Node
}
const GLOBALS = ['asset', 'range', 'cycler', 'joiner', 'caller', 'loop', 'super', 'varargs', 'kwargs']

/**
 * The names that a template reads from its view model, by Nunjucks' own parser: Nunjucks prints nothing for a
 * misspelt name, so a test compares these with the model. Includes those of the template that it extends or includes,
 * which `find` must locate.
 */
export function freeNames(file: URL, find: (template: string) => URL): Set<string> {
  const names = new Set<string>()
  walk(parse(readFileSync(file, 'utf8'), [], { trimBlocks: true, lstripBlocks: true }), new Set(GLOBALS))
  return names

  function walk(node: unknown, known: Set<string>): void {
    if (Array.isArray(node)) for (const one of node) walk(one, known)
    if (typeof node !== 'object' || node === null || !('typename' in node)) return
    const { typename } = node as Node
    const of = node as Node & Record<string, Node>
    switch (typename) {
      case 'Symbol':
        if (!known.has(of.value as unknown as string)) names.add(of.value as unknown as string)
        return
      case 'Set':
        walk(of.value, known)
        walk(of.body, known)
        for (const target of of.targets as unknown as Node[]) known.add(target.value as string)
        return
      case 'For': {
        walk(of.arr, known)
        const inside = new Set([...known, ...symbolsIn(of.name)])
        walk(of.body, inside)
        walk(of.else_, known)
        return
      }
      case 'Macro':
      case 'Caller': {
        if (typename === 'Macro') known.add(of.name!.value as string)
        walk(of.body, new Set([...known, ...symbolsIn(of.args)]))
        return
      }
      case 'Import':
        known.add(of.target!.value as string)
        return
      case 'FromImport':
        for (const name of symbolsIn(of.names)) known.add(name)
        return
      case 'Filter':
      case 'FilterAsync':
      case 'Is':
        walk(typename === 'Is' ? of.left : of.args, known)
        return
      case 'Pair':
        walk(of.value, known)
        return
      case 'Block':
        walk(of.body, new Set(known))
        return
      case 'Extends':
      case 'Include':
        for (const name of freeNames(find(of.template!.value as string), find)) if (!known.has(name)) names.add(name)
        return
      default:
        for (const field of of.fields) walk(of[field], known)
    }
  }
}

/** Every name that a target, an argument list or an import binds. */
function symbolsIn(node: Node | undefined): string[] {
  if (!node || typeof node !== 'object') return []
  if (node.typename === 'Symbol') return [node.value as string]
  if (node.typename === 'Pair') return symbolsIn((node.value ?? node.key) as Node).concat(symbolsIn(node.key as Node))
  return (node.children ?? []).flatMap(symbolsIn)
}
