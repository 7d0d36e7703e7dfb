import { parseDuration } from '#kernel'
import type { Component, Estate, Need, NodeId, Service } from './estate.ts'

export interface Planned {
  readonly id: NodeId
  readonly what: 'component' | 'service'
  readonly name: string
}

export interface Changed extends Planned {
  /** Field by field, in words. */
  readonly changes: readonly string[]
}

/** What an import would do, each list in order of ids. */
export interface Plan {
  readonly organisation: string
  readonly added: readonly Planned[]
  readonly changed: readonly Changed[]
  readonly retired: readonly Planned[]
  readonly unchanged: number
}

type Node = Component | Service

/** From the estate in force (null: none yet) to the next. Order of nodes, needs and alternatives counts for nothing. */
export function planRevision(current: Estate | null, next: Estate): Plan {
  const before = index(current)
  const after = index(next)
  const ids = [...new Set([...before.keys(), ...after.keys()])].sort()
  const added: Planned[] = []
  const changed: Changed[] = []
  const retired: Planned[] = []
  let unchanged = 0
  for (const id of ids) {
    const old = before.get(id)
    const now = after.get(id)
    if (!now) retired.push(planned(old!))
    else if (!old) added.push(planned(now))
    else {
      const changes = differences(old, now)
      if (changes.length > 0) changed.push({ ...planned(now), changes })
      else unchanged += 1
    }
  }
  return { organisation: next.organisation, added, changed, retired, unchanged }
}

export function isEmptyPlan(plan: Plan): boolean {
  return plan.added.length + plan.changed.length + plan.retired.length === 0
}

/** Lines for a person: what would be added, changed and retired, then a sum. */
export function describePlan(plan: Plan): string[] {
  const line = (mark: string) => (one: Planned) => `${mark} ${one.what} ${one.id} (${one.name})`
  const count = (number: number, what: string) => `${number} ${what}`
  const sum = [
    count(plan.added.length, 'added'),
    count(plan.changed.length, 'changed'),
    count(plan.retired.length, 'retired'),
    count(plan.unchanged, 'unchanged'),
  ]
  return [
    ...plan.added.map(line('+')),
    ...plan.changed.flatMap((one) => [line('~')(one), ...one.changes.map((change) => `    ${change}`)]),
    ...plan.retired.map(line('-')),
    `${plan.organisation}: ${sum.join(', ')}`,
  ]
}

function index(estate: Estate | null): Map<NodeId, Node> {
  return new Map([...(estate?.components ?? []), ...(estate?.services ?? [])].map((node) => [node.id, node]))
}

function whatIs(node: Node): Planned['what'] {
  return 'kind' in node ? 'component' : 'service'
}

function planned(node: Node): Planned {
  return { id: node.id, what: whatIs(node), name: node.name }
}

function differences(old: Node, now: Node): string[] {
  const before = words(old)
  const after = words(now)
  const fields = [...new Set([...before.keys(), ...after.keys()])].flatMap((field) => {
    const [was, is] = [before.get(field), after.get(field)]
    if (sameValue(was, is)) return []
    if (was === undefined) return `${field}: now ${is}`
    return is === undefined ? `${field}: no longer ${was}` : `${field}: ${was} becomes ${is}`
  })
  return [...fields, ...needChanges(old.needs, now.needs)]
}

function words(node: Node): Map<string, string> {
  const { name, owner, assumed } = node
  const rest =
    'kind' in node
      ? { kind: node.kind }
      : { lgsl: node.lgsl, statutory: node.statutory, rto: node.rto, mtpd: node.mtpd }
  const all = { what: whatIs(node), name: JSON.stringify(name), ...rest, owner, assumed: assumed === true }
  return new Map(Object.entries(all).flatMap(([field, value]) => (value === undefined ? [] : [[field, String(value)]])))
}

/** P1D and PT24H say the same. */
function sameValue(was: string | undefined, is: string | undefined): boolean {
  if (was === is || was === undefined || is === undefined) return was === is
  const duration = parseDuration(was)
  return duration !== null && duration === parseDuration(is)
}

function needChanges(old: readonly Need[], now: readonly Need[]): string[] {
  const before = Map.groupBy(old, sameness)
  const after = Map.groupBy(now, sameness)
  const surplus = (of: Map<string, Need[]>, over: Map<string, Need[]>) =>
    [...of].toSorted(([a], [b]) => (a < b ? -1 : 1)).flatMap(([key, needs]) => needs.slice(over.get(key)?.length ?? 0))
  return [
    ...surplus(after, before).map((need) => `now ${describeNeed(need)}`),
    ...surplus(before, after).map((need) => `no longer ${describeNeed(need)}`),
  ]
}

function sameness({ anyOf, atLeast, strength, buffer }: Need): string {
  return JSON.stringify([strength, atLeast, anyOf.toSorted(), buffer === undefined ? 0 : parseDuration(buffer)])
}

function describeNeed({ anyOf, atLeast, strength, buffer }: Need): string {
  const what = anyOf.length === 1 ? anyOf[0] : `${atLeast} of ${anyOf.join(', ')}`
  return `${strength} ${what}${buffer === undefined ? '' : ` (its loss bites after ${buffer})`}`
}
