import type { Level, Neighbourhood } from '#contexts/estate'
import type { Arrangement, Arrow, Box } from '#platform/diagram'
import type { NodeFacts } from './picture-facts.ts'
import { levelTag } from './say.ts'

const SIZE = { width: 176, height: 66 }
const LETTERS = 23

interface Line {
  readonly text: string
  readonly y: number
}

/** A box ready to be drawn; positions within it count from its corner. */
export interface DrawnBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly href: string
  readonly label: string
  readonly kind: Level | 'more'
  readonly middle: boolean
  readonly round: number
  readonly name: readonly Line[]
  readonly state: string | null
}

export interface DrawnArrow {
  readonly line: string
  readonly head: string
  readonly kind: 'requires' | 'uses' | 'choice'
}

export interface Drawing {
  readonly width: number
  readonly height: number
  readonly boxes: readonly DrawnBox[]
  readonly arrows: readonly DrawnArrow[]
}

type More = Neighbourhood['more'][number]

function moreId({ side, steps }: More): string {
  return `more ${side} ${steps}`
}

/** For the one who places them: a box for each node and each "and so many more". */
export function boxesAndArrows({ nodes, more, links }: Neighbourhood): { boxes: Box[]; arrows: Arrow[] } {
  const ids = [...nodes.map(({ node }) => String(node)), ...more.map(moreId)]
  const hung = more.flatMap((one) =>
    one.beside.map((node) =>
      one.side === 'needs' ? { from: String(node), to: moreId(one) } : { from: moreId(one), to: String(node) },
    ),
  )
  return {
    boxes: ids.map((id) => ({ id, ...SIZE })),
    arrows: [...links.map(({ from, to }) => ({ from: String(from), to: String(to) })), ...hung],
  }
}

interface Words {
  readonly factsOf: (node: number) => NodeFacts
  readonly labelOf: (facts: NodeFacts) => string
  readonly hrefOf: (facts: NodeFacts, middle: boolean) => string
  readonly wider: (more: More) => string
}

/** What is drawn where, in the order in which people read it: left to right, then down. */
export function drawing(around: Neighbourhood, placed: Arrangement, words: Words): Drawing {
  const nodes = new Map(around.nodes.map((one) => [String(one.node), one]))
  const more = new Map(around.more.map((one) => [moreId(one), one]))
  const links = new Map(around.links.map((one) => [`${one.from} ${one.to}`, one]))
  const boxes = placed.boxes
    .toSorted((a, b) => a.x - b.x || a.y - b.y)
    .map(({ id, ...place }): DrawnBox => {
      const left = more.get(id)
      if (left) return { ...place, ...leftOut(left, words) }
      const { node, side } = nodes.get(id)!
      const facts = words.factsOf(node)
      return {
        ...place,
        href: words.hrefOf(facts, side === null),
        label: words.labelOf(facts),
        kind: facts.level,
        middle: side === null,
        round: facts.service ? 20 : 0,
        name: stacked(wrap(facts.name), 20),
        state: levelTag(facts.level).text as string,
      }
    })
  const arrows = placed.arrows.map(({ from, to, line, head }): DrawnArrow => {
    const link = links.get(`${from} ${to}`)
    return { line, head, kind: link?.choice ? 'choice' : link?.uses ? 'uses' : 'requires' }
  })
  return { width: placed.width, height: placed.height, boxes, arrows }
}

function leftOut(more: More, { wider }: Words): Omit<DrawnBox, 'x' | 'y' | 'width' | 'height'> {
  const text = `and ${more.count.toLocaleString('en-GB')} more`
  const label = more.side === 'needs' ? `${text} that are needed` : `${text} that need these`
  const name = stacked([text, more.side === 'needs' ? 'that are needed' : 'that need these'], 28)
  return { href: wider(more), label, kind: 'more', middle: false, round: 0, name, state: null }
}

function stacked(lines: readonly string[], top: number): Line[] {
  return lines.map((text, line) => ({ text, y: top + 17 * line }))
}

/** At most two lines; what does not fit ends in an ellipsis, and is whole in the title. */
export function wrap(name: string): string[] {
  const lines: string[] = []
  let rest = name.trim()
  while (rest !== '' && lines.length < 2) {
    const last = lines.length === 1
    const letters = [...rest]
    if (letters.length <= LETTERS) {
      lines.push(rest)
      break
    }
    const room = letters.slice(0, LETTERS + 1).join('')
    const space = room.lastIndexOf(' ')
    const cut = space > 0 && !last ? room.slice(0, space) : letters.slice(0, LETTERS - 1).join('')
    lines.push(last ? `${cut.trimEnd()}…` : cut)
    rest = rest.slice(cut.length).trimStart()
  }
  return lines
}
