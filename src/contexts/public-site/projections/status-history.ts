import {
  apply,
  type Evaluation,
  evaluate,
  type Graph,
  type Level,
  levelAt,
  type NodeId,
  organisationsOf,
  ownTimes,
  type World,
  worldGraph,
} from '#contexts/estate'
import { conditions } from '#contexts/incident'
import type { Models } from '#journal'
import { type Millis, NEVER } from '#kernel'
import { type OverrideChange, overrides } from './overrides.ts'

/** At one moment, the services of one organisation whose public status changed. */
export interface LevelChange {
  readonly at: Millis
  readonly services: readonly { readonly id: NodeId; readonly from: Level; readonly to: Level }[]
}

interface Replay {
  readonly graph: Graph
  readonly evaluation: Evaluation
  /** How much of each organisation's records has been played. */
  readonly taken: Map<string, { conditions: number; overrides: number }>
  readonly overridden: Map<number, OverrideChange>
  readonly told: Level[]
  readonly history: Map<string, LevelChange[]>
  playedTo: Millis
  /** How many records, and at how many the window moves on. */
  played: number
  windowEnds: number
  /** No level changes by itself before this. */
  nextExpiry: Millis
}

interface Step {
  readonly at: Millis
  readonly component?: NodeId
  readonly owner: string
  readonly override?: OverrideChange
}

const KEPT = 50
const WINDOW = 1000
const replays = new WeakMap<Models, Map<World, Replay>>()

/**
 * What the public was told when: the levels of every service of a world as they followed from what was recorded by then, on
 * today's estates. The same journals give the same history, in whichever order and process they were read. It reaches back
 * over the last `window` records, and at most twice as many.
 */
export function statusHistory(
  models: Models,
  world: World,
  at: Millis,
  window = WINDOW,
): ReadonlyMap<string, readonly LevelChange[]> {
  const members = organisationsOf(models, world).map(({ slug }) => slug)
  if (members.length === 0) return new Map()
  const kept = replays.get(models) ?? new Map<World, Replay>()
  replays.set(models, kept)
  const graph = worldGraph(models, members[0]!)
  let replay = kept.get(world)
  let steps = replay?.graph === graph ? stepsSince(models, members, replay) : null
  const begin =
    !replay ||
    !steps ||
    // A record of a moment that was played already, from another journal: the order of reading must show nowhere.
    (steps[0]?.at ?? NEVER) <= replay.playedTo ||
    replay.played + steps.length >= replay.windowEnds
  if (!replay || !steps || begin) {
    replay = beginning(graph)
    steps = skip(models, replay, stepsSince(models, members, replay), window)
    kept.set(world, replay)
  }
  for (let from = 0; from < steps.length; ) {
    const moment = steps[from]!.at
    let to = from
    while (steps[to]?.at === moment) to++
    expire(replay, moment, false)
    take(models, replay, steps.slice(from, to), moment)
    from = to
  }
  expire(replay, at, true)
  return replay.history
}

/** Takes what is too old to be told in one step, so that a start costs the same however long the journals are. */
function skip(models: Models, replay: Replay, all: readonly Step[], window: number): Step[] {
  const windows = Math.floor(all.length / window)
  replay.windowEnds = (windows + 1) * window
  const last = all[Math.max(0, windows - 1) * window - 1]
  if (!last) return [...all]
  const old = all.filter((one) => one.at <= last.at)
  take(models, replay, old, last.at)
  replay.history.clear()
  return all.slice(old.length)
}

function beginning(graph: Graph): Replay {
  return {
    graph,
    evaluation: evaluate(graph),
    taken: new Map(),
    overridden: new Map(),
    told: Array.from({ length: graph.size }, () => 'normal'),
    history: new Map(),
    playedTo: Number.NEGATIVE_INFINITY,
    played: 0,
    windowEnds: NEVER,
    nextExpiry: NEVER,
  }
}

