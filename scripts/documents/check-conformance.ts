import { wrongGuards } from './check-invariants.ts'
import type { Finding, House } from './house.ts'

const CONFORMANCE = 'docs/formats.md'

/** Each row of its tables names the test that holds what it claims, like an invariant its guard. */
export function checkConformance(house: House): Finding[] {
  const path = CONFORMANCE
  const lines = house.documents.find((one) => one.path === path)?.lines
  if (!lines) return [{ path, line: 1, words: 'there is no such document' }]
  const rows = lines.flatMap((text, index) => (isRow(lines, index) ? [{ line: index + 1, text }] : []))
  if (rows.length === 0) return [{ path, line: 1, words: 'there is no row in any table' }]
  return rows.flatMap(({ line, text }) => {
    const wrong = wrongGuards(house, text) ?? ['this row names no test']
    return wrong.map((words) => ({ path, line, words }))
  })
}

/** A line of a table that is neither its head nor the rule below that. */
function isRow(lines: readonly string[], index: number): boolean {
  const rule = /^\|(?:\s*:?-+:?\s*\|)+\s*$/
  const text = lines[index]!
  return text.startsWith('|') && !rule.test(text) && !rule.test(lines[index + 1] ?? '')
}
