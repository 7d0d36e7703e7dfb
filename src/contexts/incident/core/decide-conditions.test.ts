import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instant, isRefusal, type Millis, parseInstant } from '#kernel'
import type { IncidentDecision } from './decide.ts'
import { type Current, isolate, ownComponents, recordCondition, restore } from './decide-conditions.ts'
import type { IncidentEvent } from './events.ts'
import { incidentDecider } from './state.ts'

const now = parseInstant('2025-11-25T08:00:00Z')!
const hour = 3_600_000
const incident = 'one'
const declared: IncidentEvent = { type: 'incident.declared', v: 1, data: { incident, title: 't', summary: 's' } }
const stoodDown: IncidentEvent = {
  type: 'incident.stood-down',
  v: 1,
  data: { incident, stillIsolated: [], reason: '' },
}
const none = incidentDecider.initial()
const open = incidentDecider.evolve(none, declared)
const over = incidentDecider.evolve(open, stoodDown)
const running: Current = new Map()
const since = (
  time: Millis,
  condition: 'isolated' | 'unavailable' | 'degraded' | 'operational' = 'isolated',
  planned: Millis | null = null,
): Current => new Map([['w/network', { condition, since: time, planned }]])
const planned = (time: Millis) => since(0, 'operational', time)
const foreseen = { stopped: [], degraded: [] }

const record = (input: object, current = running, state = open) =>
  recordCondition(
    state,
    { component: 'network', condition: 'unavailable', reason: 'r', incident, ...input },
    'w/network',
    current,
    now,
  )
const isolating = (input: object = {}, current = running, state = open, components = ['w/network']) =>
  isolate(state, { incident, precautionary: true, rationale: 'r', ...input }, components, current, foreseen, now)
const restoring = (input: object = {}, current = since(now - hour), state = open) =>
  restore(state, { incident, evidence: 'e', ...input }, ['w/network'], current, now)

function refusedAs(decision: IncidentDecision, code: string, pointer?: string): void {
  assert.ok(isRefusal(decision), JSON.stringify(decision))
  assert.equal(decision.refused, code)
  assert.equal(decision.errors?.[0]?.pointer, pointer)
}
function does(decision: IncidentDecision): IncidentEvent {
  assert.ok(!isRefusal(decision), JSON.stringify(decision))
  assert.equal(decision.length, 1)
  return decision[0]!
}

for (const [name, decide] of Object.entries({
  'record-condition': (state: typeof open) => record({}, running, state),
  isolate: (state: typeof open) => isolating({}, running, state),
  restore: (state: typeof open) => restoring({}, since(now - hour), state),
}))
  test(`${name}: refused in an incident that is not there or is stood down`, () => {
    refusedAs(decide(none), 'unknown-incident')
    refusedAs(decide(over), 'incident-stood-down')
  })

test('record-condition: from now, or from when it began', () => {
  const event = does(record({}))
  assert.equal(event.occurredAt, instant(now))
  const earlier = does(record({ since: '2025-11-25T08:00:00+01:00' }))
  assert.deepEqual(earlier.data, {
    incident,
    component: 'w/network',
    condition: 'unavailable',
    since: instant(now - hour),
    reason: 'r',
  })
  assert.equal(earlier.occurredAt, instant(now - hour))
})

test('record-condition: belongs to no incident where none is named', () => {
  assert.equal((does(record({ incident: undefined }, running, none)).data as { incident: unknown }).incident, null)
})

test('record-condition: what holds already is already so, and a corrected time is not', () => {
  const down = since(now - hour, 'unavailable')
  assert.deepEqual(record({}, down), [])
  assert.deepEqual(record({ since: instant(now - hour) }, down), [])
  does(record({ since: instant(now - 2 * hour) }, down))
  assert.deepEqual(record({ condition: 'operational' }), [])
  does(record({ condition: 'isolated' }, planned(now + hour)))
  assert.deepEqual(record({ condition: 'degraded' }, since(now - hour, 'degraded', now + hour)), [])
})

test('record-condition: refuses what has not happened yet', () => {
  refusedAs(record({ since: instant(now + 1) }), 'time-in-the-future', '/since')
})

test('isolate: each component once, in order, with what was foreseen and why', () => {
  const input = { options: ['Wait', { title: 'Isolate', chosen: true }], authority: 'Gold' }
  const event = does(isolating(input, running, open, ['w/b', 'w/a', 'w/b']))
  assert.deepEqual(event.data, {
    incident,
    components: ['w/a', 'w/b'],
    precautionary: true,
    since: instant(now),
    expectedRestoration: null,
    foreseen,
    rationale: 'r',
    options: [{ title: 'Wait' }, { title: 'Isolate', chosen: true }],
    authority: 'Gold',
  })
})

