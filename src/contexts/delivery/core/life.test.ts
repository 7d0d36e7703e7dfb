import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  type Answer,
  answered,
  intend,
  type Life,
  leaseRanOut,
  notSeen,
  type Policy,
  release,
  type Seen,
  seen,
} from './life.ts'

const RUNS = Number(process.env.HOLDFAST_RUNS ?? 2000)
const fresh: Life = {
  state: 'waiting',
  reason: null,
  failure: null,
  attempts: 0,
  dueAt: 0,
  lease: null,
  leaseUntil: null,
  handedAt: null,
  provider: null,
  providerId: null,
  answer: null,
  lookAt: null,
  looks: 0,
  endedAt: null,
  sealed: true,
}

type Happens =
  | { readonly does: 'claim' | 'intend' | 'release' | 'crash' | 'stop' | 'resume' | 'not-seen'; readonly after: number }
  | { readonly does: 'answer'; readonly answer: Answer; readonly after: number }
  | { readonly does: 'see'; readonly what: Seen; readonly after: number }

const after = fc.integer({ min: 0, max: 600_000 })
const answer = fc.constantFrom<Answer>(
  { kind: 'accepted', answer: 'ok' },
  { kind: 'accepted', answer: 'ok', receipts: true },
  { kind: 'temporary', answer: 'later' },
  { kind: 'refused', answer: 'no', failure: 'permanent' },
  { kind: 'closed', answer: 'shut', pause: 60_000 },
  { kind: 'lost', answer: 'lost' },
  { kind: 'held' },
)
const what = fc.constantFrom<Seen>(
  { kind: 'delivered', answer: 'd' },
  { kind: 'pending', answer: 'p' },
  { kind: 'absent', answer: 'a' },
  { kind: 'failed', failure: 'permanent', answer: 'f' },
)
const happens: fc.Arbitrary<Happens> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ does: fc.constantFrom('claim' as const, 'intend' as const), after }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constantFrom(
        'release' as const,
        'crash' as const,
        'stop' as const,
        'resume' as const,
        'not-seen' as const,
      ),
      after,
    }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('answer' as const), answer, after }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('see' as const), what, after }) },
)

/**
 * The naive model knows nothing of leases and states: it counts what really left, and what anybody was told of it. One
 * sender at most has it in hand; whoever crashes forgets.
 */
test('whatever happens in whatever order, nothing is handed over again unless it is known not to have been taken', () => {
  fc.assert(
    fc.property(
      fc.array(happens, { maxLength: 40 }),
      fc.constantFrom<Policy['whenLost'][]>('leave', 'look-up'),
      fc.integer({ min: 1, max: 4 }),
      (all, whenLost, attempts) => {
        let [life, now, stopped, claims] = [fresh, 0, false, 0]
        let hand: { lease: string; left: boolean } | null = null
        // Of what left: how many nobody has answered, and whether one was taken.
        let [open, taken] = [0, false]
        const policy = (): Policy => ({ attempts, whenLost, stopped, chance: 0.5 })
        const become = (next: Life | null) => {
          if (next) life = next
        }
        for (const one of all) {
          now += one.after
          const before = life
          switch (one.does) {
            case 'claim':
              if (hand || life.state !== 'waiting' || life.dueAt > now || stopped) break
              if (life.lease !== null && life.leaseUntil! > now) break
              claims += 1
              hand = { lease: `lease-${claims}`, left: false }
              life = { ...life, lease: hand.lease, leaseUntil: now + 75_000 }
              break
            case 'intend': {
              if (!hand || hand.left) break
              const next = intend(life, hand.lease, 'invented', now)
              if (!next) {
                hand = null
                break
              }
              assert.ok(!taken, 'handed over after it had been taken')
              assert.equal(open, 0, 'handed over while an earlier one may have been taken')
              life = next
              hand.left = true
              open += 1
              break
            }
            case 'answer': {
              if (!hand) break
              if (!hand.left && ['accepted', 'lost'].includes(one.answer.kind)) break
              become(answered(life, hand.lease, one.answer, policy(), now))
              if (hand.left && one.answer.kind !== 'lost') open -= 1
              if (one.answer.kind === 'accepted') taken = true
              hand = null
              break
            }
            case 'release':
              if (!hand || hand.left) break
              become(release(life, hand.lease))
              hand = null
              break
            case 'crash':
              hand = null
              now += 80_000
              become(leaseRanOut(life, policy(), now))
              break
            case 'stop':
              stopped = true
              if (life.state === 'waiting') {
                life = { ...life, state: 'stopped', reason: 'stopped', lease: null, leaseUntil: null }
                if (hand && !hand.left) hand = null
              }
              break
            case 'resume':
              stopped = false
              if (life.state === 'stopped' && life.reason === 'stopped')
                life = { ...life, state: 'waiting', reason: null }
              break
            case 'not-seen':
              become(notSeen(life, now))
              break
            case 'see': {
              // The provider tells the truth: absent only of what it never took, and of nothing before it had anything.
              if (whenLost !== 'look-up' || life.handedAt === null) break
              if (one.what.kind === 'absent' ? taken || hand !== null : open === 0 && !taken) break
              const next = seen(life, one.what, policy(), now)
              if (one.what.kind !== 'absent') [open, taken] = [0, true]
              else if (next && next.state !== 'unknown') open = 0
              become(next)
              break
            }
          }
          assert.ok(life.attempts <= attempts, 'more attempts than there may be')
          if (before.state === 'delivered') assert.equal(life.state, 'delivered', 'delivered is the last word')
          if (life.state === 'sent' || life.state === 'delivered') assert.ok(taken, 'sent, but never taken')
          if (life.state === 'waiting' && !hand) assert.equal(open, 0, 'waits to be sent, but may have been taken')
          if (life.state === 'failed') assert.notEqual(life.endedAt, null)
        }
      },
    ),
    { numRuns: RUNS },
  )
})

test('what another attempt does no harm to is retried when it was lost, and ends as failed', () => {
  const policy: Policy = { attempts: 2, whenLost: 'retry', stopped: false, chance: 0.5 }
  const lost: Answer = { kind: 'lost', answer: 'lost' }
  let life: Life = fresh
  for (const lease of ['one', 'two']) {
    life = intend({ ...life, lease, leaseUntil: 75_000 }, lease, 'web-push', 0)!
    life = answered(life, lease, lost, policy, 0)!
  }
  assert.deepEqual([life.state, life.attempts, life.failure], ['failed', 2, 'temporary'])
})

test('an answer that comes after the lease had run out still counts', () => {
  const policy: Policy = { attempts: 2, whenLost: 'leave', stopped: false, chance: 0.5 }
  const sending = intend({ ...fresh, lease: 'one', leaseUntil: 75_000 }, 'one', 'smtp', 0)!
  const unknown = leaseRanOut(sending, policy, 80_000)!
  assert.equal(unknown.state, 'unknown')
  assert.equal(answered(unknown, 'one', { kind: 'accepted', answer: '250' }, policy, 90_000)!.state, 'sent')
})
