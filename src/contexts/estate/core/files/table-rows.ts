import { type Mistakes, shown } from './mistake.ts'
import { nearest } from './nearest.ts'
import type { Cell } from './read-csv.ts'
import type { Value } from './value.ts'

export interface Table {
  readonly file: string
  readonly rows: readonly (readonly Cell[])[]
}

/** The rows below a table's header as maps from column to cell; null where the header is unusable. */
export function tableRows(
  mistakes: Mistakes,
  table: Table,
  columns: readonly string[],
  must: readonly string[],
): Value[] | null {
  const start = { file: table.file, line: 1, column: 1 }
  const [header, ...rows] = table.rows
  const expected = `the columns ${columns.join(', ')}`
  if (!header) {
    mistakes.add(start, { message: 'the file has no header', expected })
    return null
  }
  const names = header.map((cell) => cell.text.toLowerCase().replace(/[\s-]+/g, '_'))
  const missing = must.filter((name) => !names.includes(name))
  if (missing.length > 0)
    mistakes.add(header[0]!.place, { message: `the column ${missing.join(' and ')} is missing`, expected })
  names.forEach((name, index) => {
    if (name === '' || (columns.includes(name) && names.indexOf(name) === index)) return
    const near = columns.includes(name) ? undefined : nearest(name, columns)
    const message = columns.includes(name) ? `the column ${name} comes twice` : `there is no column ${shown(name)}`
    mistakes.add(header[index]!.place, { message, expected, ...(near ? { suggestion: near } : {}) })
  })
  if (missing.length > 0) return null
  return rows.map((row) => toMap(mistakes, row, names, columns))
}

function toMap(mistakes: Mistakes, row: readonly Cell[], names: readonly string[], columns: readonly string[]): Value {
  const extra = row.slice(names.length).find((cell) => cell.text !== '')
  if (extra) {
    const message = `the row has more cells than the header has columns: ${shown(extra.text)}`
    mistakes.add(extra.place, { message, expected: 'text that holds a comma to stand in quotes' })
  }
  const entries = row.slice(0, names.length).flatMap((cell, index) => {
    const key = names[index]!
    if (cell.text === '' || !columns.includes(key) || names.indexOf(key) !== index) return []
    return {
      key,
      at: cell.place,
      value: { kind: 'text', text: cell.text, bare: false, loose: true, place: cell.place } as const,
    }
  })
  return { kind: 'map', entries, place: row[0]!.place }
}
