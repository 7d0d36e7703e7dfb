export type HeaderPairs = readonly (readonly [name: string, value: string])[]

// No forms, frames, plug-ins or inline code: what a page needs comes from its own address, or by the hash of its style.
const PAGE = [
  "default-src 'none'",
  "img-src 'self' data:",
  "font-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  // A script may put no text into a page or make an address a script, but by a policy of this name.
  "require-trusted-types-for 'script'",
  'trusted-types holdfast',
]
const DATA = "default-src 'none'; frame-ancestors 'none'"
export const FEATURES = 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()'

/** CSP of a page; `hashes` are CSP sources such as `'sha256-...'` for styles inside it. */
export function pagePolicy(hashes: readonly string[] = []): string {
  return [...PAGE, ["style-src 'self'", ...hashes].join(' ')].join('; ')
}

/** The same for inside the page, where another web server sends it: browsers take `frame-ancestors` from a header only. */
export function innerPolicy(hashes: readonly string[]): string {
  return [...PAGE.filter((one) => !one.startsWith('frame-ancestors')), `style-src ${hashes.join(' ')}`].join('; ')
}

/** For every answer; `policy` is the CSP, by default that of data, which no browser should run. */
export function securityHeaders(publicUrl: string, policy: string = DATA): HeaderPairs {
  return [
    ['Content-Security-Policy', policy],
    ['X-Content-Type-Options', 'nosniff'],
    ['X-Frame-Options', 'DENY'],
    ['Referrer-Policy', 'same-origin'],
    ['Permissions-Policy', FEATURES],
    ['Cross-Origin-Opener-Policy', 'same-origin'],
    ['Cross-Origin-Resource-Policy', 'same-origin'],
    ...(publicUrl.startsWith('https:')
      ? [['Strict-Transport-Security', 'max-age=31536000; includeSubDomains'] as const]
      : []),
  ]
}
