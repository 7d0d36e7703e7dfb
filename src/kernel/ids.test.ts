import assert from 'node:assert/strict'
import { test } from 'node:test'
import { uuidv7 } from './ids.ts'

const SHAPE = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

test('ids have the shape of RFC 9562, differ, sort by when they were made, and tell the time', () => {
  const began = Date.now()
  const ids = Array.from({ length: 50_000 }, () => uuidv7())
  for (const id of ids) assert.match(id, SHAPE)
  assert.equal(new Set(ids).size, ids.length)
  assert.deepEqual(ids.toSorted(), ids)
  const time = Number.parseInt(ids[0]!.slice(0, 8) + ids[0]!.slice(9, 13), 16)
  assert.ok(time >= began && time <= Date.now() + 100)
})

test('what follows the counter is drawn at random: every bit of it is set about half the time', () => {
  const counts = Array.from({ length: 62 }, () => 0)
  const draws = 4000
  for (let i = 0; i < draws; i++) {
    const bits = BigInt(`0x${uuidv7().slice(19).replace('-', '')}`)
    for (let bit = 0; bit < 62; bit++) if ((bits >> BigInt(bit)) & 1n) counts[bit]!++
  }
  // Seven standard deviations.
  for (const count of counts) assert.ok(Math.abs(count - draws / 2) < 7 * Math.sqrt(draws / 4), counts.join())
})
