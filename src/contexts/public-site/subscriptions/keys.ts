import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** confirm: proves that somebody reads what is sent there. manage: in every message; changes and stops. */
export type LinkPurpose = 'confirm' | 'manage'

/** What subscribers are kept under: nothing of theirs can be read or looked up without the installation's secret. */
export interface SubscriberKeys {
  /** What something is found by: HMAC-SHA-256. */
  hash(purpose: string, text: string): Buffer
  /** AES-256-GCM, base64url; `about` must be the same to open it. */
  seal(plain: string, about: string): string
  /** Null where it was sealed with another key or about something else. */
  open(sealed: string, about: string): string | null
  /** The secret of a link, 256 bits: made anew for every message, so that only its hash is kept. */
  link(purpose: LinkPurpose, subscription: string): string
}

/** `secret`: at least 32 random bytes that every process of this installation shares. */
export function createSubscriberKeys(secret: Buffer): SubscriberKeys {
  const derive = (use: string) =>
    Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `holdfast public-site subscriptions ${use}`, 32))
  const [hashKey, sealKey, linkKey] = [derive('hash'), derive('seal'), derive('link')]
  return {
    hash: (purpose, text) => createHmac('sha256', hashKey).update(`${purpose}\0${text}`).digest(),
    seal(plain, about) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce).setAAD(Buffer.from(about))
      const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url')
    },
    open(sealed, about) {
      const bytes = Buffer.from(sealed, 'base64url')
      if (bytes.length < 28) return null
      const decipher = createDecipheriv('aes-256-gcm', sealKey, bytes.subarray(0, 12)).setAAD(Buffer.from(about))
      decipher.setAuthTag(bytes.subarray(12, 28))
      try {
        return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
      } catch {
        return null
      }
    },
    link: (purpose, subscription) =>
      createHmac('sha256', linkKey).update(`${purpose}\0${subscription}`).digest('base64url'),
  }
}

const TOKEN = /^[A-Za-z0-9_-]{43}$/

/** What is kept of a link's secret; null where it is not shaped like one. */
export function linkHash(token: string): Buffer | null {
  return TOKEN.test(token) ? createHash('sha256').update(token).digest() : null
}