function stepsSince(models: Models, members: readonly string[], replay: Replay): Step[] {
  const steps: Step[] = []
  for (const owner of members) {
    const state = models.of(conditions, owner)
    const said = models.of(overrides, owner)
    const before = replay.taken.get(owner) ?? { conditions: 0, overrides: 0 }
    if (state.changes.length === before.conditions && said.length === before.overrides) continue
    for (const { component, recordedAt } of state.changes.slice(before.conditions))
      steps.push({ at: recordedAt, component, owner })
    for (const override of said.slice(before.overrides)) steps.push({ at: override.recordedAt, owner, override })
  }
  return steps.sort((a, b) => a.at - b.at)
}

function take(models: Models, replay: Replay, steps: readonly Step[], moment: Millis): void {
  const { graph, evaluation, taken, overridden } = replay
  replay.played += steps.length
  const touched = new Set<number>()
  const own = new Map<number, { node: number; degradedFrom: Millis; stoppedFrom: Millis }>()
  for (const { component, owner, override } of steps) {
    const seen = taken.get(owner) ?? { conditions: 0, overrides: 0 }
    taken.set(
      owner,
      override ? { ...seen, overrides: seen.overrides + 1 } : { ...seen, conditions: seen.conditions + 1 },
    )
    const node = graph.index.get(override?.service ?? component!)
    if (node === undefined || graph.organisationOf[node] === -1) continue
    if (override) {
      overridden.set(node, override)
      touched.add(node)
      if (override.until !== null && override.until > moment) expect(replay, override.until)
    } else {
      const records = models.of(conditions, owner).records.get(component!) ?? []
      const known = records.filter(({ recordedAt }) => recordedAt <= moment)
      own.set(node, { node, ...ownTimes(known, moment) })
    }
  }
  const changed = apply(evaluation, [...own.values()])
  for (const node of changed.nodes) {
    touched.add(node)
    for (const time of [evaluation.degradedFrom[node]!, evaluation.stoppedFrom[node]!])
      if (time > moment) expect(replay, time)
  }
  tell(replay, touched, moment)
}

function expect(replay: Replay, time: Millis): void {
  replay.nextExpiry = Math.min(replay.nextExpiry, time)
}

/** Lets time pass up to a moment: buffers run out, and overrides end. */
function expire(replay: Replay, to: Millis, inclusive: boolean): void {
  const { graph, evaluation, overridden } = replay
  const due = () => (inclusive ? replay.nextExpiry <= to : replay.nextExpiry < to)
  while (due()) {
    const moment = replay.nextExpiry
    replay.nextExpiry = NEVER
    for (let node = 0; node < graph.size; node++)
      if (graph.isService[node] === 1)
        for (const time of [evaluation.degradedFrom[node]!, evaluation.stoppedFrom[node]!, overridden.get(node)?.until])
          if (typeof time === 'number' && time > moment) expect(replay, time)
    tell(replay, graph.ids.keys(), moment)
  }
}

function tell(replay: Replay, nodes: Iterable<number>, moment: Millis): void {
  const { graph, evaluation, told, overridden, history } = replay
  const changes = new Map<string, LevelChange['services'][number][]>()
  for (const node of nodes) {
    if (graph.isService[node] !== 1) continue
    const said = overridden.get(node)
    const inForce = said && said.level !== null && (said.until === null || moment < said.until)
    const to = inForce ? said.level! : levelAt(evaluation, node, moment)
    const from = told[node]!
    if (from === to) continue
    told[node] = to
    const organisation = graph.organisations[graph.organisationOf[node]!]!
    const list = changes.get(organisation) ?? []
    changes.set(organisation, list)
    list.push({ id: graph.ids[node]!, from, to })
  }
  for (const [organisation, services] of changes) {
    const list = history.get(organisation) ?? []
    history.set(organisation, list)
    list.push({ at: moment, services })
    if (list.length > KEPT) list.shift()
  }
  replay.playedTo = Math.max(replay.playedTo, moment)
}
