import { fields, optional, required } from './check-map.ts'
import { refuseDoubles, STRENGTHS, target } from './check-need.ts'
import { COMPONENT_KEYS, checkNode, SERVICE_KEYS } from './check-node.ts'
import { duration, oneOf, text, wholeNumber } from './check-text.ts'
import type { Draft, DraftNeed, DraftNode } from './draft.ts'
import { type Mistakes, shown } from './mistake.ts'
import { nearest, patience } from './nearest.ts'
import { type Table, tableRows } from './table-rows.ts'
import type { Value } from './value.ts'

export const NEED_KEYS = ['dependent', 'strength', 'targets', 'at_least', 'buffer']
export const TABLES = ['components.csv', 'services.csv', 'needs.csv']

/** The tables of a CSV folder as one organisation's estate; a table's name is the last part of its file's name. */
export function checkCsv(mistakes: Mistakes, tables: readonly Table[], organisation: string): Draft {
  const named = (name: string) => tables.filter((table) => tableName(table.file) === name)
  const nodes: DraftNode[] = []
  let whole = true
  for (const section of ['components', 'services'] as const) {
    const keys = section === 'components' ? COMPONENT_KEYS : SERVICE_KEYS
    const must = section === 'components' ? ['id', 'name', 'kind'] : ['id', 'name']
    for (const table of named(`${section}.csv`)) {
      const rows = tableRows(mistakes, table, keys, must)
      if (!rows) whole = false
      for (const row of rows ?? []) {
        const node = checkNode(mistakes, row, undefined, section, organisation, [])
        if (node) nodes.push(node.draft)
      }
    }
  }
  const needs = named('needs.csv').flatMap(
    (table) => tableRows(mistakes, table, NEED_KEYS, ['dependent', 'targets']) ?? [],
  )
  // Without all nodes each need would seem to name something unknown.
  if (whole) addNeeds(mistakes, nodes, needs, organisation)
  return { organisation, nodes }
}

function addNeeds(mistakes: Mistakes, nodes: readonly DraftNode[], rows: readonly Value[], organisation: string): void {
  const known = new Map(nodes.map((draft) => [draft.node.id, draft]))
  const spend = patience()
  for (const row of rows) {
    const found = checkNeedRow(mistakes, row, organisation)
    if (!found) continue
    const dependent = known.get(`${organisation}/${found.dependent}`)
    if (dependent) {
      dependent.needs.push(found.need)
      continue
    }
    const short = known.keys().map((id) => id.slice(organisation.length + 1))
    const near = nearest(found.dependent, short, spend)
    const message = `dependent ${shown(found.dependent)} is not in components.csv or services.csv`
    const expected = 'the id of a component or service'
    mistakes.add(row.place, { message, expected, ...(near ? { suggestion: near } : {}) })
  }
}

function checkNeedRow(
  mistakes: Mistakes,
  row: Value,
  organisation: string,
): { dependent: string; need: DraftNeed } | null {
  const found = fields(mistakes, row, undefined, 'a need', NEED_KEYS)
  if (!found) return null
  const dependent = required(found, 'dependent', 'the need', text)
  const { strength = 'requires' } = optional(found, 'strength', (spot, value) => oneOf(spot, value, STRENGTHS))
  const cell = required(found, 'targets', 'the need', (_, value) => value)
  const buffer = optional(found, 'buffer', duration)
  if (dependent === undefined || cell?.kind !== 'text') return null
  const words = cell.text.split('|').map((word) => word.trim())
  const { at_least: atLeast = 1 } = optional(found, 'at_least', (spot, value) =>
    wholeNumber(spot, value, 1, words.length),
  )
  const node = `${organisation}/${dependent}`
  const spot = found.spot('targets')
  const targets = words.flatMap((word) => target(spot, { ...cell, text: word }, organisation, node) ?? [])
  refuseDoubles(mistakes, targets)
  return { dependent, need: { targets, atLeast, strength, ...buffer } }
}

export function tableName(file: string): string {
  return file.split(/[\\/]/).at(-1)!.toLowerCase()
}
