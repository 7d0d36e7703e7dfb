import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRefusal, operator, ROLES, type Role, uuidv7 } from '#kernel'
import { openHouse } from '#test/house'
import { createExecute, createStreamStates } from './index.ts'

const words = { title: 'Networks', summary: 'Shut as a precaution' }
const decision = (title: string) => ({ title, decision: 'd', rationale: 'r' })

/** Who may give what, spelled out: a declaration that lets somebody else in must be changed here too. */
const COMMANDERS: Role[] = ['strategic', 'tactical', 'operational', 'admin']
const MAY: Record<string, readonly Role[]> = {
  'estate.add-organisation': ['admin'],
  'estate.define-component': COMMANDERS,
  'estate.define-service': COMMANDERS,
  'estate.retire': COMMANDERS,
  'estate.import': COMMANDERS,
  'estate.start-from-template': COMMANDERS,
  'estate.confirm-assumptions': COMMANDERS,
  'estate.set-languages': ['admin'],
  'incident.declare': [...COMMANDERS, 'responder'],
  'incident.update-methane': [...COMMANDERS, 'responder'],
  'incident.take-role': COMMANDERS,
  'incident.hand-over-role': COMMANDERS,
  'incident.record-condition': [...COMMANDERS, 'responder'],
  'incident.isolate': ['strategic', 'tactical', 'admin'],
  'incident.restore': ['strategic', 'tactical', 'admin'],
  'incident.record-decision': COMMANDERS,
  'incident.record-assumption': [...COMMANDERS, 'responder'],
  'incident.review-assumption': [...COMMANDERS, 'responder'],
  'incident.issue-sitrep': COMMANDERS,
  'incident.stand-down': ['strategic', 'tactical', 'admin'],
}

test('each command is given by its roles alone, and a refusal names the roles that may', async (t) => {
  const house = await openHouse(t)
  await house.found('westminster')
  assert.deepEqual([...house.commands.keys()].sort(), Object.keys(MAY).sort())
  for (const { name } of house.commands.values())
    for (const role of ROLES) {
      const { refused, detail } = await house.refused('westminster', name, { unheardOf: 1 }, { role })
      assert.equal(refused, MAY[name]!.includes(role) ? 'invalid-input' : 'role-needed', `${name} by ${role}`)
      if (refused !== 'role-needed') continue
      for (const other of ROLES)
        assert.equal(detail.split('. You hold')[0]!.includes(` ${other}`), MAY[name]!.includes(other))
      assert.ok(detail.includes(`You hold: ${role}.`))
    }
})

test('whoever holds no role is refused everything, and the operator nothing', async (t) => {
  const house = await openHouse(t)
  await house.found('westminster')
  for (const command of house.commands.keys()) {
    assert.equal((await house.refused('westminster', command, {}, { role: [] })).refused, 'role-needed')
    const actor = { kind: 'operator' } as const
    assert.notEqual((await house.refused('westminster', command, { x: 1 }, { role: [], actor })).refused, 'role-needed')
  }
  for (const query of house.queries.keys())
    assert.equal((await house.read('westminster', query, {}, { role: [] })).refused, 'role-needed')
})

test('several roles are as good as the best of them', async (t) => {
  const house = await openHouse(t)
  await house.found('westminster')
  await house.give('westminster', 'incident.declare', words, { role: ['viewer', 'responder'] })
})

test('an unknown command, query or organisation is refused by its own code', async (t) => {
  const house = await openHouse(t)
  await house.found('westminster')
  assert.equal((await house.refused('westminster', 'incident.explode', {})).refused, 'unknown-command')
  assert.equal((await house.read('westminster', 'nothing')).refused, 'unknown-query')
  for (const slug of ['nowhere', '', '__proto__', 'constructor', 'a\0b', '\ud800', '../westminster']) {
    assert.equal((await house.refused(slug, 'incident.declare', words)).refused, 'unknown-organisation', slug)
    assert.equal((await house.read(slug, 'situation')).refused, 'unknown-organisation', slug)
  }
  for (const slug of ['a\0b', '\ud800', 'Capital', 'x'.repeat(65), 'api', ''])
    await house.refused(slug, 'estate.add-organisation', { slug, name: 'Any' }, { role: 'admin' })
  assert.deepEqual(house.journal.models.organisations(), ['westminster'])
})

