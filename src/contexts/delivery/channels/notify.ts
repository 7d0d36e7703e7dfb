import { NotifyClient } from 'notifications-node-client'
import type { Millis } from '#kernel'
import { isEmailAddress, isTelephoneNumber } from '../core/addresses.ts'
import type { Words } from '../core/fill-in.ts'
import type { Answer, Seen } from '../core/life.ts'
import { seenByNotify } from '../core/notify-status.ts'
import type { Carrier, Outgoing } from './channel.ts'
import { type Exchange, exchange } from './notify-exchange.ts'

export interface NotifyOptions {
  readonly key: string
  readonly url: string
  readonly channel: 'email' | 'sms'
  /** Its text is `((body))`, the subject of an e-mail `((subject))`. */
  readonly template: string
  readonly perSecond: number
  /** This machine's clock, which Notify's tokens are stamped by. */
  readonly now?: () => Millis
}

/** E-mail or text messages by GOV.UK Notify. */
export function notifyCarrier(options: NotifyOptions): Carrier {
  const { key, url, channel, template, perSecond, now = Date.now } = options
  let ahead: Millis | null = null
  const client = new NotifyClient(url, key)
  // The client's own way out has no time limit, and its errors carry what was sent.
  client.setClient(((request: Parameters<typeof exchange>[0]) => exchange(request, heard)) as never)
  function heard(date: string | null) {
    const theirs = Date.parse(date ?? '')
    if (!Number.isNaN(theirs)) ahead = now() - theirs
  }

  function send({ address, words, reference }: Outgoing): Promise<unknown> {
    if (channel === 'sms')
      return client.sendSms(template, address, { personalisation: { body: bodyOf(words) }, reference })
    const personalisation = { subject: words.subject, body: bodyOf(words) }
    return client.sendEmail(template, address, {
      personalisation,
      reference,
      ...(words.unsubscribe === undefined ? {} : { oneClickUnsubscribeURL: words.unsubscribe }),
    })
  }

  return {
    channel,
    provider: 'notify',
    rate: { perSecond, burst: perSecond },
    whenLost: 'look-up',
    clockAhead: () => ahead,
    async prepare(outgoing) {
      const fits = channel === 'sms' ? isTelephoneNumber : isEmailAddress
      if (!fits(outgoing.address)) return { kind: 'refused', failure: 'permanent', answer: 'address-malformed' }
      return {
        drop() {},
        handOver: () => send(outgoing).then(taken, (error: Exchange) => answerTo(error)),
      }
    },
    async lookUp(reference): Promise<Seen | null> {
      try {
        const { data } = (await client.getNotifications(undefined, undefined, reference)) as unknown as {
          data: { notifications: readonly { id: string; status: string; reference: string }[] }
        }
        // Of several under one reference, which never should be, the one that came furthest counts.
        const found = data.notifications
          .filter((one) => one.reference === reference)
          .map(({ id, status }) => seenByNotify(status, id))
        return (
          found.find(({ kind }) => kind === 'delivered') ??
          found.find(({ kind }) => kind === 'pending') ??
          found[0] ?? { kind: 'absent', answer: 'notify-absent' }
        )
      } catch {
        return null
      }
    },
    close() {},
  }
}

function bodyOf({ text, link }: Words): string {
  return link === undefined ? text : `${text}\n\n${link}`
}

function taken(response: unknown): Answer {
  const { data } = response as { data?: { id?: unknown } }
  return {
    kind: 'accepted',
    answer: 'notify-201',
    receipts: true,
    ...(typeof data?.id === 'string' ? { providerId: data.id } : {}),
  }
}

const MINUTE: Millis = 60_000

function answerTo({ status, errors, retryAfter, left }: Exchange): Answer {
  if (status === undefined)
    return left ? { kind: 'lost', answer: 'notify-no-answer' } : closed('notify-unreachable', MINUTE / 4)
  const answer = `notify-${status}`
  if (status === 429) {
    // The day's limit ends at midnight, the minute's with the minute.
    const day = errors.some(({ error }) => error === 'TooManyRequestsError')
    return closed(answer, retryAfter ?? (day ? 30 * MINUTE : MINUTE / 2))
  }
  if (status === 401 || status === 403) return closed(answer, MINUTE)
  // A gateway in between cannot say what became of it.
  if (status === 502 || status === 504) return { kind: 'lost', answer }
  if (status >= 500) return { kind: 'temporary', answer, retryAfter }
  const aboutAddress = errors.some(({ message }) => /^(email_address|phone_number)\b/.test(message))
  return { kind: 'refused', failure: aboutAddress ? 'permanent' : 'temporary', answer }
}

function closed(answer: string, pause: Millis): Answer {
  return { kind: 'closed', answer, pause }
}
