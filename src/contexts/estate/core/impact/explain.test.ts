import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NEVER } from '#kernel'
import { compile } from './compile.ts'
import { type Evaluation, evaluate } from './evaluation.ts'
import { explain, type Impairment } from './explain.ts'
import { nodeOf } from './graph.ts'
import { randomEstates, randomOwn, seeded } from './random-world.test.ts'

const RUNS = Number(process.env.HOLDFAST_RUNS ?? 10_000) / 4

test('every impaired node of random worlds has a chain of real needs to one own condition', () => {
  const random = seeded(7)
  for (let run = 0; run < RUNS; run++) {
    const estates = randomEstates(random, 16)
    const graph = compile(estates)
    const own = [...randomOwn(random, estates)].map(([id, times]) => ({ node: nodeOf(graph, id), ...times }))
    const evaluation = evaluate(graph, own)
    for (let node = 0; node < graph.size; node++)
      for (const level of ['degraded', 'stopped'] as const) assertChain(evaluation, node, level)
  }
})

function assertChain(evaluation: Evaluation, node: number, level: Impairment): void {
  const { graph } = evaluation
  const timeOf = (which: Impairment, of: number) =>
    which === 'degraded' ? evaluation.degradedFrom[of]! : evaluation.stoppedFrom[of]!
  const chain = explain(evaluation, node, level)
  assert.equal(chain.length > 0, timeOf(level, node) !== NEVER)
  if (chain.length === 0) return
  assert.equal(chain[0]?.node, node)
  assert.equal(chain[0]?.level, level)
  assert.equal(new Set(chain.map((step) => `${step.node} ${step.level}`)).size, chain.length, 'no step comes twice')
  for (const [i, step] of chain.entries()) {
    assert.equal(step.at, timeOf(step.level, step.node))
    const next = chain[i + 1]
    if (!next) {
      const own = step.level === 'degraded' ? evaluation.own.degradedFrom : evaluation.own.stoppedFrom
      assert.equal(own[step.node], step.at, 'the cause is lost for its own sake')
      assert.equal(step.need, undefined)
      continue
    }
    const need = step.need!
    const from = graph.alternativesFrom[need]!
    const alternatives = [...graph.alternatives.subarray(from, graph.alternativesFrom[need + 1])]
    assert.equal(graph.dependent[need], step.node)
    assert.ok(alternatives.includes(next.node), 'each step is a need of the one before')
    assert.equal(next.level, graph.uses[need] === 1 ? 'stopped' : step.level)
    assert.equal(step.at, next.at + (step.buffer ?? 0))
    assert.equal(step.buffer ?? 0, graph.buffer[need])
    const lost = alternatives.filter((other) => timeOf(next.level, other) <= next.at).length
    assert.ok(lost >= graph.losses[need]!, 'enough alternatives were gone by then')
  }
}

test('the loss of a group is told by its last straw, and a loop is never part of a chain', () => {
  const graph = compile([
    {
      organisation: 'w',
      services: [],
      components: [
        {
          id: 'portal',
          name: 'portal',
          kind: 'application',
          needs: [{ anyOf: ['portal-b', 'web', 'phone'], atLeast: 1, strength: 'requires', buffer: 'PT2S' }],
        },
        {
          id: 'portal-b',
          name: 'portal-b',
          kind: 'application',
          needs: [{ anyOf: ['web'], atLeast: 1, strength: 'requires' }],
        },
        { id: 'web', name: 'web', kind: 'channel', needs: [] },
        { id: 'phone', name: 'phone', kind: 'telephony', needs: [] },
      ],
    },
  ])
  const evaluation = evaluate(graph, [
    { node: nodeOf(graph, 'web'), degradedFrom: 1000, stoppedFrom: 1000 },
    { node: nodeOf(graph, 'phone'), degradedFrom: 0, stoppedFrom: 4000 },
  ])
  assert.deepEqual(explain(evaluation, nodeOf(graph, 'portal'), 'stopped'), [
    { node: nodeOf(graph, 'portal'), at: 6000, level: 'stopped', need: 0, buffer: 2000 },
    { node: nodeOf(graph, 'phone'), at: 4000, level: 'stopped' },
  ])
})
