export const CHANNELS = ['email', 'sms', 'web-push'] as const
/** How somebody is told: X is no way to one person. */
export type UpdatesChannel = (typeof CHANNELS)[number]

/** What is wrong with an address: the catalogue says it (`address.missing` ...). */
export type Wrong = 'missing' | 'email' | 'mobile' | 'phone' | 'push'

/** An address in its one form, or what is wrong with it. */
export type Parsed = { readonly address: string } | { readonly wrong: Wrong }

const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/

/** What mail servers take in practice (RFC 5321 without quoted local parts and address literals). */
export function parseEmail(text: string): Parsed {
  const trimmed = text.trim()
  if (trimmed === '') return { wrong: 'missing' }
  const at = trimmed.lastIndexOf('@')
  const local = trimmed.slice(0, Math.max(at, 0))
  const domain = asciiDomain(trimmed.slice(at + 1))
  if (local === '' || local.length > 64 || !LOCAL.test(local) || domain === null || local.length + domain.length > 253)
    return { wrong: 'email' }
  return { address: `${local}@${domain}` }
}

/** Also for names with letters beyond a to z (RFC 5891), as browsers write them. */
function asciiDomain(text: string): string | null {
  if (/[\s/\\?#@:[\]%]/.test(text)) return null
  const host = URL.parse(`http://${text}`)?.hostname ?? ''
  return DOMAIN.test(host) && host.length <= 253 ? host : null
}

/** E.164. A number without a country is a British one: only mobile numbers of those get text messages. */
export function parsePhone(text: string): Parsed {
  const trimmed = text.trim()
  if (trimmed === '') return { wrong: 'missing' }
  const digits = trimmed
    .replace(/^(\+|00)(44)\s*\(0\)/, '$1$2')
    .replace(/[\s().\u2010-\u2015-]/g, '')
    .replace(/^00/, '+')
    .replace(/^0(?=7)/, '+44')
  if (/^0/.test(digits) || /^\+44(?!7)/.test(digits)) return { wrong: 'mobile' }
  const right = /^\+44/.test(digits) ? /^\+447[1-9]\d{8}$/ : /^\+[1-9]\d{7,14}$/
  return right.test(digits) ? { address: digits } : { wrong: 'phone' }
}

/**
 * The services that browsers push through. Only these are written to: an address that anybody may send in must not lead a
 * server into its own network.
 */
const PUSH_SERVICES = ['fcm.googleapis.com', 'push.services.mozilla.com', 'notify.windows.com', 'push.apple.com']

/** A browser's PushSubscription as JSON, reduced to what sending needs (RFC 8030, RFC 8291). */
export function parsePush(text: string, services: readonly string[] = PUSH_SERVICES): Parsed {
  const wrong: Parsed = { wrong: 'push' }
  let given: { endpoint?: unknown; keys?: { p256dh?: unknown; auth?: unknown } | null } | null
  try {
    given = JSON.parse(text)
  } catch {
    return wrong
  }
  const { endpoint, keys } = given ?? {}
  const url = typeof endpoint === 'string' && endpoint.length <= 1500 ? URL.parse(endpoint) : null
  if (url?.protocol !== 'https:' || url.port !== '' || url.username || url.password || url.hash) return wrong
  if (!services.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`))) return wrong
  const p256dh = base64url(keys?.p256dh, /^B[A-Za-z0-9_-]{86}$/)
  const auth = base64url(keys?.auth, /^[A-Za-z0-9_-]{22}$/)
  if (!p256dh || !auth) return wrong
  return { address: JSON.stringify({ endpoint: url.href, keys: { p256dh, auth } }) }
}

function base64url(value: unknown, shape: RegExp): string | null {
  if (typeof value !== 'string') return null
  const plain = value.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_')
  return shape.test(plain) ? plain : null
}

export function parseAddress(channel: UpdatesChannel, text: string): Parsed {
  return channel === 'email' ? parseEmail(text) : channel === 'sms' ? parsePhone(text) : parsePush(text)
}

/** The same for every spelling of one address: what it is looked up by. */
export function sameAddress(channel: UpdatesChannel, address: string): string {
  if (channel === 'email') return address.toLowerCase()
  return channel === 'sms' ? address : (JSON.parse(address) as { endpoint: string }).endpoint
}