test('mistakes of input are named with their pointers, and nothing is recorded', async (t) => {
  const house = await openHouse(t)
  await house.found('westminster')
  const input = { incident: 7, components: [], precautionary: 'yes', rationale: ' ', since: 'soon', surprise: 1 }
  const expectedRestoration = { optimistic: 'later', likely: 'P1D' }
  const { refused, kind, errors } = await house.refused('westminster', 'incident.isolate', {
    ...input,
    expectedRestoration,
  })
  assert.deepEqual([refused, kind], ['invalid-input', 'input'])
  const pointers = new Set(errors!.map((error) => error.pointer))
  for (const field of [...Object.keys(input), 'expectedRestoration/optimistic', 'expectedRestoration/pessimistic'])
    assert.ok(pointers.has(`/${field}`), field)
  assert.equal(house.journal.models.position('westminster'), 1)
})

test('text that the journal cannot hold is refused in every field', async (t) => {
  const house = await openHouse(t)
  await house.found('westminster')
  for (const bad of ['\ud800', 'a\0b']) {
    const { errors } = await house.refused('westminster', 'incident.declare', { ...words, title: bad })
    assert.equal(errors![0]!.pointer, '/title')
    const stream = await house.refused('westminster', 'incident.stand-down', { incident: bad, reason: 'r' })
    assert.equal(stream.errors![0]!.pointer, '/incident')
  }
})

test('an unusable command id is refused', async (t) => {
  const house = await openHouse(t)
  await house.found('westminster')
  for (const id of ['', 'two words', 'é', 'x'.repeat(129), 'a\0'])
    assert.equal(
      (await house.refused('westminster', 'incident.declare', words, { id })).refused,
      'command-id-malformed',
    )
})

test('the same command id is answered as the first time, and records nothing more', async (t) => {
  const house = await openHouse(t)
  await house.found('westminster')
  const first = await house.give('westminster', 'incident.declare', words, { id: 'one' })
  assert.deepEqual(first.entries, [2])
  assert.deepEqual(await house.give('westminster', 'incident.declare', words, { id: 'one' }), first)
  const later = await house.beside()
  assert.deepEqual(await later.give('westminster', 'incident.declare', words, { id: 'one' }), first)
  assert.equal(house.journal.models.position('westminster'), 2)
})

test('a command id belongs to one command, one input and one actor', async (t) => {
  const house = await openHouse(t)
  await house.found('westminster')
  const { incident } = await house.give('westminster', 'incident.declare', words, { id: 'one' })
  const again = async (command: string, input: object, actor = 'test') => {
    const by = { id: 'one', actor: { kind: 'token', id: actor } } as const
    return (await house.refused('westminster', command, input, by)).refused
  }
  assert.equal(await again('incident.declare', { ...words, title: 'Other' }), 'command-id-reused')
  assert.equal(await again('incident.record-decision', { incident, ...decision('d') }), 'command-id-reused')
  assert.equal(await again('incident.declare', words, 'somebody else'), 'command-id-reused')
})

test('a repeat is answered as the first time even where the command would be refused by now', async (t) => {
  const house = await openHouse(t)
  await house.found('westminster')
  const { incident } = await house.give('westminster', 'incident.declare', words)
  const input = { incident, ...decision('first') }
  const first = await house.give('westminster', 'incident.record-decision', input, { id: 'd' })
  await house.give('westminster', 'incident.stand-down', { incident, reason: 'over' })
  assert.deepEqual(await house.give('westminster', 'incident.record-decision', input, { id: 'd' }), first)
  assert.equal((await house.refused('westminster', 'incident.record-decision', input)).refused, 'incident-stood-down')
  assert.equal(
    (await house.refused('westminster', 'incident.record-decision', { incident, ...decision('x') }, { id: 'd' }))
      .refused,
    'command-id-reused',
  )
})

test('a refused command leaves its id free', async (t) => {
  const house = await openHouse(t)
  await house.found('westminster')
  await house.refused('westminster', 'incident.stand-down', { incident: 'nowhere', reason: 'r' }, { id: 'x' })
  await house.give('westminster', 'incident.declare', words, { id: 'x' })
})

test('what was already so is an answer too, and stays the answer', async (t) => {
  const house = await openHouse(t)
  await house.found('westminster')
  const { incident } = await house.give('westminster', 'incident.declare', words)
  const input = { incident, reason: 'over' }
  await house.give('westminster', 'incident.stand-down', input)
  const so = await house.give('westminster', 'incident.stand-down', input, { id: 'again' })
  assert.deepEqual(so, { entries: [], stillIsolated: [] })
  assert.deepEqual(await house.give('westminster', 'incident.stand-down', input, { id: 'again' }), so)
})

