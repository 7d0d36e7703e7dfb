import { Composer, type CST, type Document, isAlias, isMap, isScalar, isSeq, Lexer, LineCounter, Parser } from 'yaml'
import type { Mistakes, Place } from './mistake.ts'
import type { Entry, Value } from './value.ts'
import { yamlWords } from './yaml-words.ts'

const DEEPEST = 64

type Places = (offset: number) => Place

/** YAML 1.2 text as one value, or null with every syntax mistake added. One document, no aliases, limited depth. */
export function readYaml(file: string, text: string, mistakes: Mistakes): Value | null {
  const lines = new LineCounter()
  lines.addNewLine(0)
  const place: Places = (offset) => {
    const { line, col } = lines.linePos(offset)
    return { file, line, column: col }
  }
  try {
    const tokens = readTokens(text, lines, place, mistakes)
    if (!tokens) return null
    const options = { uniqueKeys: false, prettyErrors: false, logLevel: 'silent', schema: 'core' } as const
    const [document] = new Composer(options).compose(tokens, true, text.length)
    return document ? fromDocument(document, place, mistakes) : null
  } catch {
    mistakes.add(place(0), { message: 'this cannot be read as YAML', expected: 'an estate file' })
    return null
  }
}

/** Depth is judged while tokens arrive: the composer behind them is recursive and would exhaust the stack. */
function readTokens(text: string, lines: LineCounter, place: Places, mistakes: Mistakes): CST.Token[] | null {
  const parser = new Parser(lines.addNewLine)
  const tokens: CST.Token[] = []
  let documents = 0
  const take = (token: CST.Token): boolean => {
    tokens.push(token)
    if (token.type === 'document') documents += 1
    if (documents < 2) return true
    mistakes.add(place(token.offset), { message: 'a second document begins here', expected: 'one estate in a file' })
    return false
  }
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) if (!take(token)) return null
    if (parser.stack.length <= DEEPEST) continue
    mistakes.add(place(parser.offset), {
      message: 'this is nested too deeply',
      expected: 'components and services with their needs, and nothing deeper',
    })
    return null
  }
  for (const token of parser.end()) if (!take(token)) return null
  return tokens
}

function fromDocument(document: Document.Parsed, place: Places, mistakes: Mistakes): Value | null {
  for (const error of document.errors) mistakes.add(place(error.pos[0]), yamlWords(error))
  if (document.errors.length > 0) return null
  const before = mistakes.list.length
  const value = fromNode(document.contents, place, place(0), mistakes)
  return mistakes.list.length > before ? null : value
}

function fromNode(node: unknown, place: Places, parent: Place, mistakes: Mistakes): Value {
  const range = (node as { range?: readonly number[] | null } | null)?.range
  const at = range ? place(range[0]!) : parent
  if (isAlias(node)) {
    mistakes.add(at, {
      message: `the alias *${node.source} stands for something elsewhere`,
      expected: 'it written out in full',
    })
    return { kind: 'nothing', place: at }
  }
  if (isSeq(node))
    return { kind: 'list', items: node.items.map((item) => fromNode(item, place, at, mistakes)), place: at }
  if (isMap(node)) {
    const entries = node.items.map((pair): Entry => {
      const key = fromNode(pair.key, place, at, mistakes)
      const value = fromNode(pair.value, place, key.place, mistakes)
      return { key: keyText(key, mistakes), at: key.place, value }
    })
    return { kind: 'map', entries, place: at }
  }
  return isScalar(node) ? fromScalar(node, at) : { kind: 'nothing', place: at }
}

function keyText(key: Value, mistakes: Mistakes): string {
  if (key.kind === 'text' || key.kind === 'number' || key.kind === 'flag') return key.text
  mistakes.add(key.place, { message: 'a key must be a word', expected: 'a key such as "id:"' })
  return ''
}

function fromScalar(node: { value: unknown; source?: string; type?: string }, place: Place): Value {
  const { value } = node
  const text = node.source ?? String(value)
  if (typeof value === 'string') return { kind: 'text', text: value, bare: node.type === 'PLAIN', place }
  if (typeof value === 'number' || typeof value === 'bigint')
    return { kind: 'number', number: Number(value), text, place }
  if (typeof value === 'boolean') return { kind: 'flag', flag: value, text, place }
  return { kind: 'nothing', place }
}
