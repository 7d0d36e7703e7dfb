import { randomBytes } from 'node:crypto'
import type { Millis } from '#kernel'
import type { Database } from '#platform/database'
import { type Keys, sameText } from './keys.ts'
import { spend } from './spent.ts'

const LASTS: Millis = 10 * 60_000
const CHALLENGE = /^[A-Za-z0-9_-]{22}\.[0-9a-z]{1,11}\.[A-Za-z0-9_-]{43}$/

/**
 * A challenge for one purpose (`sign-in`, or with whom or what it is about) that needs no row until it is used: random
 * part, end of its life, and a MAC over both. What the authenticator signs is its base64url.
 */
export function newChallenge(keys: Keys, purpose: string, now: Millis): string {
  const open = `${randomBytes(16).toString('base64url')}.${(now + LASTS).toString(36)}`
  return `${open}.${keys.mac('challenge', `${purpose} ${open}`)}`
}

/** Whether it was made here for this purpose, is still alive and has not served before. Uses it up. */
export async function takeChallenge(
  { keys, database }: { keys: Keys; database: Pick<Database, 'query'> },
  purpose: string,
  signed: string,
  now: Millis,
): Promise<boolean> {
  const challenge = Buffer.from(signed, 'base64url').toString('utf8')
  if (!CHALLENGE.test(challenge)) return false
  const end = challenge.lastIndexOf('.')
  const open = challenge.slice(0, end)
  if (!sameText(keys.mac('challenge', `${purpose} ${open}`), challenge.slice(end + 1))) return false
  const until = Number.parseInt(open.slice(open.indexOf('.') + 1), 36)
  return until > now && spend(database, `challenge ${open}`, until, now)
}