test('the same command sent many times at once, from two processes, is done once', async (t) => {
  const house = await openHouse(t)
  await house.found('westminster')
  const other = await house.beside()
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, i) =>
      (i % 2 ? house : other).give('westminster', 'incident.declare', words, { id: 'one' }),
    ),
  )
  for (const answer of answers) assert.deepEqual(answer, answers[0])
  const entries = await house.journal.readEntries({ organisation: 'westminster', after: 0, limit: 100 })
  assert.equal(entries.length, 2)
})

test('many commands at once on one incident: none lost, none doubled, none told to try again', async (t) => {
  const house = await openHouse(t)
  await house.found('westminster')
  const { incident } = await house.give('westminster', 'incident.declare', words)
  const many = 80
  const answers = await Promise.all(
    Array.from({ length: many }, (_, i) =>
      house.give('westminster', 'incident.record-decision', { incident, ...decision(`decision ${i}`) }),
    ),
  )
  const numbers = answers.flatMap((answer) => answer.entries).sort((a, b) => a - b)
  assert.deepEqual(
    numbers,
    Array.from({ length: many }, (_, i) => i + 3),
  )
  const { decisions } = await house.read('westminster', 'decisions')
  assert.deepEqual(
    decisions.map((one: { decision: number }) => one.decision),
    Array.from({ length: many }, (_, i) => i + 1),
  )
  assert.equal(new Set(decisions.map((one: { title: string }) => one.title)).size, many)
})

test('two processes commanding one incident at once lose and double nothing, and see the same', async (t) => {
  const house = await openHouse(t)
  await house.found('westminster')
  const { incident } = await house.give('westminster', 'incident.declare', words)
  const other = await house.beside()
  const each = 25
  const outcomes = await Promise.all(
    [house, other].flatMap((one, process) =>
      Array.from({ length: each }, (_, i) =>
        one.ask('westminster', 'incident.record-decision', { incident, ...decision(`${process} ${i}`) }),
      ),
    ),
  )
  const done = outcomes.filter((outcome) => !isRefusal(outcome))
  for (const outcome of outcomes) if (isRefusal(outcome)) assert.equal(outcome.refused, 'too-busy')
  t.diagnostic(`${done.length} of ${outcomes.length} done, the others told to try again`)
  await Promise.all([house.journal.catchUp(), other.journal.catchUp()])
  const [mine, theirs] = await Promise.all([house, other].map((one) => one.read('westminster', 'decisions')))
  assert.deepEqual(mine, theirs)
  assert.equal(mine.decisions.length, done.length)
  assert.deepEqual(
    mine.decisions.map((one: { decision: number }) => one.decision),
    done.map((_, i) => i + 1),
  )
  const verified = await house.journal.verify('westminster')
  assert.deepEqual(await other.journal.verify('westminster'), verified)
})

test('two people taking the same role at once: one has it, the other is told who is first', async (t) => {
  const house = await openHouse(t)
  await house.found('westminster')
  const { incident } = await house.give('westminster', 'incident.declare', words)
  const other = await house.beside()
  const outcomes = await Promise.all(
    [house, other, house, other].map((one, i) =>
      one.ask('westminster', 'incident.take-role', { incident, role: 'strategic', holder: `Person ${i}` }),
    ),
  )
  assert.equal(outcomes.filter((outcome) => !isRefusal(outcome)).length, 1)
  for (const outcome of outcomes) if (isRefusal(outcome)) assert.equal(outcome.refused, 'role-held')
})

test('a command that breaks holds nobody else up', async (t) => {
  const house = await openHouse(t)
  await house.found('westminster')
  const { journal } = house
  const broken = { ...house.commands.get('incident.stand-down')!, decide: () => assert.fail('broken') }
  const commands = new Map([...house.commands, [broken.name, broken]])
  const clocks = { of: () => ({ now: () => Date.now() }) }
  const execute = createExecute({ commands, journal, states: createStreamStates(journal), clocks })
  const incident = uuidv7()
  const instruct = (command: string, input: unknown) =>
    execute({ organisation: 'westminster', command, input, caller: operator })
  const first = instruct('incident.stand-down', { incident, reason: 'r' })
  const second = instruct('incident.record-decision', { incident, ...decision('d') })
  await assert.rejects(first, /broken/)
  assert.ok(isRefusal(await second))
})
