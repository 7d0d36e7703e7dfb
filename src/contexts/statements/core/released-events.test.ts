import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { createModels } from '#journal'
import type { Entry } from '#kernel'
import { estate } from '../../estate/room.ts'
import { incident } from '../../incident/room.ts'
import { todayFor } from '../projections/drafts.ts'
import { liveFacts } from '../projections/live-facts.ts'
import { statements } from '../room.ts'
import { deskDecider } from './desk-state.ts'
import { draft } from './draft.ts'
import { STATEMENTS_EVENTS, type StatementsEvent } from './events.ts'
import { statementsDecider } from './statement-state.ts'

/** Every shape of every event that was ever released. Shapes may be added here; none may be changed or taken away. */
const released = JSON.parse(
  readFileSync(new URL('released-events.json', import.meta.url), 'utf8'),
) as readonly StatementsEvent[]

test('each event type is among the released ones, with every version that is written today', () => {
  const kept = new Set(released.map(({ type, v }) => `${type} v${v}`))
  for (const { type, v } of STATEMENTS_EVENTS) assert.ok(kept.has(`${type} v${v}`), `${type} v${v}`)
})

test('what was released still folds to the same state', () => {
  const all = released.reduce(statementsDecider.evolve, statementsDecider.initial())
  const voices = [...all].map(([number, { voices: each }]) => [
    number,
    [...each].map(([audience, { draft: waits, versions, withdrawn }]) => [
      audience,
      waits !== null,
      versions,
      withdrawn,
    ]),
  ])
  assert.deepEqual(voices, [
    [
      1,
      [
        ['residents', false, 2, false],
        ['staff', true, 0, false],
        ['partners', true, 0, false],
        ['members', true, 0, false],
        ['press', true, 0, false],
      ],
    ],
    [2, [['press', false, 1, true]]],
  ])
  assert.deepEqual(released.reduce(deskDecider.evolve, deskDecider.initial()), {
    routes: new Set(['desk']),
    lines: new Set(['waits']),
    overrides: new Map([['borchester/report-it', { level: 'degraded', until: '2025-11-25T09:00:00.000Z' }]]),
    enquiries: new Map([['q', true]]),
  })
})

/** The events as entries, without the sealed fields that `erase` picks. */
function entriesOf(events: readonly StatementsEvent[], erase: (field: string, position: number) => boolean): Entry[] {
  const at = '2025-11-25T21:00:00.000Z'
  return events.map((event, position) => {
    const { sealed } = STATEMENTS_EVENTS.find((declared) => declared.type === event.type)!
    const erased = sealed.filter((field) => field in event.data && erase(field, position))
    return {
      organisation: 'borchester',
      number: position + 1,
      stream: 'any',
      version: position + 1,
      type: event.type,
      v: event.v,
      data: Object.fromEntries(Object.entries(event.data).filter(([field]) => !erased.includes(field))),
      occurredAt: at,
      reportedAt: null,
      recordedAt: at,
      actor: { kind: 'operator' },
      command: null,
      erased,
    }
  })
}

/** Also what is drafted and compared from it: words that were erased are left out, never told as anything else. */
function takeIn(entries: readonly Entry[]): void {
  const models = createModels([...estate.models, ...incident.models, ...statements.models], (model, error) => {
    throw new Error(model, { cause: error })
  })
  models.apply(entries)
  const at = Date.parse('2025-11-25T22:00:00Z')
  const { wordings } = draft(liveFacts(models, 'borchester', at, { incident: null, promised: null }))
  assert.doesNotMatch(JSON.stringify(wordings), /null|undefined/)
  todayFor(models, 'borchester', at, null)
  entries.reduce((state, entry) => statementsDecider.evolve(state, entry as never), statementsDecider.initial())
}

test('every model takes in what was released, whole and with all its words erased', () => {
  takeIn(entriesOf(released, () => false))
  takeIn(entriesOf(released, () => true))
})

test('state and models cope with these events in any order, any number of times, with any words erased', () => {
  const numRuns = Number(process.env.HOLDFAST_RUNS ?? 200)
  const some = fc.array(fc.constantFrom(...released), { maxLength: 40 })
  fc.assert(
    fc.property(some, fc.infiniteStream(fc.boolean()), (events, coins) => {
      takeIn(entriesOf(events, () => coins.next().value))
    }),
    { numRuns },
  )
})

test('folding does not change the state that it began with', () => {
  for (const decider of [statementsDecider, deskDecider]) {
    const state = decider.initial()
    for (const event of released) decider.evolve(state as never, event)
    assert.deepEqual(state, decider.initial())
  }
})
