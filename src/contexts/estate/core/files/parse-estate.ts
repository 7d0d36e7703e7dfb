import { isSlug } from '#kernel'
import type { Component, Estate, Need, NodeId, Service } from '../estate.ts'
import { checkCsv } from './check-csv.ts'
import { checkYaml } from './check-yaml.ts'
import type { Draft, DraftNode } from './draft.ts'
import { checkWithin, rememberTargets } from './known-targets.ts'
import { type Mistake, Mistakes, shown } from './mistake.ts'
import { readFiles } from './read-files.ts'
import type { EstateFile } from './text.ts'

const MOST_BYTES = 20_000_000
const MOST_NODES = 200_000

export type ParsedEstates = { estates: Estate[]; warnings: Mistake[] } | { mistakes: Mistake[] }

/**
 * Estate files (see "Estate file" in the interfaces: YAML, one organisation a file, or the tables components.csv,
 * services.csv and needs.csv) as estates with qualified ids, one an organisation in order of appearance; or every
 * mistake of every file. Never throws. `organisation` owns the CSV tables and YAML files that name none.
 */
export function parseEstate(files: readonly EstateFile[], options: { organisation?: string } = {}): ParsedEstates {
  const mistakes = new Mistakes()
  const warnings = new Mistakes()
  const first = { file: files[0]?.name ?? 'import', line: 1, column: 1 }
  const size = files.reduce((sum, { text }) => sum + (typeof text === 'string' ? text.length : text.byteLength), 0)
  if (files.length === 0) mistakes.add(first, { message: 'no file was given', expected: 'at least one estate file' })
  if (size > MOST_BYTES) {
    const message = `the files hold ${(size / 1e6).toFixed(1)} MB together`
    return { mistakes: [{ ...first, message, expected: `at most ${MOST_BYTES / 1e6} MB` }] }
  }
  const { documents, tables } = readFiles(files, mistakes)
  const unread = mistakes.any && files.length > 1
  const drafts = documents.flatMap((value) => checkYaml(mistakes, value, options.organisation) ?? [])
  const [table] = tables
  const owner = options.organisation
  if (table && (owner === undefined || !isSlug(owner))) {
    const message = 'CSV tables do not say whose estate this is'
    mistakes.add({ ...first, file: table.file }, { message, expected: 'the organisation, given beside the files' })
  } else if (table) drafts.push(checkCsv(mistakes, tables, owner!))
  const nodes = drafts.reduce((sum, draft) => sum + draft.nodes.length, 0)
  if (nodes > MOST_NODES) {
    const message = `the files name ${nodes} components and services`
    return { mistakes: [{ ...first, message, expected: `at most ${MOST_NODES}` }] }
  }
  const known = indexNodes(drafts, mistakes)
  // What an unreadable file might have named would seem unknown.
  if (!unread) checkWithin(drafts, known, mistakes)
  if (mistakes.any) return { mistakes: mistakes.all() }
  const estates = toEstates(drafts)
  for (const estate of estates)
    if (estate.components.length + estate.services.length === 0)
      warnings.add(first, { message: `the estate of ${estate.organisation} is empty: importing it retires everything` })
  return { estates, warnings: warnings.all() }
}

/** The nodes of each organisation; a second use of an id is a mistake that names the first. */
function indexNodes(drafts: readonly Draft[], mistakes: Mistakes): Map<string, Set<NodeId>> {
  const first = new Map<NodeId, DraftNode>()
  const known = new Map<string, Set<NodeId>>()
  for (const { organisation, nodes } of drafts) {
    const ids = known.get(organisation) ?? new Set()
    known.set(organisation, ids)
    for (const draft of nodes) {
      const { id } = draft.node
      if (id === '') continue
      const before = first.get(id)
      if (before) {
        const where = `${before.place.file === draft.place.file ? '' : `${before.place.file}, `}line ${before.place.line}`
        const message = `the id ${shown(id.slice(organisation.length + 1))} is used already: ${where}`
        mistakes.add(draft.place, { message, expected: 'an id of its own for each component and service' })
      }
      first.set(id, before ?? draft)
      ids.add(id)
    }
  }
  return known
}

function toEstates(drafts: readonly Draft[]): Estate[] {
  const byOrganisation = Map.groupBy(drafts, (draft) => draft.organisation)
  return [...byOrganisation].map(([organisation, parts]) => {
    const nodes = parts.flatMap((part) => part.nodes)
    const whole = (section: DraftNode['section']) =>
      nodes
        .filter((draft) => draft.section === section)
        .map((draft) => ({ ...draft.node, needs: draft.needs.map(toNeed) }))
    return { organisation, components: whole('components') as Component[], services: whole('services') as Service[] }
  })
}

function toNeed({ targets, atLeast, strength, buffer }: DraftNode['needs'][number]): Need {
  const anyOf = targets.map((target) => target.node)
  return rememberTargets({ anyOf, atLeast, strength, ...(buffer === undefined ? {} : { buffer }) }, targets)
}
