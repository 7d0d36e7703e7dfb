import { hash } from 'node:crypto'

export const HASH_BYTES = 32
/** The root of a tree without leaves: SHA-256 of nothing (RFC 6962, 2.1). */
export const EMPTY_ROOT: Buffer = hash('sha256', '', 'buffer')

/** By way of a string: half the time of having crypto.hash allocate a buffer for each. */
export function sha256(bytes: Buffer | string): Buffer {
  return Buffer.from(hash('sha256', bytes, 'binary'), 'latin1')
}

/** SHA-256(0x00 || leaf) (RFC 6962, 2.1). Text is hashed as UTF-8. */
export function leafHash(leaf: string | Uint8Array): Buffer {
  return sha256(typeof leaf === 'string' ? `\0${leaf}` : Buffer.concat([Buffer.of(0), leaf]))
}

const pair = Buffer.alloc(1 + 2 * HASH_BYTES)
pair[0] = 1

/** SHA-256(0x01 || left || right) (RFC 6962, 2.1). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  pair.set(left, 1)
  pair.set(right, 1 + HASH_BYTES)
  return sha256(pair)
}
