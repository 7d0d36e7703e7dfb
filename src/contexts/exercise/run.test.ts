import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import Type from 'typebox'
import { type Command, command, fields, type Query, query } from '#command'
import { createModels, type Model } from '#journal'
import {
  type Decider,
  type Entry,
  type Event,
  instant,
  isRefusal,
  type JsonObject,
  type Millis,
  mayAct,
  operator,
  refusals,
} from '#kernel'
import { createClocks } from './clocks.ts'
import { createSetClock } from './commands.ts'
import { describeReport, describeStep } from './core/describe-report.ts'
import { parseScenario } from './core/file/parse-scenario.ts'
import type { Report } from './core/report.ts'
import type { Scenario } from './core/scenario.ts'
import type { ExercisePorts } from './ports.ts'
import { exerciseClockOf, exerciseClocks } from './projections/exercise-clocks.ts'
import { exerciseQuery } from './queries.ts'
import { runExercise } from './run.ts'

/** A room of the test's own: shops open and close. */
const refuse = refusals({ 'no-such-shop': { kind: 'not-found', title: 'There is no such shop' } })
type Shops = Map<string, { name: string; open: boolean; since: string }>
const shopDecider: Decider<Shops, Event<string, { shop: string; name: string }>> = {
  initial: () => new Map(),
  evolve(state, { type, data }) {
    if (type === 'shop.opened') state.set(data.shop, { name: data.name, open: true, since: '' })
    if (type === 'shop.closed') state.delete(data.shop)
    return state
  },
}
const shops: Model<{ list: { name: string; since: string }[] }> = {
  name: 'shop.shops',
  types: ['shop.opened', 'shop.closed'],
  initial: () => ({ list: [] }),
  apply(state, { type, data, occurredAt }) {
    const { name } = data as { name: string }
    if (type === 'shop.opened') state.list.push({ name, since: occurredAt })
    else state.list = state.list.filter((one) => one.name !== name)
  },
}
const openShop = command({
  name: 'shop.open',
  summary: 'Open a shop',
  input: fields({ name: Type.String() }),
  roles: ['tactical'],
  stream: () => 'shops',
  decider: shopDecider,
  decide: (_state, { input, id }) => ({
    events: [{ type: 'shop.opened', v: 1, data: { shop: id, name: input.name } }],
    answer: { shop: id },
  }),
})
const closeShop = command({
  name: 'shop.close',
  summary: 'Close a shop',
  input: fields({ shop: Type.String() }),
  roles: ['tactical', 'strategic'],
  stream: () => 'shops',
  decider: shopDecider,
  decide(state, { input }) {
    const shop = state.get(input.shop)
    if (!shop) return refuse('no-such-shop', 'Open it first.')
    return [{ type: 'shop.closed', v: 1, data: { shop: input.shop, name: shop.name } }]
  },
})
const shopsQuery = query({
  name: 'shops',
  summary: 'Which shops are open?',
  input: fields({}),
  roles: ['viewer'],
  read: (_input, { models, organisation, now }) => ({
    shops: models.of(shops, organisation).list,
    now: instant(now),
    closes: Number.POSITIVE_INFINITY,
  }),
})

const REAL = Date.UTC(2026, 10, 23, 12)

