import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Actor, type Decision, isRefusal, NEVER, parseInstant } from '#kernel'
import { draftCorrection, draftStatement, reword, withdraw } from './decide-drafts.ts'
import { publish, type Today } from './decide-publish.ts'
import type { StatementsEvent, Wording } from './events.ts'
import { everyFact } from './fact-keys.ts'
import type { Facts } from './facts.ts'
import { statementsDecider } from './statement-state.ts'

const at = parseInstant('2025-11-25T09:00:00Z')!
const person = (id: string): Actor => ({ kind: 'person', id })
const [ada, bea, cyd] = ['a', 'b', 'c'].map(person) as [Actor, Actor, Actor]
const service = {
  id: 'borchester/report-it',
  name: 'Report It',
  statutory: false,
  bearable: NEVER,
  level: 'stopped',
  derived: 'stopped',
  since: at - 3_600_000,
  cause: null,
  override: null,
  advice: null,
  stopsAt: null,
} as const
const facts: Facts = {
  organisation: { slug: 'borchester', name: 'Borchester' },
  language: 'en-GB',
  exercise: false,
  at,
  services: [
    service,
    { ...service, id: 'borchester/bins', name: 'Bins', level: 'normal', derived: 'normal', since: null },
  ],
  components: [],
  isolations: [],
  routes: [],
  lines: [],
  incident: null,
  nextUpdate: null,
}
const words: Wording = { headline: 'Report It is down', known: 'It is.', notKnown: '', doing: '', advice: '', next: '' }
const today = (now: Facts = facts): Today => ({ facts: everyFact(now), digest: 'today', at, nameOf: (id) => id })
const restored: Facts = { ...facts, services: [{ ...service, level: 'normal', since: null }, facts.services[1]!] }

/** Events as the journal gives them back: with who acted. */
function given(...recorded: (StatementsEvent & { actor: Actor })[]) {
  return recorded.reduce(statementsDecider.evolve, statementsDecider.initial())
}
function does(decision: Decision<StatementsEvent>): readonly StatementsEvent[] {
  assert.ok(!isRefusal(decision), JSON.stringify(decision))
  return decision
}
const by = (actor: Actor, decision: Decision<StatementsEvent>) => does(decision).map((event) => ({ ...event, actor }))
function refusedAs(decision: Decision<StatementsEvent>, code: string) {
  assert.ok(isRefusal(decision), JSON.stringify(decision))
  assert.equal(decision.refused, code)
  return decision.detail
}
const drafted = () => by(ada, draftStatement(given(), { incident: null }, facts))
const residents = { statement: 1, audiences: ['residents'] } as const

test('a draft has the next number, a wording for each audience, and links what these stand on', () => {
  const [event] = drafted()
  assert.ok(event?.type === 'statements.drafted')
  assert.deepEqual(Object.keys(event.data.wordings!), ['residents', 'staff', 'partners', 'members', 'press'])
  assert.equal(event.data.statement, 1)
  const linked = event.data.facts.find(({ fact }) => fact === 'service borchester/report-it')
  assert.deepEqual(
    { ...linked, audiences: linked?.audiences?.length },
    {
      fact: 'service borchester/report-it',
      digest: 'stopped 2025-11-25T08:00:00.000Z',
      level: 'stopped',
      audiences: 5,
    },
  )
  const [next] = does(draftStatement(given(...drafted()), { incident: null, audiences: ['press'] }, facts))
  assert.ok(next?.type === 'statements.drafted' && next.data.statement === 2)
  assert.deepEqual([next.data.audiences, Object.keys(next.data.wordings!)], [['press'], ['press']])
  refusedAs(
    draftStatement(given(), { incident: null, nextUpdateAt: '2025-11-25T08:00:00Z' }, facts),
    'time-in-the-past',
  )
})

test('a second person publishes: not the drafter, and not whoever reworded it last, for that audience', () => {
  const state = given(...drafted())
  refusedAs(publish(state, { statement: 1 }, today(), ada), 'second-person-needed')
  assert.equal(does(publish(state, { statement: 1 }, today(), bea)).length, 5)
  const reworded = given(
    ...drafted(),
    ...by(
      bea,
      reword(state, { statement: 1, audience: 'residents', wording: words }, { exercise: false, language: 'en-GB' }),
    ),
  )
  refusedAs(publish(reworded, residents, today(), bea), 'second-person-needed')
  refusedAs(publish(reworded, residents, today(), ada), 'second-person-needed')
  const [event] = does(publish(reworded, residents, today(), cyd))
  assert.ok(event?.type === 'statements.published')
  assert.deepEqual(event.data.wording, words)
  does(publish(reworded, { statement: 1, audiences: ['staff'] }, today(), bea))
})

test('whoever shares a kind of actor is told apart by id, by name, and by whom an exercise lets act', () => {
  const pairs: [Actor, Actor][] = [
    [
      { kind: 'token', id: 'x' },
      { kind: 'token', id: 'y' },
    ],
    [
      { kind: 'token', id: 'x' },
      { kind: 'person', id: 'x' },
    ],
    [
      { kind: 'exercise', id: 'x', by: 'one' },
      { kind: 'exercise', id: 'x', by: 'two' },
    ],
  ]
  for (const [one, other] of pairs) {
    const state = given(...by(one, draftStatement(given(), { incident: null }, facts)))
    refusedAs(publish(state, residents, today(), one), 'second-person-needed')
    does(publish(state, residents, today(), other))
  }
  const owner = given(...by({ kind: 'operator' }, draftStatement(given(), { incident: null }, facts)))
  refusedAs(publish(owner, residents, today(), { kind: 'operator' }), 'second-person-needed')
})

