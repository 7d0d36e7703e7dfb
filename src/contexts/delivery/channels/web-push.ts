import { createHash } from 'node:crypto'
import webPush from 'web-push'
import type { Answer } from '../core/life.ts'
import type { Carrier, Outgoing } from './channel.ts'
import { callable, type Guard, guardedPost, NotCallable } from './guarded-request.ts'
import { retryAfterOf } from './retry-after.ts'
import type { VapidKeys } from './vapid.ts'

export interface WebPushOptions {
  readonly keys: VapidKeys
  /** `mailto:` or `https:`: whom a push service writes to when it has trouble with us. */
  readonly contact: string
  readonly perSecond: number
  readonly guard?: Guard
}

/** A day: news of an incident that is older is not worth a buzz. */
const TTL_SECONDS = 86_400
/** RFC 8030, 7.2: a push service need not take more. */
const MOST_BYTES = 4096

/** Notifications of the browser. */
export function webPushCarrier({ keys, contact, perSecond, guard = {} }: WebPushOptions): Carrier {
  return {
    channel: 'web-push',
    provider: 'web-push',
    rate: { perSecond, burst: perSecond },
    // A second one of the same topic takes the place of the first (RFC 8030, 5.4), and of the one shown by its tag.
    whenLost: 'retry',
    async prepare(outgoing) {
      const subscription = readSubscription(outgoing.address)
      if (!subscription) return refused('address-malformed', 'permanent')
      const url = callable(subscription.endpoint, guard)
      if (url instanceof NotCallable) return refused('push-address', 'permanent')
      const topic = topicOf(outgoing)
      let request: ReturnType<typeof webPush.generateRequestDetails>
      try {
        request = webPush.generateRequestDetails(subscription, payloadOf(outgoing, topic), {
          vapidDetails: { subject: contact, ...keys },
          TTL: TTL_SECONDS,
          urgency: 'normal',
          topic,
        })
      } catch {
        // The keys of the subscription are no point of the curve.
        return refused('address-malformed', 'permanent')
      }
      const body = request.body as Buffer
      if (body.length > MOST_BYTES) return refused('too-long', 'temporary')
      const headers = request.headers as Record<string, string | number>
      return {
        drop() {},
        handOver: () =>
          guardedPost(url, { headers, body }, guard).then(
            ({ status, headers: answered }) => answerTo(status, answered['retry-after']),
            (error: unknown) => failure(error),
          ),
      }
    },
    close() {},
  }
}

interface Subscription {
  readonly endpoint: string
  readonly keys: { readonly p256dh: string; readonly auth: string }
}

function readSubscription(text: string): Subscription | null {
  try {
    const { endpoint, keys } = JSON.parse(text) as Partial<Subscription>
    const { p256dh, auth } = keys ?? {}
    if (typeof endpoint !== 'string' || typeof p256dh !== 'string' || typeof auth !== 'string') return null
    return { endpoint, keys: { p256dh, auth } }
  } catch {
    return null
  }
}

/** The same for every attempt of one message: 32 characters of base64url at most. */
function topicOf({ organisation, message }: Outgoing): string {
  return createHash('sha256').update(`${organisation}\0${message}`).digest('base64url').slice(0, 32)
}

function payloadOf({ words }: Outgoing, tag: string): string {
  const { subject, text, link } = words
  return JSON.stringify({ title: subject, body: text, tag, ...(link === undefined ? {} : { link }) })
}

function answerTo(status: number, retryAfter: string | undefined): Answer {
  const answer = `push-${status}`
  if (status >= 200 && status < 300) return { kind: 'accepted', answer }
  if (status === 404 || status === 410) return refused(answer, 'permanent')
  if (status === 429 || status >= 500) return { kind: 'temporary', answer, retryAfter: retryAfterOf(retryAfter) }
  return refused(answer, 'temporary')
}

function failure(error: unknown): Answer {
  const { code = 'no-answer' } = error as { code?: unknown }
  if (error instanceof NotCallable || code === 'NOT_CALLABLE') return refused('push-address', 'permanent')
  return { kind: 'temporary', answer: `push-${String(code)}` }
}

function refused(answer: string, failing: 'permanent' | 'temporary'): Answer {
  return { kind: 'refused', failure: failing, answer }
}
