import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatDuration, instant, parseDuration, parseInstant } from './time.ts'

test('an instant needs an offset and a real day', () => {
  assert.equal(parseInstant('2025-11-25T10:51:00Z'), Date.UTC(2025, 10, 25, 10, 51))
  assert.equal(parseInstant('2025-11-25T10:51:00+01:00'), Date.UTC(2025, 10, 25, 9, 51))
  assert.equal(parseInstant('2025-11-25T10:51Z'), Date.UTC(2025, 10, 25, 10, 51))
  for (const bad of ['2025-11-25T10:51:00', '2025-11-25', '2025-02-30T10:00:00Z', '2025-11-25T25:00:00Z', 'now', ''])
    assert.equal(parseInstant(bad), null, bad)
})

test('a time that its offset leads out of the years 0000 to 9999 is refused, as it could not be written', () => {
  assert.equal(parseInstant('9999-12-31T23:59:59.999Z'), Date.parse('9999-12-31T23:59:59.999Z'))
  assert.equal(parseInstant('0000-01-01T00:00:00Z'), Date.parse('0000-01-01T00:00:00Z'))
  for (const bad of ['9999-12-31T23:59:59-01:00', '0000-01-01T00:00:00+01:00']) assert.equal(parseInstant(bad), null)
})

test('every instant that is written can be read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), (millis) => {
      assert.equal(parseInstant(instant(millis)), millis)
    }),
  )
})

test('durations are ISO 8601 without years and months', () => {
  assert.equal(parseDuration('PT8H'), 28_800_000)
  assert.equal(parseDuration('P5D'), 432_000_000)
  assert.equal(parseDuration('P1W'), 604_800_000)
  assert.equal(parseDuration('P1DT12H30M5S'), 131_405_000)
  for (const bad of ['P', 'PT', 'P1Y', 'P1M', '8H', 'P1DT', '-P1D', 'P1W2D', ''])
    assert.equal(parseDuration(bad), null, bad)
})

test('every duration that is written can be read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e12 }), (millis) => {
      assert.equal(parseDuration(formatDuration(millis)), millis)
    }),
  )
})
