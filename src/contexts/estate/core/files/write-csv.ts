import type { Estate } from '../estate.ts'
import { NEED_KEYS } from './check-csv.ts'
import { COMPONENT_KEYS, SERVICE_KEYS } from './check-node.ts'
import { shortId } from './write-estate.ts'

type Cell = string | number | undefined

/** The tables of a CSV folder, comma-separated with a header; `parseEstate` reads them back as the same estate. */
export function writeCsv(estate: Estate): { components: string; services: string; needs: string } {
  const short = (node: string) => shortId(node, estate.organisation)
  const truth = (flag: boolean | undefined) => (flag ? 'true' : undefined)
  const components = estate.components.map((one) => [short(one.id), one.name, one.kind, one.owner, truth(one.assumed)])
  const services = estate.services.map((one) => {
    return [short(one.id), one.name, one.lgsl, one.owner, truth(one.statutory), one.rto, one.mtpd, truth(one.assumed)]
  })
  const needs = [...estate.components, ...estate.services].flatMap((node) =>
    node.needs.map((need) => {
      const atLeast = need.anyOf.length === 1 ? undefined : need.atLeast
      return [short(node.id), need.strength, need.anyOf.map(short).join('|'), atLeast, need.buffer]
    }),
  )
  return {
    components: table(COMPONENT_KEYS, components),
    services: table(SERVICE_KEYS, services),
    needs: table(NEED_KEYS, needs),
  }
}

function table(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [header, ...rows].map((row) => `${row.map(cell).join(',')}\n`).join('')
}

function cell(value: Cell): string {
  const text = String(value ?? '')
  return /["',;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
