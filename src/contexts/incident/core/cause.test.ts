import assert from 'node:assert/strict'
import { test } from 'node:test'
import { because, type Cause } from './cause.ts'
import { plainName } from './plain-name.ts'
import { truth } from './truth.ts'

const at = (text: string) => Date.parse(text)
const cause = (more: Partial<Cause> = {}): Cause => ({
  neighbour: null,
  component: 'westminster/corporate-network',
  entry: 1,
  name: 'Corporate network',
  kind: 'network',
  condition: 'isolated',
  precautionary: true,
  since: at('2025-11-25T06:30:00Z'),
  expected: null,
  ...more,
})
const counts = (stopped: number, limited: number, usual: number) => ({
  stopped,
  limited,
  usual,
  total: stopped + limited + usual,
})

test('the truth is one sentence, whatever the numbers', () => {
  assert.equal(truth(counts(21, 8, 19)), '21 of 48 services have stopped, 8 are limited and 19 are running as usual.')
  assert.equal(truth(counts(1, 0, 47)), '1 of 48 services has stopped and 47 are running as usual.')
  assert.equal(truth(counts(0, 1, 1)), '1 of 2 services is limited and 1 is running as usual.')
  assert.equal(truth(counts(0, 0, 48)), 'all 48 services are running as usual.')
  assert.equal(truth(counts(48, 0, 0)), 'all 48 services have stopped.')
  assert.equal(truth(counts(1, 0, 0)), 'the one service has stopped.')
  assert.equal(truth(counts(0, 0, 0)), 'no services are listed here yet.')
})

test('isolation is told as a precaution where it is one, and never as compromise', () => {
  assert.equal(because(cause()), 'we have disconnected our corporate network as a precaution')
  assert.equal(because(cause({ precautionary: false })), 'we have disconnected our corporate network')
  const neighbour = 'Royal Borough of Kensington and Chelsea'
  const shared = cause({ neighbour, name: 'Shared directory' })
  assert.equal(because(shared), `${neighbour} has disconnected its shared directory as a precaution`)
  for (const condition of ['isolated', 'unavailable', 'degraded', 'unknown'] as const)
    assert.doesNotMatch(because(cause({ condition, precautionary: false })), /attack|compromise|breach|hack/)
})

test('other conditions are told by what we can do with the thing', () => {
  assert.equal(because(cause({ condition: 'unavailable' })), 'we cannot use our corporate network')
  assert.equal(
    because(cause({ condition: 'degraded', name: 'Teams', kind: 'platform' })),
    'we can use Teams only in part',
  )
  assert.equal(because(cause({ condition: 'unknown' })), 'we are checking whether we can rely on our corporate network')
})

test('suppliers and teams are not named', () => {
  const supplier = cause({ condition: 'unavailable', kind: 'supplier', name: 'Invented Payments Ltd' })
  assert.equal(because(supplier), 'we cannot use one of our suppliers')
})

test('names lose their brackets and their capital, unless they are proper names', () => {
  const plain = (name: string) => plainName(name).text
  assert.equal(plain('Sign-in (directory)'), 'sign-in')
  assert.equal(plain('Corporate network'), 'corporate network')
  assert.equal(plain('CCTV and traffic network'), 'CCTV and traffic network')
  assert.equal(plain('City Hall'), 'City Hall')
  assert.equal(plain('(all)'), '(all)')
})
