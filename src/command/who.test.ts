import assert from 'node:assert/strict'
import { test } from 'node:test'
import { operator } from '#kernel'
import { createSayWho } from './who.ts'

test('a reader is called you, others by their names, and by part of their id once the name has been erased', () => {
  const names = new Map([['p-0000001', 'Ada Example']])
  const who = createSayWho({ kind: 'person', id: 'p-0000009' }, (person) => names.get(person) ?? null)
  assert.equal(who({ kind: 'person', id: 'p-0000009' }), 'you')
  assert.equal(who({ kind: 'person', id: 'p-0000001' }), 'Ada Example')
  assert.equal(who({ kind: 'person', id: 'p-0000002' }), 'person 000002')
  assert.equal(who({ kind: 'token', id: 'p-0000009' }), 'machine 000009')
  assert.equal(who({ kind: 'exercise', id: 'x', by: 'press-office' }), 'press office (exercise)')
  assert.equal(who(operator.actor), 'the operator of this machine')
  assert.equal(who(undefined), 'somebody')
})
