import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRefusal, ROLES } from '#kernel'
import { openHouse } from '#test/house'
import { rooms } from '../src/main/rooms.ts'

test('each command of every room is given by the roles that it declares, and by no other', async (t) => {
  const house = await openHouse(t, rooms)
  await house.found('westminster')
  assert.ok(house.commands.size > 30)
  for (const { name, roles } of house.commands.values()) {
    for (const role of ROLES) {
      const outcome = await house.ask('westminster', name, { unheardOf: 1 }, { role })
      const refused = isRefusal(outcome) ? outcome.refused : 'done'
      assert.equal(refused === 'role-needed', !roles.includes(role), `${name} by ${role}: ${refused}`)
      assert.notEqual(refused, 'done', name)
    }
    assert.equal((await house.refused('westminster', name, {}, { role: [] })).refused, 'role-needed', name)
  }
})

test('each question of every room is answered to the roles that it declares, and to no other', async (t) => {
  const house = await openHouse(t, rooms)
  await house.found('westminster')
  assert.ok(house.queries.size > 5)
  for (const { name, roles } of house.queries.values()) {
    for (const role of ROLES) {
      const { refused } = await house.read('westminster', name, { unheardOf: 1 }, { role })
      assert.equal(refused === 'role-needed', !roles.includes(role), `${name} by ${role}: ${refused}`)
    }
    assert.equal((await house.read('westminster', name, {}, { role: [] })).refused, 'role-needed', name)
  }
})

test('what only signing in may do is offered to nobody', async (t) => {
  const house = await openHouse(t, rooms)
  const inner = rooms.flatMap((room) => room.inner ?? [])
  assert.ok(inner.length > 0)
  for (const { name } of inner) assert.ok(!house.commands.has(name), name)
})
