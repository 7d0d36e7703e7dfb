import { EMPTY_ROOT, nodeHash } from './hash.ts'

/** The hash of the index-th perfect subtree of 2^height leaves. */
export type HashAt = (height: number, index: number) => Buffer | Promise<Buffer>

/** Leaves from `start` up to but not including `end`, standing where RFC 6962 would split a tree. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** The largest power of two smaller than `size` (which is 2 or more): where RFC 6962 splits a tree. */
export function splitOf(size: number): number {
  let split = 1
  while (split * 2 < size) split *= 2
  return split
}

/** RFC 6962 MTH of a span, from perfect subtrees. */
export async function spanHash({ start, end }: Span, hashAt: HashAt): Promise<Buffer> {
  const size = end - start
  if (size === 0) return EMPTY_ROOT
  const split = size === 1 ? 1 : splitOf(size)
  if (size === 1) return hashAt(0, start)
  if (split * 2 === size) return hashAt(Math.log2(size), start / size)
  const left = await spanHash({ start, end: start + split }, hashAt)
  return nodeHash(left, await spanHash({ start: start + split, end }, hashAt))
}

export function treeRoot(size: number, hashAt: HashAt): Promise<Buffer> {
  return spanHash({ start: 0, end: size }, hashAt)
}
