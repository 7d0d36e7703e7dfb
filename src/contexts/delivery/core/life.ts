import type { Millis } from '#kernel'
import { backOff } from './back-off.ts'

export type State = 'waiting' | 'sending' | 'sent' | 'delivered' | 'failed' | 'unknown' | 'stopped'
export type Failure = 'permanent' | 'temporary'
/** Why it stands where it does, where the provider's answer does not say it. */
export type Reason = 'exercise' | 'stopped' | 'erased' | 'too-late' | 'restored'

/** What one delivery has come to. */
export interface Life {
  readonly state: State
  readonly reason: Reason | null
  readonly failure: Failure | null
  readonly attempts: number
  readonly dueAt: Millis
  readonly lease: string | null
  readonly leaseUntil: Millis | null
  readonly handedAt: Millis | null
  readonly provider: string | null
  readonly providerId: string | null
  readonly answer: string | null
  readonly lookAt: Millis | null
  readonly looks: number
  readonly endedAt: Millis | null
  /** Address and words are still there. */
  readonly sealed: boolean
}

/** What came of an attempt, as an adapter understands it. `answer`: a short code, never what was sent to whom. */
export type Answer =
  | {
      readonly kind: 'accepted'
      readonly answer: string
      readonly providerId?: string
      /** A receipt will say more. */
      readonly receipts?: boolean
    }
  /** Not taken: try again. */
  | { readonly kind: 'temporary'; readonly answer: string; readonly retryAfter?: Millis | null }
  /** Not taken, and never will be. */
  | { readonly kind: 'refused'; readonly answer: string; readonly failure: Failure }
  /** The channel takes nothing now, whatever it is: no fault of this message. */
  | { readonly kind: 'closed'; readonly answer: string; readonly pause: Millis }
  /** It left, and nobody knows whether it arrived. */
  | { readonly kind: 'lost'; readonly answer: string }
  /** It did not leave: its batch was stopped. */
  | { readonly kind: 'held' }

/** What becomes of what was lost: sent again, looked up at the provider, or left for a person to find out. */
export type WhenLost = 'retry' | 'look-up' | 'leave'

export interface Policy {
  readonly attempts: number
  readonly whenLost: WhenLost
  /** Whether the batch has been stopped by now. */
  readonly stopped: boolean
  /** From 0 to 1, by chance. */
  readonly chance: number
}

const LEASE: Millis = 75_000
const LOOKS: readonly Millis[] = [15, 60, 240, 720].map((minutes) => minutes * 60_000)
const LOST_LOOKS: readonly Millis[] = [60_000, 120_000, 180_000, 600_000]
/** A provider may still be working on what it has not answered. */
const SURELY_ABSENT: Millis = 300_000
/** GOV.UK Notify tries for three days, and forgets after seven. */
const LAST_LOOK: Millis = 5 * 86_400_000

export const leaseEnd = (now: Millis): Millis => now + LEASE

/** The intent: whoever holds the lease may hand it over from here on. Null for anybody else. */
export function intend(life: Life, lease: string, provider: string, now: Millis): Life | null {
  if (life.state !== 'waiting' || life.lease !== lease || !life.sealed) return null
  return {
    ...life,
    state: 'sending',
    attempts: life.attempts + 1,
    handedAt: now,
    leaseUntil: leaseEnd(now),
    provider,
    answer: null,
  }
}

/** Given back by whoever held it, not handed over. */
export function release(life: Life, lease: string): Life | null {
  return life.state === 'waiting' && life.lease === lease ? { ...life, lease: null, leaseUntil: null } : null
}

/** An answer to the attempt under this lease, before or after the intent; late ones count where nothing better is known. */
export function answered(life: Life, lease: string, answer: Answer, policy: Policy, now: Millis): Life | null {
  if (life.lease !== lease) return null
  const free: Life = { ...life, lease: null, leaseUntil: null }
  if (life.state !== 'waiting' && life.state !== 'sending' && life.state !== 'unknown')
    return answer.kind === 'accepted' ? { ...free, providerId: answer.providerId ?? life.providerId } : free
  switch (answer.kind) {
    case 'accepted':
      return { ...free, ...accepted(answer, now) }
    case 'held':
      return stopped({ ...free, attempts: Math.max(0, life.attempts - (life.state === 'waiting' ? 0 : 1)) })
    case 'refused':
      return failed({ ...free, answer: answer.answer }, answer.failure, now)
    case 'closed': {
      const attempts = life.state === 'waiting' ? life.attempts : Math.max(0, life.attempts - 1)
      return again({ ...free, attempts, answer: answer.answer }, now + answer.pause, policy, now)
    }
    case 'temporary': {
      const attempts = life.state === 'waiting' ? life.attempts + 1 : life.attempts
      const one = { ...free, attempts, answer: answer.answer }
      if (attempts >= policy.attempts) return failed(one, 'temporary', now)
      return again(one, now + backOff(attempts, policy.chance, answer.retryAfter), policy, now)
    }
    case 'lost':
      return lost({ ...life, answer: answer.answer }, policy, now)
  }
}

