import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sayClock, sayDate, sayTime, startOfNextDay } from './times.ts'

test('times are said as GOV.UK says them, in London time', () => {
  const said = (text: string) => sayTime(Date.parse(text))
  assert.equal(said('2025-11-25T06:30:00Z'), '6:30am on Tuesday 25 November 2025')
  assert.equal(said('2025-11-25T17:30:00Z'), '5:30pm on Tuesday 25 November 2025')
  assert.equal(said('2025-11-24T13:00:59Z'), '1pm on Monday 24 November 2025')
  assert.equal(said('2025-11-24T12:05:00Z'), '12:05pm on Monday 24 November 2025')
  assert.equal(said('2025-11-24T12:00:00Z'), 'midday on Monday 24 November 2025')
  assert.equal(said('2025-11-24T00:10:00Z'), '12:10am on Monday 24 November 2025')
  assert.equal(said('2025-07-01T23:30:00Z'), '12:30am on Wednesday 2 July 2025')
})

test('midnight cannot be taken for the wrong end of the day', () => {
  assert.equal(sayTime(Date.parse('2025-11-25T00:00:00Z')), '12am (the start of the day) on Tuesday 25 November 2025')
})

test('a day is a London day', () => {
  assert.equal(sayDate(Date.parse('2025-07-01T23:30:00Z')), 'Wednesday 2 July 2025')
})

test('a time of day can be said alone', () => {
  assert.equal(sayClock(Date.parse('2025-07-01T17:05:00Z')), '6:05pm')
})

test('the next day starts at midnight in London, on days of 23, 24 and 25 hours', () => {
  const next = (text: string) => new Date(startOfNextDay(Date.parse(text))).toISOString()
  assert.equal(next('2025-11-25T12:00:00Z'), '2025-11-26T00:00:00.000Z')
  assert.equal(next('2025-07-01T22:59:59Z'), '2025-07-01T23:00:00.000Z')
  assert.equal(next('2025-07-01T23:00:00Z'), '2025-07-02T23:00:00.000Z')
  assert.equal(next('2025-03-29T12:00:00Z'), '2025-03-30T00:00:00.000Z')
  assert.equal(next('2025-03-30T00:00:00Z'), '2025-03-30T23:00:00.000Z')
  assert.equal(next('2025-10-25T23:00:00Z'), '2025-10-27T00:00:00.000Z')
})
