import { type Choice, decide, FREE, KEPT, keptSince, undo } from './keep-alive-choice.ts'

/** node -> the components that keeping it makes one keep as well, itself included. */
export type Closures = Map<number, number[]>

export function closureOf(choice: Choice, closures: Closures, node: number): number[] {
  const known = closures.get(node)
  if (known) return known
  const mark = choice.trail.length
  decide(choice, node, KEPT)
  const closure = keptSince(choice, mark).filter((kept) => choice.cost[kept] === 1)
  undo(choice, mark)
  closures.set(node, closure)
  return closure
}

/**
 * At least how many more components these wanting needs cost: the better of two bounds. One adds up needs that share no
 * component; the other splits each component's cost evenly among the needs that could share it.
 */
export function boundOf(choice: Choice, needs: readonly number[], closures: Closures): number {
  const options = needs.map((need) => optionsOf(choice, need, closures))
  const shares = new Map<number, number>()
  const footprints = options.map(({ all }) => {
    const footprint = new Set(all.flat())
    for (const node of footprint) shares.set(node, (shares.get(node) ?? 0) + 1)
    return footprint
  })

  let split = 0
  for (const { all, more } of options)
    split += nthSmallest(
      all.map((closure) => closure.reduce((sum, node) => sum + 1 / shares.get(node)!, 0)),
      more,
    )

  const least = options.map(({ all, more, components }) =>
    Math.max(
      nthSmallest(
        all.map((closure) => closure.length),
        more,
      ),
      more - (all.length - components),
    ),
  )
  const order = needs
    .map((_, i) => i)
    .sort((a, b) => least[b]! - least[a]! || footprints[a]!.size - footprints[b]!.size)
  const taken = new Set<number>()
  let packed = 0
  for (const i of order) {
    if (!footprints[i]!.isDisjointFrom(taken)) continue
    for (const node of footprints[i]!) taken.add(node)
    packed += least[i]!
  }
  return Math.max(packed, Math.ceil(split - 1e-6))
}

function optionsOf(choice: Choice, need: number, closures: Closures) {
  const free = choice.alternatives[need]!.filter((node) => choice.status[node] === FREE)
  return {
    all: free.map((node) => closureOf(choice, closures, node)),
    more: choice.atLeast[need]! - choice.kept[need]!,
    components: free.filter((node) => choice.cost[node] === 1).length,
  }
}

/** Keeping n of them all keeps at least what the n-th cheapest costs. */
function nthSmallest(values: readonly number[], n: number): number {
  return values.toSorted((a, b) => a - b)[n - 1] ?? 0
}
