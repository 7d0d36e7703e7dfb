import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { instant } from '#kernel'
import { fromLocal, toLocal } from './local-time.ts'

test('what a field shows is read back as the same minute, summer and winter', () => {
  const minutes = fc.integer({ min: Date.UTC(2000, 0, 1) / 60_000, max: Date.UTC(2060, 0, 1) / 60_000 })
  fc.assert(
    fc.property(minutes, (minute) => {
      const at = minute * 60_000
      const read = Date.parse(fromLocal(toLocal(at))!)
      // The hour that comes twice in October is read as its second coming.
      assert.ok(read === at || (read === at + 3_600_000 && toLocal(read) === toLocal(at)), instant(at))
    }),
    { numRuns: Number(process.env.HOLDFAST_RUNS ?? 500) },
  )
})

test('times are London time, in the forms that people use', () => {
  assert.equal(fromLocal('2025-11-25T06:30'), '2025-11-25T06:30:00.000Z')
  assert.equal(fromLocal('2025-07-01T06:30'), '2025-07-01T05:30:00.000Z')
  assert.equal(fromLocal('1/7/2025 6:30'), '2025-07-01T05:30:00.000Z')
  assert.equal(fromLocal(' 25/11/2025, 18.05 '), '2025-11-25T18:05:00.000Z')
})

test('what is no time is not guessed at', () => {
  for (const text of [
    '',
    'yesterday',
    '2025-02-30T10:00',
    '31/4/2025 10:00',
    '2025-11-25',
    '2025-11-25T24:10',
    '25/11/2025 6:99',
  ])
    assert.equal(fromLocal(text), null, text)
})
