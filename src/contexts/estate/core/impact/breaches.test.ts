import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NEVER } from '#kernel'
import { breaches } from './breaches.ts'
import { compile } from './compile.ts'
import { evaluate } from './evaluation.ts'

const needs = [{ anyOf: ['w/network'], atLeast: 1, strength: 'requires', buffer: 'PT1S' }] as const
const service = (id: string, limits: { rto?: string; mtpd?: string }) => ({
  id,
  name: id,
  statutory: false,
  needs,
  ...limits,
})

test('a service breaches its RTO and MTPD that long after it stops, and never where it has none', () => {
  const graph = compile([
    {
      organisation: 'w',
      components: [{ id: 'w/network', name: 'network', kind: 'network', needs: [] }],
      services: [
        service('w/both', { rto: 'PT4S', mtpd: 'P1D' }),
        service('w/neither', {}),
        service('w/mtpd', { mtpd: 'PT9S' }),
      ],
    },
  ])
  assert.deepEqual(breaches(evaluate(graph)), [])
  assert.deepEqual(breaches(evaluate(graph, [{ node: 0, degradedFrom: 0, stoppedFrom: 1000 }])), [
    { service: 1, stoppedFrom: 2000, rtoBreachedAt: 6000, mtpdBreachedAt: 86_402_000 },
    { service: 3, stoppedFrom: 2000, rtoBreachedAt: NEVER, mtpdBreachedAt: 11_000 },
  ])
})

test('a limit that is no ISO 8601 duration is refused', () => {
  const services = [service('w/odd', { rto: '4 hours' })]
  assert.throws(() => compile([{ organisation: 'w', components: [], services }]), /w\/odd: 4 hours is not/)
})
