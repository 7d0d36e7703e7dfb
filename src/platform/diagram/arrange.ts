import { instance, type Viz } from '@viz-js/viz'

/** Pixels. */
export interface Box {
  readonly id: string
  readonly width: number
  readonly height: number
}

export interface Arrow {
  readonly from: string
  readonly to: string
}

/** Its upper left corner. */
export interface PlacedBox extends Box {
  readonly x: number
  readonly y: number
}

export interface PlacedArrow extends Arrow {
  /** `d` of an SVG path, up to the foot of its head. */
  readonly line: string
  /** `d` of the head, a triangle whose tip touches the box. */
  readonly head: string
}

export interface Arrangement {
  readonly width: number
  readonly height: number
  readonly boxes: readonly PlacedBox[]
  readonly arrows: readonly PlacedArrow[]
}

const MOST_KEPT = 200
const MARGIN = 6

let engine: Promise<Viz> | null = null
const kept = new Map<string, Promise<Arrangement>>()

/**
 * Places boxes from left to right along their arrows. Graphviz is given numbers for names and no words at all: whoever
 * draws writes those, escaped. Throws a RangeError on an arrow between boxes that are not there.
 */
export function arrange(boxes: readonly Box[], arrows: readonly Arrow[]): Promise<Arrangement> {
  const key = JSON.stringify([boxes, arrows])
  const known = kept.get(key)
  if (known !== undefined) {
    kept.delete(key)
    kept.set(key, known)
    return known
  }
  const placed = place(boxes, arrows)
  kept.set(key, placed)
  // What failed once may do better the next time; and the oldest leaves when there are too many.
  placed.catch(() => kept.delete(key))
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!)
  return placed
}

async function place(boxes: readonly Box[], arrows: readonly Arrow[]): Promise<Arrangement> {
  const numbers = new Map(boxes.map((box, number) => [box.id, number]))
  const numberOf = (id: string) => {
    const number = numbers.get(id)
    if (number === undefined) throw new RangeError(`There is no box ${id} for an arrow.`)
    return String(number)
  }
  const graph = {
    directed: true,
    graphAttributes: { rankdir: 'LR', nodesep: 0.2, ranksep: 0.8, bgcolor: 'transparent' },
    edgeAttributes: { tailport: 'e', headport: 'w' },
    nodeAttributes: { shape: 'box', fixedsize: true, label: '' },
    nodes: boxes.map(({ width, height }, number) => ({
      name: String(number),
      attributes: { width: width / 72, height: height / 72 },
    })),
    edges: arrows.map(({ from, to }) => ({ tail: numberOf(from), head: numberOf(to) })),
  }
  engine ??= instance()
  const drawn = (await engine).renderJSON(graph, { format: 'json0', yInvert: true }) as Drawn
  const [left = 0, top = 0, right = 0, bottom = 0] = drawn.bb.split(',').map(Number)
  const shift = { x: MARGIN - left, y: MARGIN - Math.min(top, bottom) }
  const objects = new Map((drawn.objects ?? []).map((one) => [one._gvid, one]))
  return {
    width: Math.ceil(Math.abs(right - left)) + 2 * MARGIN,
    height: Math.ceil(Math.abs(bottom - top)) + 2 * MARGIN,
    boxes: [...objects.values()].map(({ name, pos }) => {
      const box = boxes[Number(name)]!
      const [x = 0, y = 0] = pos.split(',').map(Number)
      return { ...box, x: round(x + shift.x - box.width / 2), y: round(y + shift.y - box.height / 2) }
    }),
    arrows: (drawn.edges ?? []).map(({ tail, head, pos }) => ({
      from: boxes[Number(objects.get(tail)!.name)]!.id,
      to: boxes[Number(objects.get(head)!.name)]!.id,
      ...path(pos, shift),
    })),
  }
}

interface Drawn {
  /** `left,lower,right,upper` in points. */
  readonly bb: string
  readonly objects?: readonly { readonly _gvid: number; readonly name: string; readonly pos: string }[]
  readonly edges?: readonly { readonly tail: number; readonly head: number; readonly pos: string }[]
}

interface Point {
  readonly x: number
  readonly y: number
}

/** Graphviz' spline: `e,tipX,tipY x,y x,y x,y x,y ...`: a start, then three points a curve. */
function path(spline: string, shift: Point): { line: string; head: string } {
  const words = spline.split(' ')
  const point = (word: string): Point => {
    const [x = 0, y = 0] = word.split(',').map(Number)
    return { x: round(x + shift.x), y: round(y + shift.y) }
  }
  const points = words.filter((word) => !/^[es]/.test(word)).map(point)
  const [start, ...curve] = points
  const foot = points.at(-1)!
  const end = words.find((word) => word.startsWith('e,'))
  const tip = end ? point(end.slice(2)) : foot
  const say = ({ x, y }: Point) => `${x},${y}`
  return {
    line: `M${say(start!)} C${curve.map(say).join(' ')}`,
    head: `M${say(tip)} L${corners(foot, tip).map(say).join(' L')} Z`,
  }
}

const HALF_WIDTH = 4

function corners(foot: Point, tip: Point): Point[] {
  const length = Math.hypot(tip.x - foot.x, tip.y - foot.y) || 1
  const across = { x: (-(tip.y - foot.y) / length) * HALF_WIDTH, y: ((tip.x - foot.x) / length) * HALF_WIDTH }
  return [1, -1].map((side) => ({ x: round(foot.x + side * across.x), y: round(foot.y + side * across.y) }))
}

function round(number: number): number {
  return Math.round(number * 10) / 10
}
