import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Decision, isRefusal, parseInstant } from '#kernel'
import { checkRoute, removeRoute, setRoute } from './decide-routes.ts'
import {
  answerEnquiry,
  liftOverride,
  overrideStatus,
  receiveEnquiry,
  removeLine,
  setAdvice,
  setLine,
} from './decide-words.ts'
import { deskDecider } from './desk-state.ts'
import { AUDIENCES, type StatementsEvent } from './events.ts'

const now = parseInstant('2025-11-25T09:00:00Z')!
const later = '2025-11-25T12:00:00Z'
const service = 'westminster/report-it'
const phone = { route: 'desk', kind: 'phone', purpose: 'general', name: 'Desk', address: '020 7946 0100' } as const

function given(...events: StatementsEvent[]) {
  return events.reduce(deskDecider.evolve, deskDecider.initial())
}
function does(decision: Decision<StatementsEvent>): StatementsEvent {
  assert.ok(!isRefusal(decision), JSON.stringify(decision))
  assert.equal(decision.length, 1)
  return decision[0]!
}
function refusedAs(decision: Decision<StatementsEvent>, code: string, pointer?: string): void {
  assert.ok(isRefusal(decision), JSON.stringify(decision))
  assert.equal(decision.refused, code)
  assert.equal(decision.errors?.[0]?.pointer, pointer)
}
const set = () => does(setRoute(given(), phone, [], now))

test('a way to reach us is for everybody, works and was checked now, unless said otherwise', () => {
  assert.deepEqual(set().data, {
    ...phone,
    audiences: AUDIENCES,
    services: [],
    works: true,
    checkedAt: '2025-11-25T09:00:00.000Z',
    waitingTime: null,
  })
  const said = setRoute(
    given(),
    { ...phone, audiences: ['press'], works: false, waitingTime: 'PT20M', checkedAt: '2025-11-25T08:00:00+01:00' },
    [service],
    now,
  )
  assert.deepEqual(does(said).data, {
    ...phone,
    audiences: ['press'],
    services: [service],
    works: false,
    checkedAt: '2025-11-25T07:00:00.000Z',
    waitingTime: 'PT20M',
  })
})

test('a check has a known route and is not ahead of its time; removed twice is removed', () => {
  refusedAs(checkRoute(given(), { route: 'desk', works: true }, now), 'unknown-route', '/route')
  refusedAs(
    checkRoute(given(set()), { route: 'desk', works: true, checkedAt: later }, now),
    'time-in-the-future',
    '/checkedAt',
  )
  assert.deepEqual(does(checkRoute(given(set()), { route: 'desk', works: false, waitingTime: 'PT1H' }, now)).data, {
    route: 'desk',
    works: false,
    checkedAt: '2025-11-25T09:00:00.000Z',
    waitingTime: 'PT1H',
  })
  const removed = does(removeRoute(given(set()), phone))
  assert.deepEqual(removeRoute(given(set(), removed), phone), [])
})

test('an override ends after now, and only one that holds can be lifted', () => {
  const words = { level: 'normal', reason: 'A paper form is in use', told: 'Use the paper form.' } as const
  refusedAs(overrideStatus(service, { ...words, until: '2025-11-25T09:00:00Z' }, now), 'time-in-the-past', '/until')
  const overridden = does(overrideStatus(service, { ...words, until: later }, now))
  assert.deepEqual(overridden.data, { ...words, service, until: '2025-11-25T12:00:00.000Z' })
  does(liftOverride(given(overridden), service, 'Over', now))
  refusedAs(liftOverride(given(), service, 'Over', now), 'not-overridden')
  refusedAs(liftOverride(given(overridden), service, 'Over', parseInstant(later)!), 'not-overridden')
  const lifted = does(liftOverride(given(overridden), service, 'Over', now))
  refusedAs(liftOverride(given(overridden, lifted), service, 'Over', now), 'not-overridden')
})

test('advice that is left out is taken away; a line is set, replaced and removed', () => {
  assert.deepEqual(does(setAdvice(service, { alternative: 'Ring us.' })).data, {
    service,
    alternative: 'Ring us.',
    noNeedToContact: '',
  })
  const line = { line: 'waits', part: 'advice', audiences: ['staff'], text: 'People wait longer.' } as const
  const setOnce = does(setLine(given(), line))
  assert.deepEqual(setOnce.data, line)
  const removed = does(removeLine(given(setOnce), line))
  assert.deepEqual(removeLine(given(setOnce, removed), line), [])
})

test('an enquiry is answered as often as needed; a flood of unanswered ones is stopped', () => {
  const asked = { outlet: 'Invented Gazette', contact: 'desk@gazette.example', question: 'What happened?' }
  refusedAs(answerEnquiry(given(), { enquiry: 'one', answer: 'This.' }), 'unknown-enquiry')
  const one = does(receiveEnquiry(given(), asked, 'one'))
  assert.deepEqual(one.data, { enquiry: 'one', ...asked, deadline: '' })
  const answered = does(answerEnquiry(given(one), { enquiry: 'one', answer: 'This.' }))
  does(answerEnquiry(given(one, answered), { enquiry: 'one', answer: 'And this.' }))
  const flood = Array.from({ length: 1000 }, (_, i) => does(receiveEnquiry(given(), asked, `${i}`)))
  refusedAs(receiveEnquiry(given(...flood), asked, 'more'), 'too-many')
  const relieved = does(answerEnquiry(given(...flood), { enquiry: '7', answer: 'No comment.' }))
  does(receiveEnquiry(given(...flood, relieved), asked, 'more'))
})
