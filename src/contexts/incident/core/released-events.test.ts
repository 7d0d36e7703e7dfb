import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { createModels } from '#journal'
import type { Entry } from '#kernel'
import { estate } from '../../estate/room.ts'
import { inWords } from '../queries/history.ts'
import { incident } from '../room.ts'
import { INCIDENT_EVENTS, type IncidentEvent } from './events.ts'
import { incidentDecider } from './state.ts'

/** Every shape of every event that was ever released. Shapes may be added here; none may be changed or taken away. */
const released = JSON.parse(
  readFileSync(new URL('released-events.json', import.meta.url), 'utf8'),
) as readonly (IncidentEvent & { data: { incident: string | null } })[]
const [first, second] = ['0190a5b0-0000-7000-8000-000000000001', 'second']

test('each event type is among the released ones, with every version that is written today', () => {
  const kept = new Set(released.map(({ type, v }) => `${type} v${v}`))
  for (const { type, v } of INCIDENT_EVENTS) assert.ok(kept.has(`${type} v${v}`), `${type} v${v}`)
})

test('what was released still folds to the same state', () => {
  const state = (id: string) =>
    released.filter(({ data }) => data.incident === id).reduce(incidentDecider.evolve, incidentDecider.initial())
  assert.deepEqual(state(first), {
    status: 'stood-down',
    declaredAt: '2025-11-25T06:00:00.000Z',
    roles: new Map([
      ['strategic', 'Invented person C'],
      ['cell-lead recovery', 'Invented person B'],
    ]),
    isolated: new Set(['westminster/corporate-network', 'westminster/remote-access']),
    decisions: 2,
    assumptions: [{ reviewAt: null, holds: false }],
    sitreps: 2,
  })
  assert.equal(state(second).status, 'stood-down')
})

/** The events as entries, without the sealed fields that `erase` picks. */
function entriesOf(events: readonly IncidentEvent[], erase: (field: string, position: number) => boolean): Entry[] {
  const at = '2025-11-25T21:00:00.000Z'
  return events.map((event, position) => {
    const { sealed } = INCIDENT_EVENTS.find((declared) => declared.type === event.type)!
    const erased = sealed.filter((field) => field in event.data && erase(field, position))
    return {
      organisation: 'westminster',
      number: position + 1,
      stream: 'any',
      version: position + 1,
      type: event.type,
      v: event.v,
      data: Object.fromEntries(Object.entries(event.data).filter(([field]) => !erased.includes(field))),
      occurredAt: event.occurredAt ?? at,
      reportedAt: event.reportedAt ?? null,
      recordedAt: at,
      actor: { kind: 'operator' },
      command: null,
      erased,
    }
  })
}

function takeIn(entries: readonly Entry[]): void {
  const models = createModels([...estate.models, ...incident.models], (model, error) => {
    throw new Error(model, { cause: error })
  })
  models.apply(entries)
  for (const entry of entries) assert.notEqual(inWords(models, entry as never), '')
}

test('every model takes in what was released, whole and with all its words erased', () => {
  takeIn(entriesOf(released, () => false))
  takeIn(entriesOf(released, () => true))
})

test('state and models cope with these events in any order, any number of times, with any words erased', () => {
  const numRuns = Number(process.env.HOLDFAST_RUNS ?? 300)
  const some = fc.array(fc.constantFrom(...released), { maxLength: 40 })
  fc.assert(
    fc.property(some, fc.infiniteStream(fc.boolean()), (events, coins) => {
      const entries = entriesOf(events, () => coins.next().value)
      takeIn(entries)
      const state = (entries as unknown as IncidentEvent[]).reduce(incidentDecider.evolve, incidentDecider.initial())
      assert.ok(['none', 'open', 'stood-down'].includes(state.status))
    }),
    { numRuns },
  )
})

test('folding does not change the state that it began with', () => {
  const state = incidentDecider.initial()
  for (const event of released) incidentDecider.evolve(state, event)
  assert.deepEqual(state, incidentDecider.initial())
  assert.equal(state.roles.size + state.isolated.size, 0)
})
