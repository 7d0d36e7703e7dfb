import type { FastifyReply } from 'fastify'
import { FEATURES } from '../security-headers.ts'

// The only HTML that scripts may put into a page is what the policy "holdfast" has fetched from here (src/islands/console.ts).
const CONSOLE = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types holdfast',
].join('; ')

/** What every answer of the console carries beside the headers that all answers have. */
export function consoleHeaders(reply: FastifyReply): void {
  reply.headers({
    'content-security-policy': CONSOLE,
    'permissions-policy': `${FEATURES}, publickey-credentials-create=(self), publickey-credentials-get=(self)`,
    'cache-control': 'no-store',
  })
}
