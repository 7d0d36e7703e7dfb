import type { Mistakes, Place } from './mistake.ts'

export interface Cell {
  readonly text: string
  readonly place: Place
}

interface Cursor {
  readonly file: string
  readonly text: string
  readonly separator: string
  at: number
  line: number
  lineStart: number
}

/**
 * Rows of trimmed cells, each with its place (RFC 4180; also semicolons or tabs where the first line shows them, any
 * line ending, Excel's `sep=;` line). Empty rows are left out.
 */
export function readCsv(file: string, text: string, mistakes: Mistakes): Cell[][] {
  const declared = /^sep=(.)(?:\r\n|\r|\n)/i.exec(text)
  const start = declared?.[0].length ?? 0
  const separator = declared?.[1] ?? separatorOf(text)
  const cursor: Cursor = { file, text, separator, at: start, line: declared ? 2 : 1, lineStart: start }
  const rows: Cell[][] = []
  while (cursor.at < text.length) {
    const row: Cell[] = []
    do {
      if (row.length > 0) cursor.at += 1
      const cell = readCell(cursor, mistakes)
      if (!cell) return rows
      row.push(cell)
    } while (text[cursor.at] === separator)
    cursor.at += text.startsWith('\r\n', cursor.at) ? 2 : 1
    cursor.line += 1
    cursor.lineStart = cursor.at
    if (row.some((cell) => cell.text !== '')) rows.push(row)
  }
  return rows
}

function readCell(cursor: Cursor, mistakes: Mistakes): Cell | null {
  const { file, text } = cursor
  while (text[cursor.at] === ' ') cursor.at += 1
  const place = { file, line: cursor.line, column: cursor.at - cursor.lineStart + 1 }
  if (text[cursor.at] !== '"') return { text: readBare(cursor).trim(), place }
  let end = text.indexOf('"', cursor.at + 1)
  while (end !== -1 && text[end + 1] === '"') end = text.indexOf('"', end + 2)
  if (end === -1) {
    mistakes.add(place, { message: 'this quotation mark is never closed', expected: 'a closing quotation mark' })
    return null
  }
  const quoted = text.slice(cursor.at + 1, end)
  for (const ending of quoted.matchAll(/\r\n|\r|\n/g)) {
    cursor.line += 1
    cursor.lineStart = cursor.at + 1 + ending.index + ending[0].length
  }
  cursor.at = end + 1
  if (readBare(cursor).trim() !== '')
    mistakes.add(place, { message: 'text follows the closing quotation mark', expected: 'quotation marks doubled: ""' })
  return { text: quoted.replaceAll('""', '"').trim(), place }
}

function readBare(cursor: Cursor): string {
  const { text, separator, at } = cursor
  let end = at
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end += 1
  cursor.at = end
  return text.slice(at, end)
}

function separatorOf(text: string): string {
  const header = /^[^\r\n]{0,10000}/.exec(text)![0]
  const count = (mark: string) => header.split(mark).length
  return [';', '\t'].find((mark) => count(mark) > count(',')) ?? ','
}
