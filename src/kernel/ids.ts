let lastMillis = 0
let sequence = 0

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
  const random = new Uint8Array(8)
  globalThis.crypto.getRandomValues(random)
  const time = lastMillis.toString(16).padStart(12, '0')
  random[0] = (random[0]! & 0x3f) | 0x80
  const tail = Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${sequence.toString(16).padStart(3, '0')}-${tail.slice(0, 4)}-${tail.slice(4)}`
}

const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/

/** A word people meet in addresses: `westminster`, `pay-council-tax`; 1 to 64 of a-z, 0-9 and inner hyphens. */
export function isSlug(text: string): boolean {
  return SLUG.test(text)
}
