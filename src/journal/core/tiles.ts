import { HASH_BYTES, nodeHash } from './hash.ts'
import type { HashAt } from './tree.ts'

const WIDTH = 256
const HEIGHT = 8

/** `width` hashes of perfect subtrees of 256^level leaves, beginning with the (index * 256)-th. Full at 256. */
export interface Tile {
  readonly level: number
  readonly index: number
  readonly width: number
}

/** `tile/<L>/<N>[.p/<W>]` of C2SP tlog-tiles, relative to the log's address. */
export function tilePath({ level, index, width }: Tile): string {
  const groups = [String(index % 1000).padStart(3, '0')]
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000))
    groups.unshift(`x${String(rest % 1000).padStart(3, '0')}`)
  return `tile/${level}/${groups.join('/')}${width === WIDTH ? '' : `.p/${width}`}`
}

const PATH = /^tile\/(0|[1-9]\d?)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/

/** The one tile that a path names; null where it is not written exactly as `tilePath` would. */
export function parseTilePath(path: string): Tile | null {
  const parts = path.length > 64 ? null : PATH.exec(path)
  if (!parts) return null
  const tile = {
    level: Number(parts[1]),
    index: Number(parts[2]!.replaceAll(/[x/]/g, '')),
    width: Number(parts[3] ?? WIDTH),
  }
  const sound = tile.level <= 63 && Number.isSafeInteger(tile.index) && tile.width <= WIDTH
  return sound && tilePath(tile) === path ? tile : null
}

/** The rightmost tile of each level may be partial; this is how many hashes a level has in a tree of `size`. */
function hashesAt(level: number, size: number): number {
  return Math.floor(size / WIDTH ** level)
}

/** Every tile of a tree of `size` that a tree of `from` does not have, level by level, in order. */
export function* tilesOf(size: number, from = 0): Generator<Tile> {
  for (let level = 0; hashesAt(level, size) > 0; level++) {
    const [before, count] = [hashesAt(level, from), hashesAt(level, size)]
    if (before === count) continue
    for (let index = Math.floor(before / WIDTH); index * WIDTH < count; index++)
      yield { level, index, width: Math.min(WIDTH, count - index * WIDTH) }
  }
}

/** The widest form in which a tree of `size` holds the index-th tile of a level; null where it holds none. */
export function tileIn(size: number, level: number, index: number): Tile | null {
  const width = Math.min(WIDTH, hashesAt(level, size) - index * WIDTH)
  return width > 0 ? { level, index, width } : null
}

/** Reads a tile's bytes: `width` hashes of 32 bytes, one after another. */
export type ReadTile = (tile: Tile) => Buffer | Promise<Buffer>

/** The hashes of a tree of `size` from its tiles, each read once: what proofs are built from. */
export function hashesFromTiles(size: number, read: ReadTile): HashAt {
  const known = new Map<string, Promise<Buffer>>()
  const bytesOf = (tile: Tile): Promise<Buffer> => {
    const path = tilePath(tile)
    const bytes = known.get(path) ?? Promise.resolve(read(tile)).then((found) => checked(tile, found))
    known.set(path, bytes)
    return bytes
  }
  return async (height, index) => {
    const level = Math.floor(height / HEIGHT)
    const span = 2 ** (height % HEIGHT)
    const tile = tileIn(size, level, Math.floor((index * span) / WIDTH))
    const start = (index * span) % WIDTH
    if (!tile || start + span > tile.width)
      throw new Error(`a tree of ${size} has no complete subtree ${index} of height ${height}`)
    const bytes = await bytesOf(tile)
    let row = Array.from({ length: span }, (_, at) =>
      bytes.subarray((start + at) * HASH_BYTES, (start + at + 1) * HASH_BYTES),
    )
    while (row.length > 1) row = row.flatMap((hash, at) => (at % 2 ? [] : [nodeHash(hash, row[at + 1]!)]))
    return row[0]!
  }
}

function checked(tile: Tile, bytes: Buffer): Buffer {
  if (bytes.length === tile.width * HASH_BYTES) return bytes
  throw new Error(`${tilePath(tile)} has ${bytes.length} bytes, not ${tile.width * HASH_BYTES}`)
}
