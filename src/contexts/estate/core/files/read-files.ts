import { TABLES, tableName } from './check-csv.ts'
import { type Mistakes, shown } from './mistake.ts'
import { nearest } from './nearest.ts'
import { readCsv } from './read-csv.ts'
import { readYaml } from './read-yaml.ts'
import type { Table } from './table-rows.ts'
import { type EstateFile, readText } from './text.ts'
import type { Value } from './value.ts'

/** Every file that can be read: names ending in `.csv` as tables, all others as YAML. */
export function readFiles(files: readonly EstateFile[], mistakes: Mistakes): { documents: Value[]; tables: Table[] } {
  const documents: Value[] = []
  const tables: Table[] = []
  for (const file of files) {
    const csv = file.name.toLowerCase().endsWith('.csv')
    if (csv && !isTable(file.name, mistakes)) continue
    const text = readText(file, mistakes)
    if (text === null) continue
    if (csv) tables.push({ file: file.name, rows: readCsv(file.name, text, mistakes) })
    else {
      const value = readYaml(file.name, text, mistakes)
      if (value) documents.push(value)
    }
  }
  return { documents, tables }
}

function isTable(file: string, mistakes: Mistakes): boolean {
  const name = tableName(file)
  if (TABLES.includes(name)) return true
  const near = nearest(name, TABLES)
  const message = `${shown(name)} is no table of an estate`
  mistakes.add(
    { file, line: 1, column: 1 },
    { message, expected: TABLES.join(', '), ...(near ? { suggestion: near } : {}) },
  )
  return false
}
