import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NEVER, parseDuration } from '#kernel'
import type { Estate, Need, NodeId } from '../estate.ts'

type Times = { degradedFrom: number; stoppedFrom: number }

/**
 * The definition, word for word, on the estates themselves: start where nothing is ever lost and apply the rules to
 * every node again and again until nothing moves. Shares no code with the engine; slow.
 */
export function naiveTimes(estates: readonly Estate[], own: ReadonlyMap<NodeId, Times>): Map<NodeId, Times> {
  const nodes = estates.flatMap((estate) => [...estate.components, ...estate.services])
  let times = new Map<NodeId, Times>(nodes.map(({ id }) => [id, { degradedFrom: NEVER, stoppedFrom: NEVER }]))
  for (;;) {
    const next = new Map<NodeId, Times>()
    for (const { id, needs } of nodes) {
      const mine = own.get(id)
      let degradedFrom = mine?.degradedFrom ?? NEVER
      let stoppedFrom = mine?.stoppedFrom ?? NEVER
      for (const need of needs) {
        const buffer = need.buffer === undefined ? 0 : parseDuration(need.buffer)!
        const stopped = lostFrom(need, (target) => times.get(target)?.stoppedFrom ?? NEVER) + buffer
        const degraded = lostFrom(need, (target) => times.get(target)?.degradedFrom ?? NEVER) + buffer
        if (need.strength === 'requires') {
          stoppedFrom = Math.min(stoppedFrom, stopped)
          degradedFrom = Math.min(degradedFrom, degraded)
        } else degradedFrom = Math.min(degradedFrom, stopped)
      }
      next.set(id, { degradedFrom: Math.min(degradedFrom, stoppedFrom), stoppedFrom })
    }
    const same = nodes.every(({ id }) => {
      const [a, b] = [times.get(id)!, next.get(id)!]
      return a.degradedFrom === b.degradedFrom && a.stoppedFrom === b.stoppedFrom
    })
    if (same) return next
    times = next
  }
}

/** The first moment when fewer than atLeast alternatives still hold. */
function lostFrom(need: Need, lostAt: (target: NodeId) => number): number {
  const alternatives = [...new Set(need.anyOf)]
  const moments = alternatives.map(lostAt).sort((a, b) => a - b)
  for (const moment of moments)
    if (alternatives.filter((target) => lostAt(target) > moment).length < need.atLeast) return moment
  return NEVER
}

test('the naive evaluator gives the worked example of the estate file', () => {
  const needs: Need[] = [
    { anyOf: ['w/network'], atLeast: 1, strength: 'requires' },
    { anyOf: ['w/identity'], atLeast: 1, strength: 'requires', buffer: 'PT8H' },
    { anyOf: ['w/documents'], atLeast: 1, strength: 'uses' },
  ]
  const bare = (id: string) => ({ id, name: id, kind: 'platform' as const, needs: [] })
  const tax = { ...bare('w/tax'), needs }
  const components = [bare('w/network'), bare('w/identity'), bare('w/documents'), tax]
  const estates = [{ organisation: 'w', components, services: [] }]
  const own = new Map([
    ['w/identity', { degradedFrom: 1000, stoppedFrom: 1000 }],
    ['w/documents', { degradedFrom: 0, stoppedFrom: 5000 }],
  ])
  assert.deepEqual(naiveTimes(estates, own).get('w/tax'), { degradedFrom: 5000, stoppedFrom: 28_801_000 })
})
