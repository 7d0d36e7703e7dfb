import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, randomBytes } from 'node:crypto'

/** Addresses and words at rest: AES-256-GCM under a key that is derived from the installation's secret. */
export interface Sealing {
  /** Nonce, tag and cipher text; `about` must be the same to open it. */
  seal(plain: string, about: string): Buffer
  /** Null where it was sealed with another key or about something else. */
  open(sealed: Buffer, about: string): string | null
}

const NONCE = 12

/** `secret`: at least 32 random bytes that every process of this installation shares. */
export function createSealing(secret: Buffer): Sealing {
  // A key object is read once, and random bytes are drawn for many: each for itself costs more than the cipher.
  const key = createSecretKey(deriveKey(secret, 'seal'))
  let drawn = Buffer.alloc(0)
  const nextNonce = () => {
    if (drawn.length === 0) drawn = randomBytes(NONCE * 256)
    const nonce = drawn.subarray(0, NONCE)
    drawn = drawn.subarray(NONCE)
    return nonce
  }
  return {
    seal(plain, about) {
      const nonce = nextNonce()
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(about))
      const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), text])
    },
    open(sealed, about) {
      if (sealed.length < 28) return null
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAAD(Buffer.from(about))
      decipher.setAuthTag(sealed.subarray(12, 28))
      try {
        return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8')
      } catch {
        return null
      }
    },
  }
}

export function deriveKey(secret: Buffer, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `holdfast delivery ${use}`, 32))
}