test('without a second person it needs a reason, and says that it was so', () => {
  const [event] = does(publish(given(...drafted()), { ...residents, reason: 'Nobody else is awake' }, today(), ada))
  assert.ok(event?.type === 'statements.published')
  assert.deepEqual([event.data.breakGlass, event.data.reason], [true, 'Nobody else is awake'])
  const [other] = does(publish(given(...drafted()), residents, today(), bea))
  assert.ok(other?.type === 'statements.published' && !other.data.breakGlass)
})

test('what no longer holds is named, and publishing needs a look at it, break-glass or not', () => {
  const state = given(...drafted())
  for (const more of [{}, { reason: 'Urgent' }, { seen: 'yesterday' }]) {
    const detail = refusedAs(publish(state, { ...residents, ...more }, today(restored), bea), 'facts-changed')
    assert.match(detail, /borchester\/report-it: was stopped since 8am on .*; now as usual\./)
    assert.match(detail, /How many services are affected/)
  }
  const [event] = does(publish(state, { ...residents, seen: 'today' }, today(restored), bea))
  assert.ok(event?.type === 'statements.published')
  assert.deepEqual(event.data.services, [{ id: 'borchester/report-it', level: 'stopped' }], 'as its words tell it')
})

test('a fact that an audience is not told does not hold its wording up', () => {
  const route = {
    route: 'desk',
    kind: 'phone',
    purpose: 'general',
    audiences: ['staff'],
    services: [],
    name: 'Desk',
    address: '1',
    hours: null,
    works: true,
    waitingTime: null,
    note: null,
    entry: 3,
  } as const
  const state = given(...by(ada, draftStatement(given(), { incident: null }, { ...facts, routes: [route] })))
  does(publish(state, residents, today(), bea))
  assert.match(
    refusedAs(publish(state, { statement: 1, audiences: ['staff'] }, today(), bea), 'facts-changed'),
    /now gone/,
  )
})

test('a promise of the next update holds until its time has come', () => {
  const promising: Facts = { ...facts, nextUpdate: { at: at + 3_600_000, promised: true } }
  const input = { incident: null, nextUpdateAt: '2025-11-25T10:00:00Z' }
  const state = given(...by(ada, draftStatement(given(), input, promising)))
  does(publish(state, residents, today(), bea))
  refusedAs(publish(state, residents, { ...today(), at: at + 3_600_000 }, bea), 'facts-changed')
})

test('what is published is corrected by its next version, which a second person publishes', () => {
  const first = [...drafted(), ...by(bea, publish(given(...drafted()), residents, today(), bea))]
  const correction = { statement: 1, audience: 'residents', whatChanged: 'Report It is back' } as const
  refusedAs(draftCorrection(given(...drafted()), correction, facts), 'nothing-published')
  refusedAs(publish(given(...first), residents, today(), bea), 'published-already')
  refusedAs(
    reword(
      given(...first),
      { statement: 1, audience: 'residents', wording: words },
      { exercise: false, language: 'en-GB' },
    ),
    'nothing-drafted',
  )
  const corrected = given(...first, ...by(cyd, draftCorrection(given(...first), correction, restored)))
  refusedAs(publish(corrected, residents, today(restored), cyd), 'second-person-needed')
  const [event] = does(publish(corrected, residents, today(restored), ada))
  assert.ok(event?.type === 'statements.published')
  assert.deepEqual([event.data.version, event.data.whatChanged], [2, 'Report It is back'])
  assert.match(event.data.wording!.headline, /All 2 services are running as usual/)
})

test('withdrawn takes back what is out and drops what waits; withdrawn twice is withdrawn', () => {
  const state = given(...drafted())
  const withdrawn = does(withdraw(state, { statement: 1, reason: 'Wrong' }))
  assert.equal(withdrawn.length, 5)
  const left = given(...drafted(), ...withdrawn.map((event) => ({ ...event, actor: ada })))
  assert.deepEqual(withdraw(left, { statement: 1, reason: 'Wrong' }), [])
  refusedAs(publish(left, { statement: 1 }, today(), bea), 'nothing-drafted')
  refusedAs(publish(left, residents, today(), bea), 'nothing-drafted')
})

test('a statement that there is not, an audience that it does not speak to, and erased words are refused', () => {
  refusedAs(publish(given(), residents, today(), bea), 'unknown-statement')
  const press = given(...by(ada, draftStatement(given(), { incident: null, audiences: ['press'] }, facts)))
  refusedAs(publish(press, residents, today(), bea), 'nothing-drafted')
  refusedAs(withdraw(press, { ...residents, reason: 'x' }), 'nothing-drafted')
  const erased = given({
    type: 'statements.drafted',
    v: 1,
    actor: ada,
    data: { statement: 1, incident: null, facts: [], nextUpdateAt: null, wordings: undefined },
  })
  refusedAs(publish(erased, residents, today(), bea), 'words-erased')
})

test('in an exercise no heading can lose its mark', () => {
  const state = given(...by(ada, draftStatement(given(), { incident: null }, { ...facts, exercise: true })))
  const [event] = does(
    reword(state, { statement: 1, audience: 'residents', wording: words }, { exercise: true, language: 'en-GB' }),
  )
  assert.ok(event?.type === 'statements.reworded')
  assert.equal(event.data.wording?.headline, 'EXERCISE: Report It is down')
})