/** Whoever had it in hand is gone: it may have left. */
export function leaseRanOut(life: Life, policy: Policy, now: Millis): Life | null {
  if (life.state !== 'sending' || life.leaseUntil === null || life.leaseUntil > now) return null
  return lost({ ...life, answer: 'nobody-left' }, policy, now)
}

/** What the provider says by a receipt, or when it is asked: `pending` is on its way, `absent` was never taken. */
export type Seen =
  | { readonly kind: 'delivered' | 'pending' | 'absent'; readonly answer: string; readonly providerId?: string }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly answer: string; readonly providerId?: string }

export function seen(life: Life, what: Seen, policy: Policy, now: Millis): Life | null {
  if (life.state === 'delivered') return null
  const known = { ...life, providerId: what.providerId ?? life.providerId }
  switch (what.kind) {
    case 'delivered':
      return {
        ...known,
        ...ENDED,
        state: 'delivered',
        failure: null,
        answer: what.answer,
        endedAt: life.endedAt ?? now,
      }
    case 'failed':
      if (life.state === 'failed') return null
      return { ...failed({ ...known, answer: what.answer }, what.failure, now), lookAt: null }
    case 'pending':
      if (life.endedAt !== null) return null
      if (life.handedAt !== null && now - life.handedAt > LAST_LOOK)
        return { ...known, ...ENDED, state: 'sent', answer: what.answer, endedAt: now }
      return { ...known, ...ENDED, state: 'sent', answer: what.answer, ...lookLater(life, LOOKS, now) }
    case 'absent':
      if (life.endedAt !== null || life.lookAt === null) return null
      if (life.state === 'sent') return { ...life, ...ENDED, state: 'sent', endedAt: now }
      if (now - (life.handedAt ?? now) < SURELY_ABSENT) return { ...life, ...lookLater(life, LOST_LOOKS, now) }
      return life.attempts >= policy.attempts
        ? { ...failed({ ...life, answer: what.answer }, 'temporary', now), lookAt: null }
        : again({ ...life, answer: what.answer, lease: null, leaseUntil: null }, now, policy, now)
  }
}

/** The provider could not be asked. */
export function notSeen(life: Life, now: Millis): Life | null {
  if (life.lookAt === null) return null
  if (life.handedAt !== null && now - life.handedAt > LAST_LOOK) return { ...life, lookAt: null, endedAt: now }
  return { ...life, ...lookLater(life, life.state === 'sent' ? LOOKS : LOST_LOOKS, now) }
}

const ENDED = { reason: null, lookAt: null, lease: null, leaseUntil: null } as const

function accepted({ answer, providerId, receipts }: Extract<Answer, { kind: 'accepted' }>, now: Millis) {
  return {
    state: 'sent' as const,
    reason: null,
    answer,
    providerId: providerId ?? null,
    lookAt: receipts ? now + LOOKS[0]! : null,
    looks: 0,
    endedAt: receipts ? null : now,
  }
}

function lost(life: Life, policy: Policy, now: Millis): Life {
  // The lease stays known: an answer that comes after all still counts.
  const unknown: Life = { ...life, state: 'unknown', reason: null, leaseUntil: null }
  if (policy.whenLost === 'look-up') return { ...unknown, looks: 0, lookAt: now + LOST_LOOKS[0]! }
  if (policy.whenLost === 'leave') return { ...unknown, endedAt: now }
  const free: Life = { ...life, lease: null, leaseUntil: null }
  return life.attempts >= policy.attempts
    ? failed(free, 'temporary', now)
    : again(free, now + backOff(life.attempts, policy.chance), policy, now)
}

function again(life: Life, dueAt: Millis, policy: Policy, now: Millis): Life {
  if (!life.sealed) return { ...life, state: 'stopped', reason: 'erased', lookAt: null, endedAt: now }
  const open: Life = { ...life, lookAt: null, endedAt: null }
  return policy.stopped ? stopped(open) : { ...open, state: 'waiting', reason: null, dueAt }
}

/** Not ended: it can be resumed. */
function stopped(life: Life): Life {
  return { ...life, state: 'stopped', reason: 'stopped' }
}

function failed(life: Life, failure: Failure, now: Millis): Life {
  return { ...life, state: 'failed', reason: null, failure, lease: null, leaseUntil: null, endedAt: now }
}

function lookLater({ looks }: Life, pauses: readonly Millis[], now: Millis) {
  return { looks: looks + 1, lookAt: now + pauses[Math.min(looks, pauses.length - 1)]! }
}
