import { boundOf, type Closures, closureOf } from './keep-alive-bound.ts'
import { type Choice, decide, FREE, isWanting, KEPT, keptSince, OUT, undo, wantingSince } from './keep-alive-choice.ts'

export interface Kept {
  readonly spent: number
  readonly nodes: readonly number[]
}

/**
 * The cheapest way to fill the wanting needs for less than `limit` more components; null where there is none. Once the
 * work done passes `until` it stops proving and takes the cheapest-looking way: whoever looks at `work` can tell.
 */
export function fill(choice: Choice, wanting: readonly number[], limit: number, until: number): Kept | null {
  const needs = [...new Set(wanting)].filter((need) => isWanting(choice, need))
  if (limit <= 0) return null
  if (needs.length === 0) return { spent: 0, nodes: [] }
  if (choice.work > until) return branch(choice, needs, limit, until, new Map())

  const closures: Closures = new Map()
  const groups = independent(choice, needs).map((group) => ({ group, least: boundOf(choice, group, closures) }))
  let rest = groups.reduce((sum, { least }) => sum + least, 0)
  if (rest >= limit) return null
  let spent = 0
  const nodes: number[] = []
  for (const { group, least } of groups.sort((a, b) => a.group.length - b.group.length)) {
    rest -= least
    const filled = branch(choice, group, limit - spent - rest, until, closures)
    if (!filled) return null
    spent += filled.spent
    nodes.push(...filled.nodes)
  }
  return { spent, nodes }
}

/** Needs with no undecided node in common, however far down, can be filled one group after the other. */
export function independent(choice: Choice, needs: readonly number[]): number[][] {
  const groupOf = new Map<number, number>()
  const groups: { needs: number[]; nodes: number[] }[] = []
  for (const need of needs) {
    const own = { needs: [need], nodes: [] as number[] }
    const met = new Set<number>()
    const pending = [need]
    for (let next = pending.pop(); next !== undefined; next = pending.pop())
      for (const node of choice.alternatives[next]!) {
        const other = groupOf.get(node)
        if (other !== undefined) met.add(other)
        if (other !== undefined || choice.status[node] !== FREE) continue
        groupOf.set(node, groups.length)
        own.nodes.push(node)
        pending.push(...choice.needsOf[node]!)
      }
    met.delete(groups.length)
    for (const other of met) {
      for (const node of groups[other]!.nodes) groupOf.set(node, groups.length)
      own.nodes.push(...groups[other]!.nodes)
      own.needs.push(...groups[other]!.needs)
      groups[other] = { needs: [], nodes: [] }
    }
    groups.push(own)
  }
  return groups.map((group) => group.needs).filter((group) => group.length > 0)
}

function branch(
  choice: Choice,
  needs: readonly number[],
  limit: number,
  until: number,
  closures: Closures,
): Kept | null {
  const need = tightest(choice, needs)
  const free = choice.alternatives[need]!.filter((node) => choice.status[node] === FREE)
  const price = (node: number) => closureOf(choice, closures, node).length
  const wanted = (node: number) => choice.feeds[node]!.filter((other) => isWanting(choice, other)).length
  const first = free.reduce((a, b) => ((price(b) - price(a) || wanted(a) - wanted(b)) < 0 ? b : a))

  let best = attempt(choice, needs, [first], KEPT, limit, until)
  if (choice.work > until) return best
  const without = [first, ...free.filter((other) => other !== first && isNoBetter(choice, other, first))]
  best = attempt(choice, needs, without, OUT, best?.spent ?? limit, until) ?? best
  return best
}

function attempt(
  choice: Choice,
  needs: readonly number[],
  nodes: readonly number[],
  as: typeof KEPT | typeof OUT,
  limit: number,
  until: number,
): Kept | null {
  const mark = choice.trail.length
  const before = choice.spent
  let filled: Kept | null = null
  if (nodes.every((node) => decide(choice, node, as))) {
    const spent = choice.spent - before
    const rest = fill(choice, [...needs, ...wantingSince(choice, mark)], limit - spent, until)
    if (rest) filled = { spent: rest.spent + spent, nodes: [...keptSince(choice, mark), ...rest.nodes] }
  }
  undo(choice, mark)
  return filled
}

function tightest(choice: Choice, needs: readonly number[]): number {
  const slack = (need: number) => choice.open[need]! - choice.atLeast[need]!
  return needs.reduce((a, b) => (slack(b) < slack(a) ? b : a))
}

/** `better` asks for nothing and serves wherever `other` does: whoever keeps `other` alone could keep it instead. */
function isNoBetter(choice: Choice, other: number, better: number): boolean {
  if (choice.needsOf[better]!.length > 0 || choice.cost[better]! > choice.cost[other]!) return false
  return choice.feeds[other]!.every((need) => choice.feeds[better]!.includes(need))
}
