import { randomBytes, type ScryptOptions, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import type { RecoveryCodes } from '../core/people.ts'
import { sameText } from './keys.ts'

const COUNT = 8
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz'
// About 50 ms and 32 MB each; the codes have 80 random bits, so that this is a second wall and not the first.
const COST: ScryptOptions = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }
const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt)

/** Eight codes such as `4k7m-9qxr-2vdb-h0tw` to print, and what may be kept of them. */
export async function newRecoveryCodes(): Promise<{ codes: string[]; kept: RecoveryCodes }> {
  const salt = randomBytes(16).toString('base64url')
  const codes = Array.from({ length: COUNT }, newCode)
  const hashes: string[] = []
  for (const code of codes) hashes.push(await hashOf(code, salt))
  return { codes, kept: { salt, hashes } }
}

/** The hash that the typed code matches; null where none. Takes as long for people without codes. */
export async function matchRecoveryCode(kept: RecoveryCodes | null, typed: string): Promise<string | null> {
  const hash = await hashOf(typed, kept?.salt ?? 'nobody')
  let match: string | null = null
  for (const one of kept?.hashes ?? []) if (sameText(one, hash)) match = one
  return match
}

function newCode(): string {
  const letters = Array.from(randomBytes(16), (byte) => LETTERS[byte % 32]).join('')
  return letters.match(/.{4}/g)!.join('-')
}

async function hashOf(code: string, salt: string): Promise<string> {
  // People write o for 0 and l or i for 1: Crockford's alphabet has none of them.
  const plain = code.toLowerCase().replace(/[\s-]/g, '').replaceAll('o', '0').replace(/[il]/g, '1').slice(0, 64)
  return (await derive(plain, Buffer.from(salt, 'base64url'), 32, COST)).toString('base64url')
}
