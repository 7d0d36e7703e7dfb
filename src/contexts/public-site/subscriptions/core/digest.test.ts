import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Level } from '#contexts/estate'
import {
  type Change,
  differences,
  follows,
  type Levels,
  newsFor,
  type Picture,
  settle,
  toldByStatement,
} from './digest.ts'

const MINUTE = 60_000
const DELAY = 2 * MINUTE
const WINDOW = 15 * MINUTE
const usual: Picture = { levels: {}, settling: {} }
const told = (levels: Levels): Picture => ({ levels, settling: {} })

test('given all as usual, when a service stops, then it is news once it has stood for the delay', () => {
  const seen = settle(usual, { bins: 'stopped' }, 0, DELAY)
  assert.deepEqual(seen, { levels: {}, settling: { bins: { level: 'stopped', since: 0 } } })
  assert.deepEqual(settle(seen, { bins: 'stopped' }, DELAY - 1, DELAY).levels, {})
  assert.deepEqual(settle(seen, { bins: 'stopped' }, DELAY, DELAY), { levels: { bins: 'stopped' }, settling: {} })
})

test('given a service that stopped, when it is back before that, then nothing is news, and the delay begins anew', () => {
  const seen = settle(usual, { bins: 'stopped' }, 0, DELAY)
  const back = settle(seen, {}, DELAY - 1, DELAY)
  assert.deepEqual(back, usual)
  assert.deepEqual(settle(back, { bins: 'stopped' }, DELAY, DELAY).levels, {})
})

test('given a statement that names a service at its level, then that is told; at another level it still has to settle', () => {
  const seen = settle(usual, { bins: 'stopped', parks: 'degraded' }, 0, DELAY)
  const told = toldByStatement(seen, { bins: 'stopped', parks: 'degraded' }, [
    { service: 'bins', level: 'stopped' },
    { service: 'parks', level: 'stopped' },
  ])
  assert.deepEqual(told.levels, { bins: 'stopped' })
  assert.deepEqual(Object.keys(told.settling), ['parks'])
})

test('given somebody who follows bins, when parks stop, then there is no news for them', () => {
  const follower = { services: ['bins'], told: {}, toldAt: null }
  assert.deepEqual(newsFor(follower, told({ parks: 'stopped' }), 0, WINDOW), [])
  assert.deepEqual(newsFor(follower, told({ bins: 'degraded', parks: 'stopped' }), 0, WINDOW), [
    { service: 'bins', level: 'degraded' },
  ])
})

test('given a message a minute ago, then what is so now waits for the window, and is nothing if it went back', () => {
  const follower = { services: [], told: { bins: 'stopped' } as const, toldAt: 0 }
  assert.deepEqual(newsFor(follower, usual, MINUTE, WINDOW), [])
  assert.deepEqual(newsFor(follower, usual, WINDOW, WINDOW), [{ service: 'bins', level: 'normal' }])
  assert.deepEqual(newsFor(follower, told({ bins: 'stopped' }), WINDOW, WINDOW), [])
})

const SERVICES = ['bins', 'parks', 'housing'] as const
const LEVELS = ['normal', 'degraded', 'stopped'] as const
type Step = { wait: number; set: Record<string, Level> }

/** What the page showed at each look, written down whole, and the rules read off it in the plainest way. */
function naive(steps: readonly Step[], services: readonly string[]) {
  const times: number[] = []
  const shown: Record<string, Level>[] = []
  for (const { wait, set } of steps) {
    times.push((times.at(-1) ?? 0) + wait)
    shown.push({ ...(shown.at(-1) ?? { bins: 'normal', parks: 'normal', housing: 'normal' }), ...set })
  }
  const messages: { at: number; changes: Change[] }[] = []
  const believed: Record<string, Level> = { bins: 'normal', parks: 'normal', housing: 'normal' }
  const counts: Record<string, Level> = { ...believed }
  for (const [look, at] of times.entries()) {
    for (const service of SERVICES) {
      const level = shown[look]![service]!
      let first = look
      while (first > 0 && shown[first - 1]![service] === level) first -= 1
      // A run at this level that began when it already counted is no change.
      if (level !== counts[service] && at - times[first]! >= DELAY) counts[service] = level
    }
    const last = messages.at(-1)
    if (last && at - last.at < WINDOW) continue
    const mine = SERVICES.toSorted().filter((service) => services.length === 0 || services.includes(service))
    const changes = mine
      .filter((service) => counts[service] !== believed[service] && shown[look]![service] === counts[service])
      .map((service) => ({ service, level: counts[service]! }))
    if (changes.length === 0) continue
    // What was changing at that moment is not told, and waits for what becomes of it.
    Object.assign(believed, counts)
    messages.push({ at, changes })
  }
  return messages
}

test('over any changes, each message is what a naive reading of the page’s history gives', () => {
  const set = fc.dictionary(fc.constantFrom(...SERVICES), fc.constantFrom(...LEVELS), {
    maxKeys: 2,
    noNullPrototype: true,
  })
  const step = fc.record({ wait: fc.integer({ min: 1, max: 6 * MINUTE }), set })
  const chosen = fc.subarray([...SERVICES])
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), chosen, (steps, services) => {
      let picture = usual
      let told: Levels = {}
      let toldAt: number | null = null
      let at = 0
      let now: Record<string, Level> = {}
      const messages: { at: number; changes: Change[] }[] = []
      for (const { wait, set } of steps) {
        at += wait
        now = { ...now, ...set }
        const levels = Object.fromEntries(Object.entries(now).filter(([, level]) => level !== 'normal')) as Levels
        picture = settle(picture, levels, at, DELAY)
        const changes = newsFor({ services, told, toldAt }, picture, at, WINDOW)
        if (changes.length > 0) {
          messages.push({ at, changes })
          toldAt = at
        }
        // As the room does it: whoever may be written to has been brought up to date, also where nothing concerned them.
        const untold = differences(told, picture.levels).some(({ service }) => follows({ services }, service))
        if (changes.length > 0 || !untold) told = picture.levels
      }
      assert.deepEqual(messages, naive(steps, services))
    }),
    { numRuns: Number(process.env.HOLDFAST_RUNS ?? 3000) },
  )
})
