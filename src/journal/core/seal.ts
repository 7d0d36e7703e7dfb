import { canonical } from './canonical.ts'
import { sha256 } from './hash.ts'

export const SALT_BYTES = 32

/**
 * The digest that stands for a sealed field in a leaf: `sha256:` and the hex of SHA-256(salt || canonical [field, value]).
 * The salt (32 random bytes) keeps short values from being guessed; once salt and value are erased, nothing tells them.
 */
export function seal(field: string, value: unknown, salt: Uint8Array): string {
  if (salt.length !== SALT_BYTES) throw new Error(`a salt has ${SALT_BYTES} bytes, not ${salt.length}`)
  const content = Buffer.from(canonical([field, value]))
  return `sha256:${sha256(Buffer.concat([salt, content])).toString('hex')}`
}

export function opens(digest: string, field: string, value: unknown, salt: Uint8Array): boolean {
  return salt.length === SALT_BYTES && seal(field, value, salt) === digest
}