/** A house in memory. Its journal throws where recorded time would go back. */
function house() {
  const real = { now: () => world.time }
  const models = createModels([exerciseClocks, shops], (model, error) => assert.fail(`${model}: ${error.message}`))
  const clocks = createClocks(() => models, real)
  const journals = new Map<string, Entry[]>()
  const answers = new Map<string, { asked: string; answer: { entries: number[] } & JsonObject }>()
  const commands = new Map<string, Command>([openShop, closeShop, createSetClock(real)].map((one) => [one.name, one]))
  const queries = new Map<string, Query>([shopsQuery, exerciseQuery].map((one) => [one.name, one]))
  let made = 0

  const ports: ExercisePorts = {
    models,
    clocks,
    wasDone: async (organisation, id) => answers.has(`${organisation} ${id}`),
    async execute({ organisation, command: name, input, caller, id }) {
      await Promise.resolve()
      if (world.failAt === id) throw new Error('the database has gone')
      const found = commands.get(name)
      if (!found || !mayAct(caller, found.roles))
        return { refused: 'no', kind: 'forbidden', title: 'Not allowed', detail: `${name} is not for you.` }
      const known = answers.get(`${organisation} ${id}`)
      const asked = JSON.stringify([name, input, caller.actor])
      if (known) {
        assert.equal(known.asked, asked, 'a repeat must be the same command')
        return known.answer
      }
      const now = clocks.of(organisation).now()
      const context = { organisation, now, models }
      const facts = await found.facts?.(input as never, context)
      if (isRefusal(facts)) return facts
      const fresh = `made-${++made}`
      const journal = journals.get(organisation) ?? []
      const stream = found.stream(input as never, fresh)
      let state = found.decider.initial() as never
      for (const entry of journal) if (entry.stream === stream) state = found.decider.evolve(state, entry as never)
      const decided = found.decide(state, { ...context, input, facts, actor: caller.actor, id: fresh } as never)
      if (isRefusal(decided)) return decided
      const { events, answer } = 'events' in decided ? decided : { events: decided, answer: {} }
      const last = journal.at(-1)
      if (events.length > 0 && last && instant(now) < last.recordedAt)
        throw new Error(`${organisation}: time goes back to ${instant(now)}`)
      const entries = events.map(
        (event, index): Entry => ({
          organisation,
          number: journal.length + index + 1,
          stream,
          version: 0,
          ...event,
          occurredAt: event.occurredAt ?? instant(now),
          reportedAt: null,
          recordedAt: instant(now),
          actor: caller.actor,
          command: id,
          erased: [],
        }),
      )
      journals.set(organisation, [...journal, ...entries])
      models.apply(entries)
      const whole = { ...answer, entries: entries.map((entry) => entry.number) }
      answers.set(`${organisation} ${id}`, { asked, answer: whole })
      return whole
    },
    async read({ organisation, query: name, input, caller }) {
      const found = queries.get(name)
      if (!found || !mayAct(caller, found.roles))
        return { refused: 'no', kind: 'not-found', title: 'Nothing to read', detail: `${name} cannot be read.` }
      const readJournal = async (after: number, limit: number) =>
        (journals.get(organisation) ?? []).slice(after, after + limit)
      const now = clocks.of(organisation).now()
      return (await found.read(input as never, { organisation, now, models, readJournal })) as object
    },
  }
  const world = {
    ports,
    models,
    clocks,
    journals,
    time: REAL,
    failAt: '',
    entries: () => [...journals.values()].flat().length,
    openLive: (organisation: string) =>
      ports.execute({ organisation, command: 'shop.open', input: { name: 'Bakery' }, caller: operator, id: 'live' }),
  }
  return world
}

const SCENARIO = `exercise: storm
title: A storm
notice: |
  EXERCISE EXERCISE EXERCISE
  all of it is invented
starts: 2025-11-24T08:00:00Z
now: 2025-11-24T12:00:00Z
speed: 60
organisations: [easton, weston]
steps:
  - { at: 2025-11-24T08:00:00Z, organisation: easton, as: tactical, command: shop.open, input: { name: Bakery }, keep: { bakery: /shop } }
  - at: 2025-11-24T09:00:00Z
    expect:
      organisation: easton
      read: shops
      that:
        - { pointer: /shops/0/name, is: Bakery }
        - { pointer: /shops/0/since, startsWith: '2025-11-24T08:00:00' }
        - { pointer: /now, is: 2025-11-24T09:00:00.000Z }
        - { pointer: /closes, is: null }
  - { at: 2025-11-24T10:00:00Z, organisation: weston, as: tactical, command: shop.open, input: { name: Mill } }
  - { at: 2025-11-24T11:00:00Z, organisation: easton, as: strategic, command: shop.close, input: { shop: { $kept: bakery } } }
  - { at: 2025-11-24T11:00:00Z, expect: { organisation: easton, read: shops, that: [{ pointer: /shops, is: [] }] } }
  - { at: 2025-11-24T14:00:00Z, organisation: easton, as: tactical, command: shop.open, input: { name: Forge } }
  - { at: 2025-11-24T15:00:00Z, expect: { organisation: easton, read: shops, that: [{ pointer: /shops/0/name, is: Forge }] } }
`

function scenario(text = SCENARIO): Scenario {
  const parsed = parseScenario('storm.yaml', text, () => ({ problem: 'none' }))
  assert.ok('scenario' in parsed, JSON.stringify(parsed))
  return parsed.scenario
}

async function play(world: ReturnType<typeof house>, options: { until?: string; speed?: number; text?: string } = {}) {
  const until = options.until === undefined ? undefined : Date.parse(options.until)
  return runExercise({ scenario: scenario(options.text), ports: world.ports, until, speed: options.speed })
}

function reportOf(outcome: Awaited<ReturnType<typeof play>>): Report {
  assert.ok(!isRefusal(outcome), JSON.stringify(outcome))
  return outcome
}

const at = (text: string): Millis => Date.parse(`2025-11-24T${text}:00Z`)

