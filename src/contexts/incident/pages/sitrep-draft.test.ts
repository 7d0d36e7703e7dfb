import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { IncidentRecord } from '../projections/incidents.ts'
import { type DraftFacts, draftSitrep } from './sitrep-draft.ts'

const NOW = Date.parse('2025-11-25T06:30:00Z')

const incident: IncidentRecord = {
  id: '019ab8bd-3900-7168-b643-3d32e91a9dcf',
  number: 3,
  title: 'Unusual sign-ins',
  summary: 'Invented',
  methane: { major: true, location: 'Shared identity' },
  occurredAt: '2025-11-25T02:00:00.000Z',
  reportedAt: null,
  declaredAt: '2025-11-25T02:10:00.000Z',
  stoodDownAt: null,
  roles: new Map(),
  isolations: [],
  isolated: new Set(),
  assumptions: [
    {
      assumption: 1,
      text: 'Backups are clean',
      recordedAt: '',
      reviewAt: '2025-11-25T09:00:00.000Z',
      holds: true,
      note: null,
    },
    { assumption: 2, text: 'Phones are safe', recordedAt: '', reviewAt: null, holds: false, note: null },
  ],
  sitreps: [],
}
const facts: DraftFacts = {
  incident,
  now: NOW,
  counts: { stopped: 21, degraded: 8, normal: 31 },
  stopped: Array.from({ length: 21 }, (_, i) => `Service ${i}`),
  limited: ['Parking'],
  isolated: ['Corporate network'],
  decided: ['Isolated as a precaution: Corporate network'],
}

test('a report begins from what is recorded: what is hit, what is assumed, what was decided', () => {
  const { known, notKnown, doing } = draftSitrep(facts)
  assert.match(known, /Unusual sign-ins \(began at 2am on Tuesday 25 November 2025\)/)
  assert.match(known, /major incident/)
  assert.match(known, /At 6:30am on Tuesday 25 November 2025, 21 of 60 services have stopped, 8 are limited\./)
  assert.match(known, /Service 11 and 9 more\./)
  assert.match(notKnown, /We assume: Backups are clean \(to be looked at again by 9am/)
  assert.match(notKnown, /When what is disconnected will be back/)
  assert.equal(doing, 'Isolated as a precaution: Corporate network')
})

test('what no longer holds is not assumed', () => {
  assert.doesNotMatch(draftSitrep(facts).notKnown, /Phones/)
})

test('the next update keeps the rhythm of the last', () => {
  assert.equal(draftSitrep(facts).nextUpdateAt, NOW + 7_200_000)
  const last = {
    sitrep: 1,
    number: 9,
    issuedAt: '2025-11-25T03:00:00.000Z',
    counts: { stopped: 1, degraded: 1, normal: 1 },
    nextUpdateAt: '2025-11-25T07:00:00.000Z',
    known: '',
    notKnown: '',
    doing: '',
    advice: null,
  }
  const { nextUpdateAt } = draftSitrep({ ...facts, incident: { ...incident, sitreps: [last] } })
  assert.equal(nextUpdateAt, NOW + 4 * 3_600_000)
})

test('where nothing is recorded yet, nothing is made up', () => {
  const bare = { ...incident, methane: null, assumptions: [] }
  const draft = draftSitrep({
    incident: bare,
    now: NOW,
    counts: { stopped: 0, degraded: 0, normal: 0 },
    stopped: [],
    limited: [],
    isolated: [],
    decided: [],
  })
  assert.deepEqual([draft.notKnown, draft.doing], ['', ''])
  assert.equal(draft.known, 'Unusual sign-ins (began at 2am on Tuesday 25 November 2025).')
})
