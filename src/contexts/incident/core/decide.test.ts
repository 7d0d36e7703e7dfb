import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRefusal, parseInstant } from '#kernel'
import { declare, type IncidentDecision, standDown, updateMethane } from './decide.ts'
import { issueSitrep, recordAssumption, recordDecision, reviewAssumption } from './decide-records.ts'
import { handOverRole, takeRole } from './decide-roles.ts'
import type { IncidentEvent } from './events.ts'
import { incidentDecider } from './state.ts'

const now = parseInstant('2025-11-25T08:00:00Z')!
const incident = 'one'
const words = { title: 'Networks', summary: 'Shut as a precaution' }
const declared: IncidentEvent = { type: 'incident.declared', v: 1, data: { incident, ...words } }
const stoodDown: IncidentEvent = {
  type: 'incident.stood-down',
  v: 1,
  data: { incident, stillIsolated: [], reason: 'over' },
}
const taken = (role: 'strategic' | 'cell-lead', cell: string | null, holder?: string): IncidentEvent => ({
  type: 'incident.role-taken',
  v: 1,
  data: { incident, role, cell, holder },
})

function given(...events: IncidentEvent[]) {
  return events.reduce(incidentDecider.evolve, incidentDecider.initial())
}
const open = () => given(declared)

function refusedAs(decision: IncidentDecision, code: string, pointer?: string): void {
  assert.ok(isRefusal(decision), JSON.stringify(decision))
  assert.equal(decision.refused, code)
  assert.ok(decision.detail.endsWith('.'), decision.detail)
  assert.equal(decision.errors?.[0]?.pointer, pointer)
}
function does(decision: IncidentDecision): IncidentEvent {
  assert.ok(!isRefusal(decision), JSON.stringify(decision))
  assert.equal(decision.length, 1)
  return decision[0]!
}

/** Every command that works within an incident, with an input that an open incident accepts. */
const within = {
  'update-methane': (state: ReturnType<typeof given>, id = incident) =>
    updateMethane(state, { incident: id, methane: { major: true } }),
  'take-role': (state, id = incident) => takeRole(state, { incident: id, role: 'strategic', holder: 'Gold' }),
  'hand-over-role': (state, id = incident) => handOverRole(state, { incident: id, role: 'strategic', to: 'Gold' }),
  'record-decision': (state, id = incident) =>
    recordDecision(state, { incident: id, title: 'a', decision: 'b', rationale: 'c' }),
  'record-assumption': (state, id = incident) =>
    recordAssumption(state, { incident: id, assumption: 'a', reviewAt: '2025-11-26T08:00:00Z' }),
  'review-assumption': (state, id = incident) =>
    reviewAssumption(state, { incident: id, assumption: 1, holds: true, note: 'a' }),
  'issue-sitrep': (state, id = incident) =>
    issueSitrep(
      state,
      { incident: id, known: 'a', notKnown: 'b', doing: 'c' },
      { stopped: 0, degraded: 0, normal: 1 },
      now,
    ),
  'stand-down': (state, id = incident) => standDown(state, { incident: id, reason: 'over' }),
} satisfies Record<string, (state: ReturnType<typeof given>, id?: string) => IncidentDecision>

for (const [name, decide] of Object.entries(within)) {
  test(`${name}: refused in an incident that is not there`, () => {
    refusedAs(decide(given(), 'nowhere'), 'unknown-incident')
  })
  if (name !== 'stand-down')
    test(`${name}: refused once the incident is stood down`, () => {
      refusedAs(decide(given(declared, stoodDown)), 'incident-stood-down')
    })
}

test('declare: opens an incident with its times in UTC', () => {
  const input = { ...words, occurredAt: '2025-11-24T09:00:00+02:00', reportedAt: '2025-11-24T08:00:00Z' }
  const event = does(declare(given(), input, incident, now))
  assert.deepEqual(event, {
    type: 'incident.declared',
    v: 1,
    data: { incident, ...words },
    occurredAt: '2025-11-24T07:00:00.000Z',
    reportedAt: '2025-11-24T08:00:00.000Z',
  })
})

test('declare: an incident that is declared already is already so', () => {
  assert.deepEqual(declare(open(), words, incident, now), [])
})

test('declare: refuses what has not happened yet, and a report before the event', () => {
  const late = '2025-11-25T08:00:00.001Z'
  refusedAs(declare(given(), { ...words, occurredAt: late }, incident, now), 'time-in-the-future', '/occurredAt')
  refusedAs(declare(given(), { ...words, reportedAt: late }, incident, now), 'time-in-the-future', '/reportedAt')
  const swapped = { ...words, occurredAt: '2025-11-25T07:00:00Z', reportedAt: '2025-11-25T06:00:00Z' }
  refusedAs(declare(given(), swapped, incident, now), 'times-out-of-order', '/reportedAt')
  does(declare(given(), { ...words, occurredAt: '2025-11-25T08:00:00Z' }, incident, now))
})

test('take-role: once; again by the same person is already so; somebody else must have it handed over', () => {
  const take = (state: ReturnType<typeof given>, holder: string) =>
    takeRole(state, { incident, role: 'strategic', holder })
  const event = does(take(open(), 'A'))
  assert.deepEqual(event.data, { incident, role: 'strategic', cell: null, holder: 'A' })
  assert.deepEqual(take(given(declared, event), 'A'), [])
  refusedAs(take(given(declared, event), 'B'), 'role-held')
})

