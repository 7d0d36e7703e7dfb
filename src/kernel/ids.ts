let lastMillis = 0
let sequence = 0
/** Drawn for many at once: for each alone it costs more than all the rest. */
const pool = new Uint8Array(8 * 256)
let taken = pool.length
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** UUIDv7 (RFC 9562, 5.7): sorts by time, and within a millisecond by a counter in rand_a. */
export function uuidv7(now: number = Date.now()): string {
  if (now <= lastMillis) {
    sequence += 1
    if (sequence > 0xfff) {
      lastMillis += 1
      sequence = 0
    }
  } else {
    lastMillis = now
    sequence = Math.floor(Math.random() * 0x400)
  }
  const time = lastMillis.toString(16).padStart(12, '0')
  if (taken === pool.length) {
    globalThis.crypto.getRandomValues(pool)
    taken = 0
  }
  let tail = `${HEX[(pool[taken]! & 0x3f) | 0x80]}${HEX[pool[taken + 1]!]}-`
  for (let at = taken + 2; at < taken + 8; at++) tail += HEX[pool[at]!]!
  taken += 8
  return `${time.slice(0, 8)}-${time.slice(8)}-7${sequence.toString(16).padStart(3, '0')}-${tail}`
}

const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/

/** A word people meet in addresses: `westminster`, `pay-council-tax`; 1 to 64 of a-z, 0-9 and inner hyphens. */
export function isSlug(text: string): boolean {
  return SLUG.test(text)
}