test('a scenario is played to its now at its own times, and the clock runs on from there', async () => {
  const world = house()
  const report = reportOf(await play(world))
  assert.equal(report.passed, true)
  assert.deepEqual(report.steps, { played: 5, all: 7 })
  assert.deepEqual(report.commands, { done: 3, refused: 0, earlier: 0 })
  assert.deepEqual(report.expectations, { held: 2, failed: 0, earlier: 0, checks: 5 })
  assert.deepEqual(report.organisations.easton, { commands: 2, entries: 2, checks: 5, failed: 0 })
  const easton = world.journals.get('easton')!
  assert.deepEqual(
    easton.map((entry) => [entry.type, entry.recordedAt.slice(11, 16)]),
    [
      ['exercise.clock-set', '08:00'],
      ['shop.opened', '08:00'],
      ['shop.closed', '11:00'],
      ['exercise.clock-set', '12:00'],
    ],
  )
  assert.deepEqual(easton[1]!.actor, { kind: 'exercise', id: 'storm' })
  assert.equal(easton[1]!.command, 'storm/1')
  assert.equal(world.clocks.of('weston').now(), at('12:00'))
  world.time += 60_000
  assert.equal(world.clocks.of('weston').now(), at('13:00'))
})

test('live organisations keep real time beside an exercise', async () => {
  const world = house()
  await world.openLive('norton')
  reportOf(await play(world))
  assert.equal(world.clocks.of('norton').now(), REAL)
  assert.equal(world.clocks.of('nowhere').now(), REAL)
  assert.equal(exerciseClockOf(world.models, 'norton'), null)
})

test('one live organisation refuses the whole play, and nothing is done to any', async () => {
  const world = house()
  await world.openLive('weston')
  const outcome = await play(world)
  assert.ok(isRefusal(outcome) && outcome.refused === 'organisation-is-live')
  assert.match(outcome.detail, /^weston: nothing was done/)
  assert.equal(world.entries(), 1)
  assert.equal(world.clocks.of('easton').now(), REAL)
})

test('a live organisation cannot be given an exercise clock, and an exercise not be taken over by another', async () => {
  const world = house()
  await world.openLive('norton')
  const set = (organisation: string, exercise: string) =>
    world.ports.execute({
      organisation,
      command: 'exercise.set-clock',
      input: { exercise, speed: 1 },
      caller: operator,
      id: `${organisation}-${exercise}`,
    })
  const live = await set('norton', 'storm')
  assert.ok(isRefusal(live) && live.refused === 'organisation-is-live')
  await set('easton', 'flood')
  const other = await set('easton', 'storm')
  assert.ok(isRefusal(other) && other.refused === 'other-exercise')
  const outcome = await play(world)
  assert.ok(isRefusal(outcome) && outcome.refused === 'other-exercise')
  assert.equal(world.entries(), 2)
})

test('an exercise that has been played is not played again to the same time', async () => {
  const world = house()
  reportOf(await play(world))
  const before = world.entries()
  const outcome = await play(world)
  assert.ok(isRefusal(outcome) && outcome.refused === 'already-played')
  assert.match(outcome.detail, /--until and a later time, or begin again in another data directory/)
  assert.equal(world.entries(), before)
})

test('played to one time and then to a later one, everything is as if it had been played at once', async () => {
  const whole = house()
  reportOf(await play(whole, { until: '2025-11-24T16:00:00Z' }))
  const entriesOf = (world: ReturnType<typeof house>) =>
    [...world.journals.values()]
      .flat()
      .filter((entry) => entry.type !== 'exercise.clock-set')
      .map(({ organisation, type, command, recordedAt }) => ({ organisation, type, command, recordedAt }))
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 16 * 2 }), { maxLength: 4 }), async (halfHours) => {
      const world = house()
      const stops = halfHours.sort((a, b) => a - b).map((half) => instant(at('08:00') + half * 900_000))
      const reports = []
      for (const until of [...stops, '2025-11-24T16:00:00Z']) reports.push(await play(world, { until, speed: 0 }))
      const done = reports.filter((one): one is Report => !isRefusal(one))
      assert.ok(done.every((one) => one.passed && one.late === 0))
      assert.deepEqual(entriesOf(world), entriesOf(whole))
      assert.equal(
        done.reduce((sum, one) => sum + one.expectations.checks, 0),
        6,
      )
      assert.equal(
        done.reduce((sum, one) => sum + one.commands.done, 0),
        4,
      )
      assert.equal(world.clocks.of('easton').now(), at('16:00'))
    }),
    { numRuns: 60 },
  )
})

test('where the clock has run past a step, the step is played late and never back in time', async () => {
  const world = house()
  reportOf(await play(world, { speed: 3600 }))
  world.time += 10_000
  const report = reportOf(await play(world, { until: '2025-11-24T15:00:00Z' }))
  assert.equal(report.late, 2)
  assert.equal(report.until, '2025-11-24T22:00:00.000Z')
  assert.equal(
    world.journals.get('easton')!.findLast((entry) => entry.type === 'shop.opened')!.recordedAt,
    report.until,
  )
})

