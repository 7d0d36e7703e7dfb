import {
  CONDITIONS,
  type Condition,
  compile,
  describeMistake,
  type Estate,
  evaluate,
  type Graph,
  nearest,
  type OwnTimes,
  ownTimes,
  parseEstate,
} from '#contexts/estate'
import { type NodeImpact, nodeImpact } from '#contexts/incident'
import { type Instant, instant, isSlug, NEVER, parseInstant } from '#kernel'
import { readEstateFiles } from './estate-files.ts'
import { Complaint, print, text, texts, UsageError, type Verb } from './verb.ts'

export const impact: Verb = {
  name: 'impact',
  usage: 'ESTATE-FILE... --set COMPONENT=CONDITION[@TIME] ... [--at TIME] [--json]',
  summary: 'Tell what stops, when and why, from estate files alone: no database, no server.',
  options: {
    set: { type: 'string', multiple: true },
    at: { type: 'string' },
    json: { type: 'boolean' },
    organisation: { type: 'string' },
  },
  async run(values, paths) {
    if (paths.length === 0) throw new UsageError('give one or more estate files')
    const now = Date.now()
    const at = timeOf(text(values, 'at'), '--at') ?? now
    const estates = readAll(paths, text(values, 'organisation'))
    const graph = compile(estates)
    const evaluation = evaluate(graph, settings(graph, texts(values, 'set'), at))
    const nodes = Object.fromEntries(
      graph.ids.flatMap((id, node) =>
        graph.organisationOf[node] === -1 ? [] : [[id, nodeImpact(evaluation, node, at)]],
      ),
    )
    if (values.json) print(JSON.stringify({ at: instant(at), nodes }))
    else print(...report(nodes, at, graph))
    return 0
  },
}

function readAll(paths: readonly string[], organisation: string | undefined): Estate[] {
  if (organisation !== undefined && !isSlug(organisation)) throw new UsageError(`${organisation} is not a short name`)
  const parsed = parseEstate(readEstateFiles(paths), organisation === undefined ? {} : { organisation })
  if ('mistakes' in parsed) throw new Complaint(parsed.mistakes.map(describeMistake).join('\n'))
  for (const warning of parsed.warnings) process.stderr.write(`warning: ${describeMistake(warning)}\n`)
  return parsed.estates
}

/** `COMPONENT=CONDITION[@TIME]`; the time is now where it is left out. Several of one component follow one another. */
function settings(graph: Graph, set: readonly string[], at: number): OwnTimes[] {
  const histories = new Map<number, { condition: Condition; since: number; order: number }[]>()
  for (const [order, setting] of set.entries()) {
    const parts = /^([^=]+)=([^@]+)(?:@(.+))?$/.exec(setting)
    if (!parts) throw new UsageError(`--set ${setting}: write COMPONENT=CONDITION or COMPONENT=CONDITION@TIME`)
    const [, component, condition, time] = parts
    if (!CONDITIONS.includes(condition as Condition))
      throw new UsageError(`--set ${setting}: a condition is one of ${CONDITIONS.join(', ')}`)
    const node = find(graph, component!)
    const record = { condition: condition as Condition, since: timeOf(time, `--set ${setting}`) ?? at, order }
    histories.set(node, [...(histories.get(node) ?? []), record])
  }
  return [...histories].map(([node, history]) => ({ node, ...ownTimes(history, at) }))
}

function timeOf(words: string | undefined, where: string): number | null {
  if (words === undefined || words === 'now') return null
  const time = parseInstant(words)
  if (time === null) throw new UsageError(`${where}: a time needs an offset, such as 2025-11-25T06:30:00Z`)
  return time
}

/** A component by its full id, or by its short one where only one organisation has it. */
function find(graph: Graph, name: string): number {
  const own = (node: number) => graph.organisationOf[node] !== -1
  const exact = graph.index.get(name)
  const found =
    exact !== undefined && own(exact)
      ? [exact]
      : graph.ids.flatMap((id, node) => (own(node) && !name.includes('/') && id.endsWith(`/${name}`) ? [node] : []))
  if (found.length > 1)
    throw new Complaint(`${name} is ambiguous: write ${found.map((node) => graph.ids[node]).join(' or ')}.`)
  if (found.length === 0) {
    const near = nearest(name, name.includes('/') ? graph.ids : graph.ids.map((id) => id.slice(id.indexOf('/') + 1)))
    throw new Complaint(`No estate given has a component ${name}${near ? `; did you mean ${near}?` : '.'}`)
  }
  if (graph.isService[found[0]!] === 1)
    throw new Complaint(`${name} is a service: conditions are recorded of components, and services follow from them.`)
  return found[0]!
}

function report(nodes: Record<string, NodeImpact>, at: number, graph: Graph): string[] {
  const services = Object.entries(nodes).filter(([id]) => graph.isService[graph.index.get(id)!] === 1)
  const hit = services
    .filter(([, { degradedFrom }]) => degradedFrom !== null)
    .sort(
      ([, a], [, b]) => order(a.stoppedFrom) - order(b.stoppedFrom) || order(a.degradedFrom) - order(b.degradedFrom),
    )
  const lines = hit.map(([id, { level, degradedFrom, stoppedFrom, because }]) => {
    const when = stoppedFrom ? `stops ${stoppedFrom}` : `limited from ${degradedFrom}`
    return `${level.padEnd(8)}  ${id}  ${when}  because ${because.slice(1).join(' < ') || 'of its own'}`
  })
  return [
    `At ${instant(at)}:`,
    ...lines,
    `${services.length - hit.length} of ${services.length} services run as usual throughout.`,
  ]
}

function order(time: Instant | null): number {
  return time === null ? NEVER : Date.parse(time)
}
