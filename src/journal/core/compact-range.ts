import { EMPTY_ROOT, HASH_BYTES, nodeHash } from './hash.ts'

/** Hears each perfect subtree as it is completed: 2^height leaves, the index-th of its size. */
export type OnComplete = (height: number, index: number, hash: Buffer) => void

const TILE_HEIGHT = 8

/**
 * The right edge of an RFC 6962 tree: the roots of its perfect subtrees, largest first. All that is needed to append a
 * leaf or to know the root, in at most 53 hashes.
 */
export class CompactRange {
  #size: number
  readonly #hashes: Buffer[]

  private constructor(size: number, hashes: Buffer[]) {
    this.#size = size
    this.#hashes = hashes
  }

  static empty(): CompactRange {
    return new CompactRange(0, [])
  }

  /** From what `serialise` gave, and the size it was taken at. Throws where the two do not belong together. */
  static deserialise(size: number, bytes: Uint8Array): CompactRange {
    if (!Number.isSafeInteger(size) || size < 0) throw new Error(`${size} is not the size of a tree`)
    let count = 0
    for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2
    if (bytes.length !== count * HASH_BYTES)
      throw new Error(`a tree of ${size} leaves has an edge of ${count} hashes, not ${bytes.length / HASH_BYTES}`)
    const copy = Buffer.from(bytes)
    const hashes = Array.from({ length: count }, (_, at) => copy.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES))
    return new CompactRange(size, hashes)
  }

  get size(): number {
    return this.#size
  }

  get hashes(): readonly Buffer[] {
    return this.#hashes
  }

  clone(): CompactRange {
    return new CompactRange(this.#size, [...this.#hashes])
  }

  /** Takes in the next leaf hash. `completed` hears the subtrees of heights 0, 8, 16 ..., which is what tiles are made of. */
  push(leaf: Buffer, completed?: OnComplete): void {
    let hash = leaf
    let height = 0
    let index = this.#size
    completed?.(height, index, hash)
    while (index % 2 === 1) {
      hash = nodeHash(this.#hashes.pop()!, hash)
      index = (index - 1) / 2
      height += 1
      if (height % TILE_HEIGHT === 0) completed?.(height, index, hash)
    }
    this.#hashes.push(hash)
    this.#size += 1
  }

  root(): Buffer {
    let root = this.#hashes.at(-1)
    if (!root) return EMPTY_ROOT
    for (let at = this.#hashes.length - 2; at >= 0; at--) root = nodeHash(this.#hashes[at]!, root)
    return root
  }

  /** The hashes one after another, 32 bytes each, largest subtree first. */
  serialise(): Buffer {
    return Buffer.concat(this.#hashes)
  }
}
