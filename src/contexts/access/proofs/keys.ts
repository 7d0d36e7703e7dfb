import { createHmac, timingSafeEqual } from 'node:crypto'
import { createSealing, deriveKey } from '#platform/sealing'

/** What this room derives from the installation's secret: tokens that need no row, and TOTP secrets at rest. */
export interface Keys {
  /** HMAC-SHA-256 over purpose and text, base64url. */
  mac(purpose: string, text: string): string
  /** base64url; `about` must be the same to open it. */
  seal(plain: string, about: string): string
  /** Null where it was sealed with another key or about something else. */
  open(sealed: string, about: string): string | null
}

/** `secret`: at least 32 random bytes that every process of this installation shares. */
export function createKeys(secret: Buffer): Keys {
  const macKey = deriveKey(secret, 'access mac')
  const sealing = createSealing(deriveKey(secret, 'access seal'))
  return {
    mac: (purpose, text) => createHmac('sha256', macKey).update(`${purpose}\0${text}`).digest('base64url'),
    seal: (plain, about) => sealing.seal(plain, about).toString('base64url'),
    open: (sealed, about) => sealing.open(Buffer.from(sealed, 'base64url'), about),
  }
}

/** Takes the same time wherever two texts of one length differ. */
export function sameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
