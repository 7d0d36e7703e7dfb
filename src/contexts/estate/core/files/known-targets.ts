import type { Estate, Need, NodeId } from '../estate.ts'
import { type Draft, type Target, UNNAMED } from './draft.ts'
import { type Mistake, Mistakes, type Place, shown } from './mistake.ts'
import { nearest, type Patience, patience } from './nearest.ts'

/** Where the targets of a need were written, kept beside needs that came from files: later checks name the line. */
const written = new WeakMap<readonly NodeId[], readonly Target[]>()

export function rememberTargets(need: Need, targets: readonly Target[]): Need {
  written.set(need.anyOf, targets)
  return need
}

type Known = ReadonlyMap<string, ReadonlySet<NodeId>>

/** Targets at organisations that are part of the same import must exist in it. */
export function checkWithin(drafts: readonly Draft[], known: Known, mistakes: Mistakes): void {
  const spend = patience()
  for (const { nodes } of drafts)
    for (const { needs } of nodes)
      for (const { targets } of needs)
        for (const target of targets) {
          const there = known.get(organisationOf(target.node))
          if (there && !there.has(target.node)) unknown(mistakes, target, organisationOf(target.node), there, spend)
        }
}

/**
 * Targets at organisations outside `estates`, against the estates that Holdfast already has. A known organisation
 * without the node is a mistake; an organisation that is unknown, or has no estate yet, only a warning.
 */
export function checkTargets(estates: readonly Estate[], known: Known): { mistakes: Mistake[]; warnings: Mistake[] } {
  const mistakes = new Mistakes()
  const warnings = new Mistakes()
  const here = new Set(estates.map((estate) => estate.organisation))
  const spend = patience()
  for (const estate of estates)
    for (const node of [...estate.components, ...estate.services])
      for (const need of node.needs)
        for (const target of targetsOf(need, estate.organisation)) {
          const organisation = organisationOf(target.node)
          const there = known.get(organisation)
          if (here.has(organisation) || there?.has(target.node)) continue
          if (there && there.size > 0) unknown(mistakes, target, organisation, there, spend)
          else warnings.add(target.place, { ...pointerOf(target), ...notYet(target, known, spend) })
        }
  return { mistakes: mistakes.all(), warnings: warnings.all() }
}

function targetsOf(need: Need, organisation: string): readonly Target[] {
  const place: Place = { file: organisation, line: 1, column: 1 }
  return written.get(need.anyOf) ?? need.anyOf.map((node) => ({ node, word: node, place }))
}

function notYet(target: Target, known: Known, spend: Patience) {
  const organisation = organisationOf(target.node)
  const near = known.has(organisation) ? undefined : nearest(organisation, known.keys(), spend)
  const message = `${shown(target.word)} is not known to Holdfast yet: treated as running`
  return near ? { message, suggestion: near + target.node.slice(organisation.length) } : { message }
}

function unknown(
  mistakes: Mistakes,
  target: Target,
  organisation: string,
  there: ReadonlySet<NodeId>,
  spend: Patience,
): void {
  const short = (node: NodeId) => node.slice(organisation.length + 1)
  const near = nearest(short(target.node), there.values().map(short), spend)
  const message = `${shown(target.word)} is no component or service of ${organisation === UNNAMED ? 'this file' : organisation}`
  mistakes.add(target.place, {
    ...pointerOf(target),
    message,
    expected: 'an id that exists',
    ...(near ? { suggestion: near } : {}),
  })
}

function pointerOf(target: Target): { pointer?: string } {
  return target.pointer === undefined ? {} : { pointer: target.pointer }
}

function organisationOf(node: NodeId): string {
  return node.slice(0, node.indexOf('/'))
}