test('a play that is killed leaves clocks that stand still and say so; the next play goes on from there', async () => {
  const until = '2025-11-24T16:00:00Z'
  for (const failAt of ['storm/1', 'storm/3', 'storm/4', 'storm/6']) {
    const world = house()
    world.failAt = failAt
    await assert.rejects(play(world, { until }), /the database has gone/)
    world.time += 3_600_000
    assert.equal(exerciseClockOf(world.models, 'easton')?.playing, true)
    assert.equal(world.clocks.of('easton').now(), at('08:00'))
    world.failAt = ''
    const report = reportOf(await play(world, { until }))
    assert.deepEqual(report.failures, [])
    assert.equal(report.late, 0)
    assert.equal(world.journals.get('easton')!.filter((entry) => entry.type === 'shop.opened').length, 2)
    assert.equal(exerciseClockOf(world.models, 'easton')?.playing, false)
  }
})

test('a refused command stops the play where it stands, with its line and words; put right, it goes on', async () => {
  const world = house()
  const text = SCENARIO.replace('as: strategic', 'as: viewer')
  const report = reportOf(await play(world, { text }))
  assert.equal(report.passed, false)
  assert.equal(report.stoppedAt, 4)
  assert.deepEqual(
    report.failures.map(({ step, line, words }) => ({ step, line, words })),
    [{ step: 4, line: 22, words: ['Not allowed. shop.close is not for you.'] }],
  )
  world.time += 3_600_000
  assert.equal(world.clocks.of('easton').now(), at('11:00'))
  const printed = describeReport(report).join('\n')
  assert.match(printed, /EXERCISE storm.yaml:22: step 4, shop.close at easton: REFUSED/)
  assert.match(printed, /FAILED in/)
  assert.equal(reportOf(await play(world)).passed, true)
})

test('a failed expectation is counted with what was expected and found, and the play goes on', async () => {
  const world = house()
  const text = SCENARIO.replace('/shops/0/name, is: Bakery', '/shops/0/name, is: Butcher').replace(
    'is: []',
    'contains: 7',
  )
  const report = reportOf(await play(world, { text }))
  assert.equal(report.passed, false)
  assert.equal(report.stoppedAt, null)
  assert.deepEqual(report.expectations, { held: 0, failed: 2, earlier: 0, checks: 5 })
  assert.deepEqual(
    report.failures.flatMap(({ words }) => words),
    ['line 17: /shops/0/name: expected "Butcher", found "Bakery"', 'line 23: /shops: expected a list with 7, found []'],
  )
  assert.equal(world.clocks.of('easton').now(), at('12:00'))
})

test('an unknown query and a kept part that is not there are failures in words', async () => {
  const unread = reportOf(await play(house(), { text: SCENARIO.replace('read: shops\n', 'read: stalls\n') }))
  assert.deepEqual(unread.failures[0]!.words, ['Nothing to read. stalls cannot be read.'])
  const unkept = reportOf(await play(house(), { text: SCENARIO.replace('bakery: /shop', 'bakery: /shpo') }))
  assert.deepEqual(unkept.failures[0]!.words, ['the answer has nothing at /shpo to keep as bakery'])
})

test('every printed line begins with EXERCISE', async () => {
  const lines: string[] = []
  const text = SCENARIO.replace('is: []', 'contains: 7')
  const { ports } = house()
  const outcome = await runExercise({ scenario: scenario(text), ports, onStep: (one) => lines.push(describeStep(one)) })
  const printed = [...lines, ...describeReport(reportOf(outcome))].join('\n').split('\n')
  assert.ok(printed.length > 12)
  for (const line of printed) assert.match(line, /^EXERCISE /)
})

test('two plays at once: the second is refused', async () => {
  const world = house()
  const [first, second] = await Promise.all([play(world), play(world)])
  assert.equal(reportOf(first).passed, true)
  assert.ok(isRefusal(second) && second.refused === 'being-played')
})

test('the exercise query tells the time, the speed and how far the scenario is', async () => {
  const world = house()
  await world.openLive('norton')
  reportOf(await play(world))
  world.time += 1000
  const ask = (organisation: string) =>
    world.ports.read({ organisation, query: 'exercise', input: {}, caller: operator })
  assert.deepEqual(await ask('easton'), {
    exercise: 'storm',
    title: 'A storm',
    notice: 'EXERCISE EXERCISE EXERCISE\nall of it is invented\n',
    speed: 60,
    playing: false,
    scenarioNow: '2025-11-24T12:01:00.000Z',
    steps: { played: 5, all: 7 },
  })
  const live = await ask('norton')
  assert.ok(isRefusal(live) && live.refused === 'not-an-exercise')
})
