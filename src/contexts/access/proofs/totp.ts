import { createHmac } from 'node:crypto'
import { generateURI, verifySync } from 'otplib'
import type { Millis } from '#kernel'
import type { Database } from '#platform/database'
import type { Keys } from './keys.ts'
import { spend } from './spent.ts'

const PERIOD = 30
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/**
 * The secret (base32, 160 bits) that an enrolment link offers: derived, so that the page can be shown again without
 * keeping anything before the app has proved that it holds it.
 */
export function offeredSecret(keys: Keys, enrolmentSecret: string): string {
  const bytes = createHmac('sha1', keys.mac('totp', enrolmentSecret)).digest()
  let bits = ''
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0')
  return bits.replace(/.{5}/g, (five) => BASE32[Number.parseInt(five, 2)]!)
}

/** What an authenticator app reads from a QR code (Key Uri Format). */
export function otpauthUri(secret: string, issuer: string, label: string): string {
  return generateURI({ issuer, label, secret })
}

/**
 * The RFC 6238 time step that a code belongs to, allowing for a clock that is one step off; null where it is wrong.
 * Every code is compared in full.
 */
function stepOf(secret: string, code: string, now: Millis): number | null {
  if (!/^\d{6}$/.test(code)) return null
  const epoch = Math.floor(now / 1000)
  const found = verifySync({ secret, token: code, epoch, period: PERIOD, epochTolerance: PERIOD })
  return found.valid ? Math.floor(epoch / PERIOD) + (found.delta ?? 0) : null
}

/** Whether the code is right and was not used before (RFC 6238, 5.2). Uses it up. */
export async function takeCode(
  database: Pick<Database, 'query'>,
  { person, secret, code, now }: { person: string; secret: string; code: string; now: Millis },
): Promise<boolean> {
  const step = stepOf(secret, code, now)
  if (step === null) return false
  return spend(database, `totp ${person} ${step}`, (step + 3) * PERIOD * 1000, now)
}
