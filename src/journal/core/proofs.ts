import { EMPTY_ROOT, nodeHash } from './hash.ts'
import { type HashAt, type Span, spanHash, splitOf } from './tree.ts'

/** That leaf `index` (from 0) is in the tree of `size` leaves: RFC 6962, 2.1.1; RFC 9162, 2.1.3.1. Throws on index >= size. */
export async function inclusionProof(index: number, size: number, hashAt: HashAt): Promise<Buffer[]> {
  if (!(Number.isSafeInteger(index) && index >= 0 && index < size))
    throw new Error(`there is no leaf ${index} in a tree of ${size}`)
  const path: Span[] = []
  let [start, end] = [0, size]
  while (end - start > 1) {
    const middle = start + splitOf(end - start)
    if (index < middle) {
      path.unshift({ start: middle, end })
      end = middle
    } else {
      path.unshift({ start, end: middle })
      start = middle
    }
  }
  return Promise.all(path.map((span) => spanHash(span, hashAt)))
}

/**
 * That the tree of `oldSize` leaves is the beginning of the tree of `size`: RFC 6962, 2.1.2; RFC 9162, 2.1.4.1.
 * Every tree begins with the empty one, so its proof is empty. Throws on oldSize > size.
 */
export async function consistencyProof(oldSize: number, size: number, hashAt: HashAt): Promise<Buffer[]> {
  if (!(Number.isSafeInteger(oldSize) && oldSize >= 0 && oldSize <= size))
    throw new Error(`a tree of ${size} does not begin with one of ${oldSize}`)
  if (oldSize === 0 || oldSize === size) return []
  const path: Span[] = []
  let [start, end] = [0, size]
  while (end !== oldSize && end - start > 1) {
    const middle = start + splitOf(end - start)
    if (oldSize <= middle) {
      path.unshift({ start: middle, end })
      end = middle
    } else {
      path.unshift({ start, end: middle })
      start = middle
    }
  }
  if (start > 0) path.unshift({ start, end })
  return Promise.all(path.map((span) => spanHash(span, hashAt)))
}

const half = (value: number) => Math.floor(value / 2)

/** RFC 9162, 2.1.3.2. */
export function provesInclusion(
  index: number,
  size: number,
  leaf: Buffer,
  proof: readonly Buffer[],
  root: Uint8Array,
): boolean {
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(index) || index < 0 || index >= size) return false
  let [node, last, hash] = [index, size - 1, leaf]
  for (const step of proof) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(step, hash)
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)]
    } else {
      hash = nodeHash(hash, step)
    }
    ;[node, last] = [half(node), half(last)]
  }
  return last === 0 && hash.equals(root)
}

/** RFC 9162, 2.1.4.2; from size 0 only the empty tree's root and an empty proof will do. */
export function provesConsistency(
  oldSize: number,
  size: number,
  oldRoot: Buffer,
  root: Buffer,
  proof: readonly Buffer[],
): boolean {
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(oldSize) || oldSize < 0 || oldSize > size) return false
  if (oldSize === size) return proof.length === 0 && oldRoot.equals(root)
  if (oldSize === 0) return proof.length === 0 && oldRoot.equals(EMPTY_ROOT)
  const steps = Number.isInteger(Math.log2(oldSize)) ? [oldRoot, ...proof] : [...proof]
  let [node, last] = [oldSize - 1, size - 1]
  while (node % 2 === 1) [node, last] = [half(node), half(last)]
  const first = steps.shift()
  if (!first) return false
  let [oldHash, hash] = [first, first]
  for (const step of steps) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      oldHash = nodeHash(step, oldHash)
      hash = nodeHash(step, hash)
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)]
    } else {
      hash = nodeHash(hash, step)
    }
    ;[node, last] = [half(node), half(last)]
  }
  return last === 0 && oldHash.equals(oldRoot) && hash.equals(root)
}
