import { type Millis, NEVER } from '#kernel'
import type { NodeId } from '../estate.ts'
import { type Graph, LINK } from './graph.ts'

export interface NodeDraft {
  readonly organisation: string
  readonly isService: boolean
  readonly rto?: Millis
  readonly mtpd?: Millis
}

export interface NeedDraft {
  readonly atLeast?: number
  readonly uses?: boolean
  readonly buffer?: Millis
}

/** Collects nodes and needs in any order, then lays them out. Throws a RangeError on what no estate may hold. */
export interface GraphBuilder {
  /** Its index; an organisation without nodes counts too. */
  addOrganisation(name: string): number
  addNode(id: NodeId, draft: NodeDraft): number
  /** The node of this id; one that is never added stays unresolved. */
  refer(id: NodeId): number
  addNeed(dependent: number, anyOf: ArrayLike<number>, draft?: NeedDraft): void
  build(): Graph
}

export function graphBuilder(): GraphBuilder {
  const ids: NodeId[] = []
  const index = new Map<NodeId, number>()
  const organisations = new Map<string, number>()
  const organisationOf: number[] = []
  const isService: number[] = []
  const rto: number[] = []
  const mtpd: number[] = []
  const needs: Needs = { dependent: [], uses: [], buffer: [], losses: [], from: [0], alternatives: [] }

  const refer = (id: NodeId): number => {
    const known = index.get(id)
    if (known !== undefined) return known
    index.set(id, ids.length)
    organisationOf.push(-1)
    isService.push(0)
    rto.push(NEVER)
    mtpd.push(NEVER)
    return ids.push(id) - 1
  }

  const addOrganisation = (name: string): number => {
    if (!organisations.has(name)) organisations.set(name, organisations.size)
    return organisations.get(name)!
  }

  return {
    refer,
    addOrganisation,
    addNode(id, draft) {
      const node = refer(id)
      if (organisationOf[node] !== -1) throw new RangeError(`Two nodes are called ${id}; give one another id.`)
      organisationOf[node] = addOrganisation(draft.organisation)
      isService[node] = draft.isService ? 1 : 0
      rto[node] = draft.rto ?? NEVER
      mtpd[node] = draft.mtpd ?? NEVER
      return node
    },
    addNeed(dependent, anyOf, draft = {}) {
      const targets = anyOf.length === 1 ? anyOf : Array.from(new Set(Array.from(anyOf)))
      const { atLeast = 1, uses = false, buffer = 0 } = draft
      if (!Number.isInteger(atLeast) || atLeast < 1 || atLeast > targets.length)
        throw new RangeError(`${ids[dependent]} needs ${atLeast} of ${targets.length}; write 1 to ${targets.length}.`)
      if (!(buffer >= 0)) throw new RangeError(`${ids[dependent]} has a buffer of ${buffer} ms; write 0 or more.`)
      needs.dependent.push(dependent)
      needs.uses.push(uses ? 1 : 0)
      needs.buffer.push(buffer)
      needs.losses.push(targets.length - atLeast + 1)
      for (let i = 0; i < targets.length; i++) needs.alternatives.push(targets[i]!)
      needs.from.push(needs.alternatives.length)
    },
    build() {
      return {
        size: ids.length,
        ids,
        index,
        organisations: [...organisations.keys()],
        organisationOf: Int32Array.from(organisationOf),
        isService: Uint8Array.from(isService),
        unresolved: ids.map((_, node) => node).filter((node) => organisationOf[node] === -1),
        rto: Float64Array.from(rto),
        mtpd: Float64Array.from(mtpd),
        ...layOut(ids.length, needs),
      }
    },
  }
}

interface Needs {
  readonly dependent: number[]
  readonly uses: number[]
  readonly buffer: number[]
  readonly losses: number[]
  readonly from: number[]
  readonly alternatives: number[]
}

function layOut(size: number, needs: Needs) {
  const count = needs.dependent.length
  const needsFrom = offsets(size, needs.dependent)
  const place = needsFrom.slice()
  const order = new Int32Array(count)
  for (let need = 0; need < count; need++) order[place[needs.dependent[need]!]!++] = need

  const dependent = new Int32Array(count)
  const uses = new Uint8Array(count)
  const buffer = new Float64Array(count)
  const losses = new Int32Array(count)
  const alternativesFrom = new Int32Array(count + 1)
  const alternatives = new Int32Array(needs.alternatives.length)
  let end = 0
  for (let h = 0; h < count; h++) {
    const need = order[h]!
    dependent[h] = needs.dependent[need]!
    uses[h] = needs.uses[need]!
    buffer[h] = needs.buffer[need]!
    losses[h] = needs.losses[need]!
    for (let i = needs.from[need]!; i < needs.from[need + 1]!; i++) alternatives[end++] = needs.alternatives[i]!
    alternativesFrom[h + 1] = end
  }

  const columns = { dependent, uses, buffer, losses, alternativesFrom, alternatives }
  return { needsFrom, ...columns, ...link(size, columns) }
}

function link(
  size: number,
  needs: Pick<Graph, 'dependent' | 'uses' | 'buffer' | 'losses' | 'alternativesFrom' | 'alternatives'>,
) {
  const linksFrom = offsets(size, needs.alternatives)
  const next = linksFrom.slice()
  const links = new Int32Array(LINK * needs.alternatives.length)
  const delays = new Map([[0, 0]])
  for (let h = 0; h < needs.dependent.length; h++) {
    const buffer = needs.buffer[h]!
    if (!delays.has(buffer)) delays.set(buffer, delays.size)
    const delay = delays.get(buffer)!
    for (let i = needs.alternativesFrom[h]!; i < needs.alternativesFrom[h + 1]!; i++) {
      const at = LINK * next[needs.alternatives[i]!]!++
      links[at] = h
      links[at + 1] = needs.dependent[h]!
      links[at + 2] = needs.uses[h] === 1 ? -needs.losses[h]! : needs.losses[h]!
      links[at + 3] = delay
    }
  }
  return { linksFrom, links, delays: Float64Array.from(delays.keys()) }
}

function offsets(size: number, keys: ArrayLike<number>): Int32Array {
  const from = new Int32Array(size + 1)
  for (let i = 0; i < keys.length; i++) from[keys[i]! + 1]!++
  for (let i = 0; i < size; i++) from[i + 1]! += from[i]!
  return from
}
