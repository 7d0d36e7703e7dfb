import {
  apply,
  type Evaluation,
  evaluate,
  type Graph,
  levelAt,
  type NodeId,
  nowhere,
  type OwnTimes,
  organisationsOf,
  ownTimes,
  type World,
  worldGraph,
  worldOf,
} from '#contexts/estate'
import type { Models } from '#journal'
import type { Millis } from '#kernel'
import type { Current } from '../core/decide-conditions.ts'
import { type Conditions, conditions, inForce, plannedAt } from './conditions.ts'
import { type Moment, modelAt } from './log.ts'

/** Every estate of one world as one graph, under the conditions recorded now. */
export interface Board {
  readonly graph: Graph
  readonly evaluation: Evaluation
}

interface KeptBoard extends Board {
  /** How many of each organisation's condition changes the evaluation has taken in. */
  readonly seen: Map<string, number>
  /** Times at which a component's own times are to be worked out anew, the soonest first. */
  readonly turns: Turn[]
  /** The time that it shows. */
  at: Millis
}

interface Turn {
  readonly at: Millis
  readonly component: NodeId
  readonly owner: string
}

const boards = new WeakMap<Models, Map<World, KeptBoard>>()

/** The board of the world that the organisation lives in, brought up to date by what changed since the last look. */
export function boardOf(models: Models, organisation: string, now: Millis): Board {
  const world = worldOf(models, organisation) ?? nowhere(organisation)
  let kept = boards.get(models)
  if (!kept) {
    kept = new Map()
    boards.set(models, kept)
  }
  const graph = worldGraph(models, organisation)
  let board = kept.get(world)
  if (board?.graph !== graph) {
    board = { graph, evaluation: evaluate(graph), seen: new Map(), turns: [], at: now }
    kept.set(world, board)
  }
  catchUp(models, world, board, now)
  return board
}

function catchUp(models: Models, world: World, board: KeptBoard, now: Millis): void {
  const due = turnsBetween(board, now)
  const { turns } = board
  const known = turns.length
  board.at = now
  for (const { slug } of organisationsOf(models, world)) {
    const { changes } = models.of(conditions, slug)
    for (const { component, since } of changes.slice(board.seen.get(slug) ?? 0)) {
      const turn = { at: since, component, owner: slug }
      due.set(component, turn)
      turns.push(turn)
    }
    board.seen.set(slug, changes.length)
  }
  if (turns.length > known) turns.sort((a, b) => a.at - b.at)
  const own: OwnTimes[] = []
  for (const { component, owner } of due.values())
    addOwn(own, board.graph, models.of(conditions, owner), component, now)
  if (own.length > 0) apply(board.evaluation, own)
}

/**
 * The components whose own times read otherwise at `now` than at the last look: those with a record that begins between
 * the two. Entries of a process whose clock is ahead begin later than now; and the next look may be of an earlier time.
 */
function turnsBetween({ turns, at }: KeptBoard, now: Millis): Map<NodeId, Turn> {
  const passed = turns.slice(turnsUntil(turns, Math.min(at, now)), turnsUntil(turns, Math.max(at, now)))
  return new Map(passed.map((turn) => [turn.component, turn]))
}

/** How many come at `at` or before. */
function turnsUntil(turns: readonly Turn[], at: Millis): number {
  let [low, high] = [0, turns.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (turns[middle]!.at <= at) low = middle + 1
    else high = middle
  }
  return low
}

function addOwn(to: OwnTimes[], graph: Graph, state: Conditions, component: NodeId, at: Millis): void {
  const node = graph.index.get(component)
  // A component that was retired keeps its history, and stops nothing.
  if (node === undefined || graph.organisationOf[node] === -1) return
  to.push({ node, ...ownTimes(state.records.get(component) ?? [], at) })
}

/** The board of any moment: evaluated whole from what had been recorded, on today's estates. */
export function boardAt(models: Models, organisation: string, moment: Moment): Board {
  const world = worldOf(models, organisation) ?? nowhere(organisation)
  const graph = worldGraph(models, organisation)
  const own: OwnTimes[] = []
  for (const { slug } of organisationsOf(models, world)) {
    const state =
      moment.knownAt === undefined
        ? models.of(conditions, slug)
        : modelAt(models, conditions, slug, { ...moment, at: Number.POSITIVE_INFINITY })
    for (const component of state.records.keys()) addOwn(own, graph, state, component, moment.at)
  }
  return { graph, evaluation: evaluate(graph, own) }
}

/** The condition that holds of each component, and what is planned for it: what a new record would change. */
export function currentConditions(
  models: Models,
  organisation: string,
  components: readonly NodeId[],
  now: Millis,
): Current {
  const { records } = models.of(conditions, organisation)
  return new Map(
    components.flatMap((component) => {
      const all = records.get(component)
      const { condition, since } = inForce(all, now) ?? { condition: 'operational', since: 0 }
      return all ? [[component, { condition, since, planned: plannedAt(all, now)?.since ?? null }]] : []
    }),
  )
}

/** How many of the organisation's services are at each level. */
export function serviceCounts(
  models: Models,
  organisation: string,
  at: Millis,
  board = boardOf(models, organisation, at),
) {
  const counts = { stopped: 0, degraded: 0, normal: 0 }
  for (const node of nodesOf(board.graph, organisation))
    if (board.graph.isService[node] === 1) counts[levelAt(board.evaluation, node, at)] += 1
  return counts
}

/** The organisation's own nodes. */
export function nodesOf(graph: Graph, organisation: string): number[] {
  const owner = graph.organisations.indexOf(organisation)
  const nodes: number[] = []
  if (owner >= 0)
    for (let node = 0; node < graph.size; node++) if (graph.organisationOf[node] === owner) nodes.push(node)
  return nodes
}
