import { Composer, type CST, type Document, isAlias, isMap, isScalar, isSeq, Lexer, LineCounter, Parser } from 'yaml'
import type { Mistakes, Place } from './mistakes.ts'
import type { Value } from './value.ts'

const DEEPEST = 64
const LONGEST = 4_000_000

type Places = (offset: number) => Place

/** YAML 1.2 (core schema) as one value; null with every syntax mistake added. One document, no aliases, limited size. */
export function readYaml(text: string, mistakes: Mistakes): Value | null {
  const lines = new LineCounter()
  lines.addNewLine(0)
  const place: Places = (offset) => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  if (text.length > LONGEST) {
    mistakes.add(place(0), `this file has ${text.length} characters`, `at most ${LONGEST}`)
    return null
  }
  try {
    const tokens = readTokens(text, lines, place, mistakes)
    if (!tokens) return null
    const options = { uniqueKeys: false, prettyErrors: false, logLevel: 'silent', schema: 'core' } as const
    const [document] = new Composer(options).compose(tokens, true, text.length)
    return document ? fromDocument(document, place, mistakes) : null
  } catch {
    mistakes.add(place(0), 'this cannot be read as YAML', 'a scenario file')
    return null
  }
}

/** Depth is judged while tokens arrive, for the composer behind them is recursive. */
function readTokens(text: string, lines: LineCounter, place: Places, mistakes: Mistakes): CST.Token[] | null {
  const parser = new Parser(lines.addNewLine)
  const tokens: CST.Token[] = []
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token)
    if (parser.stack.length <= DEEPEST) continue
    mistakes.add(place(parser.offset), 'this is nested too deeply', 'steps with their input, and nothing much deeper')
    return null
  }
  for (const token of parser.end()) tokens.push(token)
  const second = tokens.filter((token) => token.type === 'document')[1]
  if (second) mistakes.add(place(second.offset), 'a second document begins here', 'one scenario in a file')
  return second ? null : tokens
}

function fromDocument(document: Document.Parsed, place: Places, mistakes: Mistakes): Value | null {
  const problems = [...document.errors, ...document.warnings]
  for (const { pos, message } of problems)
    mistakes.add(place(pos[0]), `this is not YAML: ${message.replace(/\s+/g, ' ').slice(0, 200)}`)
  if (problems.length > 0) return null
  const value = fromNode(document.contents, place, place(0), mistakes)
  return mistakes.any ? null : value
}

function fromNode(node: unknown, place: Places, parent: Place, mistakes: Mistakes): Value {
  const range = (node as { range?: readonly number[] | null } | null)?.range
  const at = range ? place(range[0]!) : parent
  if (isSeq(node))
    return { kind: 'list', items: node.items.map((item) => fromNode(item, place, at, mistakes)), place: at }
  if (isMap(node)) {
    const entries = node.items.map((pair) => {
      const key = fromNode(pair.key, place, at, mistakes)
      if (key.kind !== 'scalar' || key.value === null)
        mistakes.add(key.place, 'a key must be a word', 'a key and a colon')
      const name = key.kind === 'scalar' ? String(key.value) : ''
      return { key: name, place: key.place, value: fromNode(pair.value, place, key.place, mistakes) }
    })
    return { kind: 'map', entries, place: at }
  }
  if (isAlias(node))
    mistakes.add(at, `the alias *${node.source} stands for something elsewhere`, 'it written out in full')
  const value = isScalar(node) ? node.value : null
  if (typeof value === 'string' || typeof value === 'boolean') return { kind: 'scalar', value, place: at }
  if (typeof value === 'number' || typeof value === 'bigint') {
    if (!Number.isFinite(Number(value))) mistakes.add(at, 'this number has no end', 'a number that JSON can hold')
    return { kind: 'scalar', value: Number(value), place: at }
  }
  return { kind: 'scalar', value: null, place: at }
}
