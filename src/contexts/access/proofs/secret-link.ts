import { createHash, randomBytes } from 'node:crypto'

const SECRET = /^[A-Za-z0-9_-]{43}$/

/** The address of a new enrolment link, to be shown once and kept nowhere, and the hash that is kept. */
export function newEnrolmentLink(url: string): { href: string; hash: string } {
  const secret = randomBytes(32).toString('base64url')
  return { href: new URL(`/console/enrol/${secret}`, url).href, hash: enrolmentHash(secret)! }
}

/** SHA-256 of a link's secret, lower-case hex; null where it is not shaped like one. */
export function enrolmentHash(secret: string): string | null {
  return SECRET.test(secret) ? createHash('sha256').update(secret).digest('hex') : null
}
