import type { Frame } from '#command'
import { type Graph, type Neighbourhood, ownerOf, type Reached } from '#contexts/estate'
import { type Millis, NEVER } from '#kernel'
import type { Arrangement } from '#platform/diagram'
import type { TagOptions } from '#platform/views'
import { sayTime } from '#platform/words'
import { type Drawing, drawing } from './picture-drawing.ts'
import { type FactsOf, type NodeFacts, sayNeeds, worseFirst } from './picture-facts.ts'
import { home } from './place.ts'
import { counted, levelTag, sayDistance } from './say.ts'

/** One component or service of the list below the picture. */
export interface ListedNode {
  readonly href: string
  readonly name: string
  readonly what: string
  readonly tag: TagOptions
  readonly lines: readonly string[]
}

export interface NodeList {
  readonly id: string
  readonly heading: string
  readonly empty: string
  readonly direct: readonly ListedNode[]
  readonly farSummary: string
  readonly far: readonly ListedNode[]
}

export interface PictureView {
  readonly frame: Frame
  readonly title: string
  /** The page itself, as it is asked for news. */
  readonly here: string
  readonly heading: string
  readonly what: string
  readonly tag: TagOptions
  readonly lines: readonly string[]
  readonly estate: string | null
  readonly label: string
  readonly drawing: Drawing
  readonly depths: readonly { readonly href: string; readonly text: string; readonly current: boolean }[]
  readonly lists: readonly NodeList[]
}

export interface PictureFacts {
  readonly frame: Frame
  readonly now: Millis
  readonly graph: Graph
  readonly middle: number
  readonly factsOf: FactsOf
  readonly around: Neighbourhood
  readonly placed: Arrangement
  readonly reached: { readonly needs: readonly Reached[]; readonly neededBy: readonly Reached[] }
  readonly depth: number
  readonly deepest: number
}

export function pictureView(given: PictureFacts): PictureView {
  const { frame, now, graph, middle, factsOf, around, placed, reached, depth, deepest } = given
  const facts = factsOf(middle)
  const path = (of: NodeFacts) => picturePath(frame, of.id)
  const own = ownerOf(facts.id) === frame.organisation.slug
  const section = facts.service ? 'services' : 'components'
  const estate = own ? `${home(frame)}/estate/${section}/${shortId(facts.id)}` : null
  const listed = (one: NodeFacts, ...more: readonly string[]): ListedNode => ({
    href: path(one),
    name: one.name,
    what: one.what,
    tag: levelTag(one.level),
    lines: [...more, ...stateLines(one, now)].filter((line) => line !== ''),
  })
  const nameOf = (node: number) => factsOf(node).name
  const list = (id: string, nodes: readonly Reached[], words: Pick<NodeList, 'heading' | 'empty'>): NodeList => {
    const sorted = nodes.toSorted((a, b) => a.steps - b.steps || worseFirst(factsOf(a.node), factsOf(b.node)))
    const pair = (node: number) => (id === 'needs' ? ([middle, node] as const) : ([node, middle] as const))
    const far = sorted.filter(({ steps }) => steps > 1)
    return {
      id,
      ...words,
      direct: sorted
        .filter(({ steps }) => steps === 1)
        .map(({ node }) => listed(factsOf(node), sayNeeds(graph, ...pair(node), nameOf))),
      farSummary: `${counted(far.length, 'more', 'more')}, further away`,
      far: far.map(({ node, steps }) => listed(factsOf(node), `${steps} steps away.`)),
    }
  }
  const farthest = Math.max(1, ...[...reached.needs, ...reached.neededBy].map(({ steps }) => steps))
  return {
    frame,
    title: `${facts.name}: what it needs and what needs it`,
    here: `${path(facts)}?depth=${depth}`,
    heading: facts.name,
    what: facts.what,
    tag: levelTag(facts.level),
    lines: stateLines(facts, now),
    estate,
    label: `${facts.name}, with what needs it to the left and what it needs to the right. All of it is listed below.`,
    drawing: drawing(around, placed, {
      factsOf,
      labelOf: (one) => [`${one.name}: ${levelTag(one.level).text}, ${one.what}.`, ...stateLines(one, now)].join(' '),
      hrefOf: (one, isMiddle) => (isMiddle ? (estate ?? '#facts') : path(one)),
      wider: ({ side }) => (depth < deepest ? `${path(facts)}?depth=${depth + 1}` : `#${side}`),
    }),
    depths: Array.from({ length: Math.min(deepest, farthest) }, (_, less) => ({
      href: `${path(facts)}?depth=${less + 1}`,
      text: counted(less + 1, 'step'),
      current: less + 1 === depth,
    })),
    lists: [
      list('needs', reached.needs, { heading: 'What it needs', empty: 'Nothing is recorded that it needs.' }),
      list('needed-by', reached.neededBy, { heading: 'What needs it', empty: 'Nothing is recorded that needs it.' }),
    ],
  }
}

/** Where the picture of a component or service stands: a neighbour's says whose it is. */
function picturePath(frame: Frame, id: string): string {
  const node = ownerOf(id) === frame.organisation.slug ? shortId(id) : id
  return `${home(frame)}/picture/${node}`
}

function shortId(id: string): string {
  return id.slice(id.indexOf('/') + 1)
}

const STATE = { stopped: 'Stopped', degraded: 'Limited', normal: 'As usual' } as const

function stateLines({ level, since, worseAt, why }: NodeFacts, now: Millis): string[] {
  const lines: string[] = []
  if (since !== null && Math.abs(since) !== NEVER) lines.push(`${STATE[level]} since ${sayTime(since)}.`)
  if (worseAt !== null) {
    const next = level === 'normal' ? 'Will be limited or stop' : 'Will stop'
    lines.push(`${next} ${sayDistance(worseAt, now)}, at ${sayTime(worseAt)}, if nothing changes.`)
  }
  if (why !== null) lines.push(why)
  return lines
}
