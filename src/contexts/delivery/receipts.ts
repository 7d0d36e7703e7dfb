import { createHash, timingSafeEqual } from 'node:crypto'
import type { RawAnswer, RawRoute } from '#platform/http'
import { seenByNotify } from './core/notify-status.ts'
import type { Sender } from './sender/sender.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Where GOV.UK Notify calls back with receipts; with any other token than the one that was agreed it learns nothing. */
export function receiptRoute(token: string | null, sender: () => Sender | null): RawRoute {
  return {
    method: 'POST',
    path: '/api/notify/receipts',
    async handle({ headers, body }) {
      if (token === null) return plain(404, 'No receipts are taken here.')
      if (!matches(headers.authorization, token)) return plain(401, 'The bearer token is not the one that was agreed.')
      const receipt = read(body)
      if (!receipt) return plain(400, 'This is not a receipt of GOV.UK Notify.')
      const receiver = sender()
      // Notify calls again in five minutes.
      if (!receiver) return plain(503, 'Holdfast is starting.')
      const { reference, status, id } = receipt
      if (UUID.test(reference)) await receiver.receive(reference, seenByNotify(status, id))
      return plain(200, 'Taken.')
    },
  }
}

function matches(given: string | string[] | undefined, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(typeof given === 'string' ? given : ''), digest(`Bearer ${token}`))
}

/** `to`, the address, is not even looked at. */
function read(body: Buffer): { reference: string; status: string; id?: string } | null {
  try {
    const { reference, status, id } = JSON.parse(body.toString('utf8')) as Record<string, unknown>
    if (typeof status !== 'string' || !STATUSES.has(status)) return null
    if (reference !== null && typeof reference !== 'string') return null
    return { reference: reference ?? '', status, ...(typeof id === 'string' && UUID.test(id) ? { id } : {}) }
  } catch {
    return null
  }
}

const STATUSES = new Set([
  'created',
  'sending',
  'pending',
  'sent',
  'delivered',
  'permanent-failure',
  'temporary-failure',
  'technical-failure',
  'validation-failed',
])

function plain(status: number, words: string): RawAnswer {
  return { status, type: 'text/plain; charset=utf-8', body: `${words}\n`, headers: { 'cache-control': 'no-store' } }
}
