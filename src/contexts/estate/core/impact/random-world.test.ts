import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatDuration, NEVER } from '#kernel'
import type { Component, Estate, Need, NodeId, Service } from '../estate.ts'
import { naiveTimes } from './naive-times.test.ts'

export type Random = () => number

/** mulberry32: the same seed gives the same world everywhere. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let z = state
    z = Math.imul(z ^ (z >>> 15), z | 1)
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61)
    return ((z ^ (z >>> 14)) >>> 0) / 4294967296
  }
}

export function below(random: Random, limit: number): number {
  return Math.floor(random() * limit)
}

export type Own = Map<NodeId, { degradedFrom: number; stoppedFrom: number }>

/** Two or three small organisations with cycles, k-of-n, buffers, both strengths and now and then an unknown target. */
export function randomEstates(random: Random, most = 12): Estate[] {
  const size = 2 + below(random, most - 1)
  const organisations = 2 + below(random, 2)
  const ids = Array.from({ length: size }, (_, i) => `org${below(random, organisations)}/n${i}`)
  const targets = random() < 0.2 ? [...ids, 'elsewhere/unknown'] : ids
  const density = 0.5 + 2 * random()
  const needOf = (): Need => {
    const wide = random() < 0.4 ? 2 + below(random, 4) : 1
    const anyOf = Array.from({ length: wide }, () => targets[below(random, targets.length)]!)
    const distinct = new Set(anyOf).size
    return {
      anyOf,
      atLeast: 1 + below(random, distinct),
      strength: random() < 0.3 ? 'uses' : 'requires',
      ...(random() < 0.35 && { buffer: formatDuration(below(random, 4) * 1000) }),
    }
  }
  const needsOf = () => Array.from({ length: below(random, 2 * density + 1) }, needOf)
  return Array.from({ length: organisations }, (_, number): Estate => {
    const mine = ids.filter((id) => id.startsWith(`org${number}/`))
    const services: Service[] = []
    const components: Component[] = []
    for (const id of mine)
      if (random() < 0.3) services.push({ id, name: id, statutory: false, rto: 'PT4S', mtpd: 'PT9S', needs: needsOf() })
      else components.push({ id, name: id, kind: 'platform', needs: needsOf() })
    return { organisation: `org${number}`, components, services }
  })
}

export function randomTimes(random: Random): { degradedFrom: number; stoppedFrom: number } {
  const kind = random()
  const first = below(random, 6) * 1000
  if (kind < 0.3) return { degradedFrom: first, stoppedFrom: first }
  if (kind < 0.5) return { degradedFrom: first, stoppedFrom: NEVER }
  if (kind < 0.7) return { degradedFrom: first, stoppedFrom: first + below(random, 5) * 1000 }
  return { degradedFrom: NEVER, stoppedFrom: NEVER }
}

export function randomOwn(random: Random, estates: readonly Estate[]): Own {
  const own: Own = new Map()
  for (const { id } of nodesOf(estates)) if (random() < 0.35) own.set(id, randomTimes(random))
  return own
}

export function nodesOf(estates: readonly Estate[]): (Component | Service)[] {
  return estates.flatMap((estate) => [...estate.components, ...estate.services])
}

test('random worlds hold cycles, losses at several times, and nodes that stay normal', () => {
  const random = seeded(1)
  let impaired = 0
  let normal = 0
  for (let run = 0; run < 200; run++) {
    const estates = randomEstates(random)
    for (const times of naiveTimes(estates, randomOwn(random, estates)).values())
      if (times.degradedFrom === NEVER) normal++
      else impaired++
  }
  assert.ok(impaired > 300 && normal > 300, `${impaired} impaired, ${normal} normal`)
})
