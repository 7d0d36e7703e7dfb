import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Need } from '../estate.ts'
import { compile } from './compile.ts'
import { evaluate } from './evaluation.ts'
import { nodeOf } from './graph.ts'
import { impactAt } from './impact-at.ts'

const onIdentity: Need = { anyOf: ['w/identity'], atLeast: 1, strength: 'requires', buffer: 'PT8H' }
const onDocuments: Need = { anyOf: ['w/documents', 'elsewhere/x'], atLeast: 2, strength: 'uses' }

test('impact is written with ISO times, null for never, and the chain of the level in force', () => {
  const component = (id: string) => ({ id, name: id, kind: 'platform' as const, needs: [] })
  const graph = compile([
    {
      organisation: 'w',
      components: [component('w/identity'), component('w/documents')],
      services: [{ id: 'w/pay', name: 'Pay', statutory: true, needs: [onIdentity, onDocuments] }],
    },
  ])
  const lost = Date.UTC(2025, 10, 25, 9)
  const evaluation = evaluate(
    graph,
    ['w/identity', 'w/documents'].map((id) => ({ node: nodeOf(graph, id), degradedFrom: lost, stoppedFrom: lost })),
  )
  const now = impactAt(evaluation, lost)
  const times = { degradedFrom: '2025-11-25T09:00:00.000Z', stoppedFrom: '2025-11-25T17:00:00.000Z' }
  assert.deepEqual(Object.keys(now), ['w/identity', 'w/documents', 'w/pay'])
  assert.deepEqual(now['w/pay'], { level: 'degraded', ...times, because: ['w/pay', 'w/documents'] })
  const later = impactAt(evaluation, lost + 28_800_000)
  assert.deepEqual(later['w/pay'], { level: 'stopped', ...times, because: ['w/pay', 'w/identity'] })
  const well = impactAt(evaluate(graph), lost)['w/pay']
  assert.deepEqual(well, { level: 'normal', degradedFrom: null, stoppedFrom: null, because: [] })
})
