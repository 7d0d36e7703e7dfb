import type { Frame } from '#command'
import { MAY_ORDER } from '../core/may-order.ts'
import type { DeliveriesAnswer } from '../queries.ts'

export interface DeliveriesPage {
  readonly frame: Frame
  readonly title: string
  readonly path: string
  readonly error: string | null
  readonly mayOrder: boolean
  /** What must be said about the channels before anything else. */
  readonly notices: readonly string[]
  readonly batches: readonly {
    readonly name: string
    readonly queuedAt: string
    readonly stopped: boolean
    readonly goesOn: boolean
    readonly canRetry: boolean
    readonly mayHaveArrived: number
    readonly rows: readonly {
      readonly channel: string
      readonly waiting: number
      readonly sent: number
      readonly delivered: number
      readonly failed: number
      readonly unknown: number
      readonly stopped: number
    }[]
  }[]
  readonly letters: readonly {
    readonly delivery: string
    readonly batch: string
    readonly channel: string
    readonly at: string
    readonly what: string
    readonly because: string
    readonly attempts: number
    readonly canRetry: boolean
  }[]
  readonly lettersCut: boolean
}

const CHANNEL_WORDS: Readonly<Record<string, string>> = {
  email: 'E-mail',
  sms: 'Text message',
  'web-push': 'Browser notification',
  x: 'X',
}
const WHAT: Readonly<Record<string, string>> = {
  failed: 'Not delivered',
  unknown: 'Perhaps delivered',
  stopped: 'Held back',
}
/** GOV.UK Notify refuses what is stamped by a clock that is further off. */
const MOST_SECONDS = 30
const MOST_LETTERS = 200

export function deliveriesPage(frame: Frame, answer: DeliveriesAnswer, error: string | null): DeliveriesPage {
  const { batches, deadLetters } = answer
  const title = 'Messages'
  const stopped = new Set(batches.filter((one) => one.stopped).map((one) => one.batch))
  return {
    frame,
    title: error === null ? title : `Error: ${title}`,
    path: `/console/${frame.organisation.slug}/deliveries`,
    error,
    mayOrder: frame.roles.some((role) => MAY_ORDER.includes(role)),
    notices: noticesOf(answer),
    batches: batches.map(({ batch, queuedAt, stopped: isStopped, mendable, unsure, channels }) => {
      const rows = channels.map(({ channel, counts }) => rowOf(channel, counts))
      return {
        name: batch,
        queuedAt,
        stopped: isStopped,
        goesOn: !isStopped && rows.some(({ waiting }) => waiting > 0),
        canRetry: !isStopped && mendable > 0,
        mayHaveArrived: isStopped ? 0 : unsure,
        rows,
      }
    }),
    letters: deadLetters.map(({ delivery, batch, channel, at, state, because, attempts, retriable }) => ({
      delivery,
      batch,
      channel: CHANNEL_WORDS[channel] ?? channel,
      at,
      what: WHAT[state] ?? state,
      because: because ?? 'The reason is not known.',
      attempts,
      canRetry: retriable && !stopped.has(batch),
    })),
    lettersCut: deadLetters.length >= MOST_LETTERS,
  }
}

function rowOf(channel: string, counts: Readonly<Record<string, number>>) {
  const count = (state: string) => counts[state] ?? 0
  return {
    channel: CHANNEL_WORDS[channel] ?? channel,
    waiting: count('waiting') + count('sending'),
    sent: count('sent'),
    delivered: count('delivered'),
    failed: count('failed'),
    unknown: count('unknown'),
    stopped: count('stopped'),
  }
}

function noticesOf({ channels, clockAhead }: DeliveriesAnswer): string[] {
  const notices: string[] = []
  if (channels.length === 0)
    notices.push('No channel is set up here: nothing is sent. Whoever runs this installation sets them up.')
  if (clockAhead !== null && Math.abs(clockAhead) > MOST_SECONDS)
    notices.push(
      `This machine’s clock is ${Math.abs(clockAhead)} seconds ${clockAhead > 0 ? 'ahead of' : 'behind'} GOV.UK Notify’s. Beyond ${MOST_SECONDS} seconds Notify refuses our messages: set the clock right.`,
    )
  return notices
}
