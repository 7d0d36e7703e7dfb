import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, randomBytes } from 'node:crypto'

/** What is kept so that nobody can read it without the installation's secret: AES-256-GCM (NIST SP 800-38D). */
export interface Sealing {
  /** Nonce, tag and cipher text; `about` must be the same to open it. */
  seal(plain: string, about: string): Buffer
  /** Null where it was sealed with another key or about something else. */
  open(sealed: Buffer, about: string): string | null
}

const NONCE = 12
const TAG = 16

/** `key`: 32 bytes that serve nothing else. */
export function createSealing(key: Buffer): Sealing {
  // A key object is read once, and random bytes are drawn for many: each for itself costs more than the cipher.
  const held = createSecretKey(key)
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
      const cipher = createCipheriv('aes-256-gcm', held, nonce).setAAD(Buffer.from(about))
      const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), text])
    },
    open(sealed, about) {
      if (sealed.length < NONCE + TAG) return null
      const nonce = sealed.subarray(0, NONCE)
      const decipher = createDecipheriv('aes-256-gcm', held, nonce, { authTagLength: TAG }).setAAD(Buffer.from(about))
      decipher.setAuthTag(sealed.subarray(NONCE, NONCE + TAG))
      try {
        return Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()]).toString('utf8')
      } catch {
        return null
      }
    },
  }
}

/**
 * A key of 32 bytes for one use, by HKDF-SHA-256 (RFC 5869).
 * `secret`: at least 32 random bytes that every process of this installation shares. `use`: never the same for two uses.
 */
export function deriveKey(secret: Buffer, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `holdfast ${use}`, 32))
}
