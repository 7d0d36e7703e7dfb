import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { AppendRequest } from '../append-request.ts'
import { createQueue, type Waiting } from './queue.ts'

function waiting(organisation: string, stream: string, more: { id?: string; events?: number } = {}): Waiting {
  const request: AppendRequest = {
    organisation,
    stream,
    expectedVersion: 0,
    events: Array.from({ length: more.events ?? 1 }, () => ({ type: 'test.counted', v: 1, data: {} })),
    actor: { kind: 'operator' },
    ...(more.id && { command: { id: more.id, digest: '', answer: {} } }),
  }
  return { request, settle: () => {}, fail: () => {} }
}

const organisationsOf = (group: readonly Waiting[] | null) =>
  [...new Set(group?.map(({ request }) => request.organisation))].sort()

test('few appends go in one group, and those that come meanwhile wait for it', () => {
  const queue = createQueue()
  for (let n = 0; n < 31; n++) queue.add(waiting(`o${n % 4}`, `${n}`))
  const group = queue.take()
  assert.equal(group?.length, 31)
  for (let n = 0; n < 15; n++) queue.add(waiting('another', `${n}`))
  assert.equal(queue.take(), null)
  queue.landed(group!)
  assert.equal(queue.take()?.length, 15)
})

test('many go in two groups that have no journal in common; a third waits', () => {
  const queue = createQueue()
  for (let n = 0; n < 64; n++) queue.add(waiting(`o${n % 33}`, `${n}`))
  const [one, other] = [queue.take(), queue.take()]
  assert.equal(one!.length + other!.length, 64)
  assert.ok(Math.abs(one!.length - other!.length) < 4)
  assert.equal(organisationsOf([...one!, ...other!]).length, 33)
  assert.equal(organisationsOf(one).length + organisationsOf(other).length, 33)
  for (let n = 0; n < 64; n++) queue.add(waiting(`new${n}`, `${n}`))
  assert.equal(queue.take(), null)
})

test('one journal is never in two groups at once, and nothing is left behind or goes twice', () => {
  const step = fc.oneof(
    fc.record({
      kind: fc.constant('add' as const),
      organisation: fc.nat(5),
      id: fc.option(fc.nat(3)),
      events: fc.integer({ min: 1, max: 300 }),
      times: fc.nat(40),
    }),
    fc.record({ kind: fc.constant('take' as const) }),
    fc.record({ kind: fc.constant('land' as const), which: fc.nat(1) }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const queue = createQueue()
      const added: Waiting[] = []
      const left: Waiting[] = []
      const flying: Waiting[][] = []
      const take = () => {
        const group = queue.take()
        if (!group) return false
        const busy = flying.flatMap((other) => organisationsOf(other))
        assert.ok(organisationsOf(group).every((organisation) => !busy.includes(organisation)))
        const ids = group.flatMap(({ request }) =>
          request.command ? [`${request.organisation} ${request.command.id}`] : [],
        )
        assert.equal(new Set(ids).size, ids.length)
        const events = group.reduce((sum, { request }) => sum + request.events.length, 0)
        assert.ok(group.length === 1 || events <= 500)
        flying.push(group)
        assert.ok(flying.length <= 2)
        left.push(...group)
        return true
      }
      const land = (which: number) => {
        const [group] = flying.splice(which % Math.max(flying.length, 1), 1)
        if (group) queue.landed(group)
      }
      for (const one of steps) {
        if (one.kind === 'take') take()
        else if (one.kind === 'land') land(one.which)
        else
          for (let n = 0; n < one.times; n++) {
            const more = one.id === null ? {} : { id: String(one.id) }
            const next = waiting(`o${one.organisation}`, `${added.length}`, { ...more, events: one.events })
            added.push(next)
            queue.add(next)
          }
      }
      while (flying.length > 0 || take()) land(0)
      assert.ok(queue.isEmpty())
      assert.equal(new Set(left).size, left.length)
      assert.equal(left.length, added.length)
    }),
    { numRuns: 500 },
  )
})