test('isolate: a planned isolation is decided now and takes hold later', () => {
  const event = does(isolating({ since: instant(now + hour) }))
  assert.equal(event.occurredAt, instant(now))
  assert.equal((event.data as { since: string }).since, instant(now + hour))
  assert.equal(does(isolating({ since: instant(now - hour) })).occurredAt, instant(now - hour))
})

test('isolate: what is isolated is left out, and nothing is left of an isolation that holds already', () => {
  const current = since(now - hour)
  assert.deepEqual(isolating({}, current), [])
  assert.deepEqual(isolating({ since: instant(now + hour) }, current), [])
  const event = does(isolating({}, current, open, ['w/network', 'w/other']))
  assert.deepEqual((event.data as { components: readonly string[] }).components, ['w/other'])
})

test('isolate: a planned isolation can be brought forward, and the time of one corrected', () => {
  does(isolating({}, planned(now + hour)))
  assert.deepEqual(isolating({ since: instant(now + 2 * hour) }, planned(now + hour)), [])
  does(isolating({}, since(now - hour, 'degraded', now + hour)))
  does(isolating({ since: instant(now - 2 * hour) }, since(now - hour)))
})

test('isolate: the expectation is given by times or by durations from the isolation', () => {
  const expectedRestoration = { optimistic: 'PT4H', likely: 'P1D', pessimistic: '2025-12-01T08:00:00Z' }
  const event = does(isolating({ expectedRestoration, since: instant(now + hour) }))
  assert.deepEqual((event.data as { expectedRestoration: object }).expectedRestoration, {
    optimistic: instant(now + 5 * hour),
    likely: instant(now + 25 * hour),
    pessimistic: '2025-12-01T08:00:00.000Z',
  })
})

test('isolate: an expectation out of order, or after the year 9999, is refused', () => {
  for (const expectedRestoration of [
    { optimistic: 'P2D', likely: 'P1D', pessimistic: 'P3D' },
    { optimistic: 'P1D', likely: 'P3D', pessimistic: 'P2D' },
    { optimistic: '2025-11-24T08:00:00Z', likely: 'P1D', pessimistic: 'P2D' },
    { optimistic: 'P1D', likely: 'P2D', pessimistic: 'P100000000D' },
  ])
    refusedAs(isolating({ expectedRestoration }), 'times-out-of-order', '/expectedRestoration')
})

test('restore: from now or from when it was back; what runs already is already so', () => {
  const event = does(restoring())
  assert.deepEqual(event.data, { incident, components: ['w/network'], at: instant(now), evidence: 'e' })
  assert.equal(does(restoring({ at: instant(now - 1) })).occurredAt, instant(now - 1))
  assert.deepEqual(restoring({}, running), [])
  assert.deepEqual(restoring({}, since(now - hour, 'operational')), [])
})

test('restore: also of what is degraded or unavailable, and of an isolation that has not begun', () => {
  does(restoring({}, since(now - hour, 'degraded')))
  does(restoring({}, planned(now + hour)))
  does(restoring({}, since(now - hour, 'operational', now + hour)))
})

test('restore: neither in the future nor before the component went down', () => {
  refusedAs(restoring({ at: instant(now + 1) }), 'time-in-the-future', '/at')
  refusedAs(restoring({ at: instant(now - hour - 1) }), 'times-out-of-order', '/at')
})

const named = (...ids: string[]) => ids.map((id, position) => ({ id, pointer: `/components/${position}` }))
const own = (...ids: string[]) =>
  ownComponents(
    'w',
    named(...ids),
    (id) => id === 'w/network' || id === 'w/identity',
    () => 'w/network',
  )

test('own components: by short or whole id', () => {
  assert.deepEqual(own('network', 'w/identity'), ['w/network', 'w/identity'])
})

test('own components: every mistake is named with its pointer, a a neighbour by its own code', () => {
  const foreign = own('r/network')
  assert.ok(isRefusal(foreign))
  assert.equal(foreign.refused, 'not-our-component')
  const both = own('network', 'netwrok', 'r/x')
  assert.ok(isRefusal(both))
  assert.equal(both.refused, 'unknown-component')
  assert.deepEqual(
    both.errors?.map((error) => error.pointer),
    ['/components/1', '/components/2'],
  )
  assert.match(both.errors![0]!.detail, /did you mean w\/network\?/)
})

test('own components: thousands of unknown ones are refused in an answer of bounded size', () => {
  const all = own(...Array.from({ length: 5000 }, (_, i) => `x${i}`))
  assert.ok(isRefusal(all))
  assert.equal(all.errors?.length, 50)
  assert.match(all.detail, /and 4999 more/)
})