test('take-role: a role whose holder has been erased is still held', () => {
  const erased = given(declared, taken('strategic', null))
  refusedAs(takeRole(erased, { incident, role: 'strategic', holder: 'B' }), 'role-held')
  const event = does(handOverRole(erased, { incident, role: 'strategic', to: 'B' }))
  assert.deepEqual(event.data, { incident, role: 'strategic', cell: null, from: undefined, to: 'B' })
})

test('a cell lead leads a named cell, and each cell has its own', () => {
  refusedAs(takeRole(open(), { incident, role: 'cell-lead', holder: 'A' }), 'cell-needed', '/cell')
  refusedAs(handOverRole(open(), { incident, role: 'cell-lead', to: 'A' }), 'cell-needed', '/cell')
  const one = does(takeRole(open(), { incident, role: 'cell-lead', cell: 'data', holder: 'A' }))
  does(takeRole(given(declared, one), { incident, role: 'cell-lead', cell: 'recovery', holder: 'B' }))
  refusedAs(takeRole(given(declared, one), { incident, role: 'cell-lead', cell: 'data', holder: 'B' }), 'role-held')
})

test('hand-over-role: names both; to the holder it is already so; nobody cannot hand over', () => {
  const held = given(declared, taken('strategic', null, 'A'))
  const event = does(handOverRole(held, { incident, role: 'strategic', to: 'B' }))
  assert.deepEqual(event.data, { incident, role: 'strategic', cell: null, from: 'A', to: 'B' })
  assert.deepEqual(
    handOverRole(given(declared, taken('strategic', null, 'A'), event), { incident, role: 'strategic', to: 'B' }),
    [],
  )
  refusedAs(handOverRole(open(), { incident, role: 'strategic', to: 'B' }), 'role-not-held')
})

test('decisions, assumptions and situation reports are numbered from 1 within their incident', () => {
  let state = open()
  for (const number of [1, 2, 3]) {
    const events = [within['record-decision'](state), within['record-assumption'](state), within['issue-sitrep'](state)]
    const [decision, assumption, sitrep] = events.map(does)
    assert.equal((decision!.data as { decision: number }).decision, number)
    assert.equal((assumption!.data as { assumption: number }).assumption, number)
    assert.equal((sitrep!.data as { sitrep: number }).sitrep, number)
    state = [decision!, assumption!, sitrep!].reduce(incidentDecider.evolve, state)
  }
})

test('review-assumption: only of one that is there', () => {
  const assumed = given(declared, does(within['record-assumption'](open())))
  const event = does(reviewAssumption(assumed, { incident, assumption: 1, holds: false, note: 'no longer' }))
  assert.deepEqual(event.data, { incident, assumption: 1, holds: false, note: 'no longer', reviewAt: null })
  refusedAs(
    reviewAssumption(assumed, { incident, assumption: 2, holds: true, note: 'x' }),
    'unknown-assumption',
    '/assumption',
  )
})

test('issue-sitrep: carries the count of services, and the next update is later than now', () => {
  const counts = { stopped: 3, degraded: 2, normal: 40 }
  const sitrep = { incident, known: 'a', notKnown: 'b', doing: 'c' }
  const event = does(issueSitrep(open(), { ...sitrep, nextUpdateAt: '2025-11-25T10:00:00+01:00' }, counts, now))
  const { counts: counted, nextUpdateAt } = event.data as { counts: object; nextUpdateAt: string }
  assert.deepEqual(counted, counts)
  assert.equal(nextUpdateAt, '2025-11-25T09:00:00.000Z')
  const passed = { ...sitrep, nextUpdateAt: '2025-11-25T08:00:00Z' }
  refusedAs(issueSitrep(open(), passed, counts, now), 'times-out-of-order', '/nextUpdateAt')
})

test('update-methane: replaces the report', () => {
  const methane = { major: false, hazards: 'spread over the shared link' }
  assert.deepEqual(does(updateMethane(open(), { incident, methane })).data, { incident, methane })
})

test('stand-down: names what is still isolated; again it is already so', () => {
  const isolated: IncidentEvent = {
    type: 'incident.components-isolated',
    v: 1,
    data: {
      incident,
      components: ['w/b', 'w/a', 'w/c'],
      precautionary: true,
      since: '2025-11-25T08:00:00.000Z',
      expectedRestoration: null,
      foreseen: { stopped: [], degraded: [] },
      rationale: 'r',
    },
  }
  const restored: IncidentEvent = {
    type: 'incident.components-restored',
    v: 1,
    data: { incident, components: ['w/b'], at: '2025-11-25T09:00:00.000Z', evidence: 'e' },
  }
  const running: IncidentEvent = {
    type: 'incident.condition-recorded',
    v: 1,
    data: { incident, component: 'w/c', condition: 'operational', since: '2025-11-25T09:00:00.000Z', reason: 'r' },
  }
  const event = does(within['stand-down'](given(declared, isolated, restored, running)))
  assert.deepEqual(event.data, { incident, stillIsolated: ['w/a'], reason: 'over' })
  assert.deepEqual(within['stand-down'](given(declared, isolated, event)), [])
})
