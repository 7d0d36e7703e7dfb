import { randomBytes } from 'node:crypto'
import { sameText } from '../proofs/keys.ts'
import type { ConsoleRequest } from './console-route.ts'
import { entryCookie, setCookie } from './cookies.ts'
import type { Desk } from './desk.ts'

const VALUE = /^[A-Za-z0-9_-]{22}$/

/** The CSRF token for forms of somebody who is not signed in, with the cookie that it is bound to. */
export function entryToken({ keys, url }: Desk, { cookies }: ConsoleRequest): { csrf: string; setCookies: string[] } {
  const known = cookies[entryCookie(url)]
  const value = known && VALUE.test(known) ? known : randomBytes(16).toString('base64url')
  return { csrf: keys.mac('entry', value), setCookies: [setCookie(url, entryCookie(url), value)] }
}

/** Otherwise another site could sign somebody in as somebody else, who then reads what they do. */
export function checkEntry({ keys, url }: Desk, { cookies, form }: ConsoleRequest): boolean {
  const value = cookies[entryCookie(url)]
  return value !== undefined && VALUE.test(value) && sameText(keys.mac('entry', value), form?.get('csrf') ?? '')
}
