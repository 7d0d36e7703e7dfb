import { createHash, createHmac } from 'node:crypto'
import { createSealing, deriveKey } from '#platform/sealing'

/** confirm: proves that somebody reads what is sent there. manage: in every message; changes and stops. */
export type LinkPurpose = 'confirm' | 'manage'

/** What subscribers are kept under: nothing of theirs can be read or looked up without the installation's secret. */
export interface SubscriberKeys {
  /** What something is found by: HMAC-SHA-256. */
  hash(purpose: string, text: string): Buffer
  /** base64url; `about` must be the same to open it. */
  seal(plain: string, about: string): string
  /** Null where it was sealed with another key or about something else. */
  open(sealed: string, about: string): string | null
  /** The secret of a link, 256 bits: made anew for every message, so that only its hash is kept. */
  link(purpose: LinkPurpose, subscription: string): string
}

/** `secret`: at least 32 random bytes that every process of this installation shares. */
export function createSubscriberKeys(secret: Buffer): SubscriberKeys {
  const derive = (use: string) => deriveKey(secret, `public-site subscriptions ${use}`)
  const [hashKey, linkKey] = [derive('hash'), derive('link')]
  const sealing = createSealing(derive('seal'))
  return {
    hash: (purpose, text) => createHmac('sha256', hashKey).update(`${purpose}\0${text}`).digest(),
    seal: (plain, about) => sealing.seal(plain, about).toString('base64url'),
    open: (sealed, about) => sealing.open(Buffer.from(sealed, 'base64url'), about),
    link: (purpose, subscription) =>
      createHmac('sha256', linkKey).update(`${purpose}\0${subscription}`).digest('base64url'),
  }
}

const TOKEN = /^[A-Za-z0-9_-]{43}$/

/** What is kept of a link's secret; null where it is not shaped like one. */
export function linkHash(token: string): Buffer | null {
  return TOKEN.test(token) ? createHash('sha256').update(token).digest() : null
}
