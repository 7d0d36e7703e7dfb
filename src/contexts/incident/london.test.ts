import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { type TestContext, test } from 'node:test'
import { isRefusal } from '#kernel'
import { type House, openHouse, type Read } from '#test/house'
import { boardAt, boardOf } from './projections/board.ts'

const COUNCILS = ['rbkc', 'westminster', 'hammersmith-and-fulham', 'hackney']
const actor = { kind: 'exercise', id: 'london' } as const
const gold = { role: 'strategic', actor } as const
const since = '2025-11-25T06:30:00.000Z'

/** The four councils of the exercise, on their invented maps, at 06:40 on the Tuesday. */
async function london(t: TestContext) {
  const house = await openHouse(t)
  house.at('2025-11-25T06:40:00Z', actor.id)
  for (const slug of COUNCILS) {
    const estate = readFileSync(new URL(`../../../scenarios/london-2025/${slug}.yaml`, import.meta.url), 'utf8')
    await house.found(slug, { exercise: actor.id, estate })
  }
  const networks: string[] = (await house.read('westminster', 'estate')).components
    .filter(({ kind }: Read) => kind === 'network')
    .map(({ id }: Read) => id)
  assert.ok(networks.length > 5)
  const { incident } = await house.give(
    'westminster',
    'incident.declare',
    { title: 'Networks', summary: 's', occurredAt: '2025-11-24T09:00:00Z' },
    gold,
  )
  const isolate = (components: readonly string[], more: object = {}) =>
    house.give(
      'westminster',
      'incident.isolate',
      { incident, components, precautionary: true, rationale: 'Shared platform entered', since, ...more },
      gold,
    )
  const whatIf = (components: readonly string[], organisation = 'westminster') =>
    house.read(
      organisation,
      'what-if',
      { changes: components.map((component) => ({ component, condition: 'isolated', since })) },
      gold,
    )
  return { house, networks, incident, isolate, whatIf }
}

const ids = (hits: Read): string[] => hits.map(({ id }: Read) => id).sort()

async function servicesAt(house: House, level: string, input = {}): Promise<string[]> {
  const { nodes } = await house.read('westminster', 'impact', input)
  const { services } = await house.read('westminster', 'estate')
  return ids(services).filter((id) => nodes[id].level === level)
}

test('what was foreseen is what happens: the same services, the same times, the same reasons', async (t) => {
  const { house, networks, isolate, whatIf } = await london(t)
  assert.deepEqual(await servicesAt(house, 'stopped'), [])
  const foreseen = await whatIf(networks)
  assert.deepEqual(await servicesAt(house, 'stopped'), [], 'asking changes nothing')
  const { impact: answered, entries } = await isolate(networks)
  assert.equal(entries.length, 1)
  assert.deepEqual(answered, foreseen)
  const { nodes } = await house.read('westminster', 'impact')
  assert.ok(foreseen.stopped.length > 10)
  for (const { id, at, because } of foreseen.stopped) {
    assert.equal(nodes[id].stoppedFrom, at, id)
    assert.equal(because[0], id)
    assert.ok(networks.includes(because.at(-1)), `${id} is explained by a network`)
    if (nodes[id].level === 'stopped') assert.deepEqual(nodes[id].because, because)
  }
  for (const { id, at } of foreseen.degraded) assert.equal(nodes[id].degradedFrom, at, id)
  const hit = new Set([...ids(foreseen.stopped), ...ids(foreseen.degraded), ...foreseen.relieved])
  for (const { id } of (await house.read('westminster', 'estate')).services)
    if (!hit.has(id)) assert.equal(nodes[id].degradedFrom, null, id)
  const after = await whatIf(networks)
  assert.deepEqual([after.stopped, after.degraded, after.relieved, after.keepAlive], [[], [], [], null])
})

test('social care and Teams run on; Report It and the contact centre stop', async (t) => {
  const { house, networks, isolate } = await london(t)
  await isolate(networks)
  const { nodes } = await house.read('westminster', 'impact')
  for (const id of ['teams', 'guest-wifi']) assert.ok(nodes[`westminster/${id}`], id)
  assert.equal(nodes['westminster/teams'].level, 'normal')
  const { services } = await house.read('westminster', 'estate')
  const named = (word: RegExp) => services.filter(({ name }: Read) => word.test(name))
  for (const { id } of named(/social care|safeguarding|child protection/i))
    assert.notEqual(nodes[id].level, 'stopped', id)
  const stopped = await servicesAt(house, 'stopped')
  assert.ok(
    stopped.some((id) => /report/.test(id)),
    stopped.join(),
  )
  const { services: counts, hit } = await house.read('westminster', 'situation')
  assert.equal(counts.stopped, stopped.length)
  assert.equal(counts.stopped + counts.degraded + counts.normal, services.length)
  assert.deepEqual(ids(hit.filter((one: Read) => one.level === 'stopped')), stopped)
})

test('breaches come in order of time, each at the stop plus its objective', async (t) => {
  const { house, networks, whatIf } = await london(t)
  const { breaches, stopped } = await whatIf(networks)
  assert.ok(breaches.length > 5)
  const times = breaches.map((one: Read) => one.at)
  assert.deepEqual(times, [...times].sort())
  const { services } = await house.read('westminster', 'estate')
  const limits = services.flatMap(({ id, rto, mtpd }: Read) => (ids(stopped).includes(id) ? [rto, mtpd] : []))
  assert.equal(breaches.length, limits.filter(Boolean).length)
  for (const { id, rtoBreachAt, mtpdBreachAt } of stopped)
    for (const [objective, at] of [
      ['rto', rtoBreachAt],
      ['mtpd', mtpdBreachAt],
    ])
      assert.equal(breaches.find((one: Read) => one.service === id && one.objective === objective)?.at ?? null, at)
})

test('a shared platform takes the neighbours down with it, and each is named', async (t) => {
  const { house, whatIf } = await london(t)
  const { organisations, stopped } = await whatIf(['shared-platform', 'shared-network', 'shared-directory'], 'rbkc')
  assert.ok(stopped.length > 0)
  const hit = Object.fromEntries(organisations.map((one: Read) => [one.organisation, one]))
  assert.equal(hit.rbkc, undefined)
  assert.ok(hit.westminster.stopped.length > 0)
  assert.equal(hit.westminster.name, 'Invented westminster')
  for (const { because } of hit.westminster.stopped) assert.ok(because.at(-1).startsWith('rbkc/shared-'))
  const own = await house.read('westminster', 'what-if', {
    changes: [{ component: 'rbkc/shared-platform', condition: 'isolated' }],
  })
  assert.equal(own.refused, 'not-our-component')
})

test('leaving what is to be kept alive out of the isolation keeps those services, and one less does not', async (t) => {
  const { networks, whatIf } = await london(t)
  const { keepAlive } = await whatIf(networks)
  assert.ok(keepAlive.exact)
  assert.ok(keepAlive.spare.length > 0 && keepAlive.services.length > 0)
  const without = (spare: string[]) => networks.filter((id) => !spare.includes(id))
  const stops = async (isolated: string[]) => {
    if (isolated.length === 0) return []
    const { stopped } = await whatIf(isolated)
    return ids(stopped).filter((id) => keepAlive.services.includes(id))
  }
  assert.deepEqual(await stops(without(keepAlive.spare)), [])
  for (const one of keepAlive.spare)
    assert.notDeepEqual(await stops(without(keepAlive.spare.filter((id: string) => id !== one))), [], one)
})

test('what is isolated already is not offered as something to leave out', async (t) => {
  const { networks, isolate, whatIf } = await london(t)
  const { keepAlive } = await whatIf(networks)
  const first = keepAlive.spare[0]
  await isolate([first])
  const again = await whatIf(networks)
  assert.ok(!again.keepAlive?.spare.includes(first))
  assert.ok(!again.keepAlive?.components?.includes(first))
})

test('any past moment can be asked about, and what could be known then', async (t) => {
  const { house, networks, incident, isolate } = await london(t)
  await isolate(networks)
  const now = await servicesAt(house, 'stopped')
  assert.deepEqual(await servicesAt(house, 'stopped', { at: '2025-11-25T06:29:59Z' }), [])
  assert.deepEqual(await servicesAt(house, 'stopped', { at: '2025-11-25T06:40:00Z' }), now)
  assert.deepEqual(
    await servicesAt(house, 'stopped', { at: '2025-11-25T06:40:00Z', knownAt: '2025-11-25T06:39:59Z' }),
    [],
  )

  house.at('2025-11-25T12:00:00Z', actor.id)
  const late = {
    incident,
    component: 'teams',
    condition: 'unavailable',
    since: '2025-11-25T09:00:00Z',
    reason: 'told late',
  }
  await house.give('westminster', 'incident.record-condition', late, gold)
  const teamsAt = async (input: object) =>
    (await house.read('westminster', 'impact', input)).nodes['westminster/teams'].level
  assert.equal(await teamsAt({ at: '2025-11-25T08:59:59Z' }), 'normal')
  assert.equal(await teamsAt({ at: '2025-11-25T10:00:00Z' }), 'stopped')
  assert.equal(await teamsAt({ at: '2025-11-25T10:00:00Z', knownAt: '2025-11-25T11:59:59Z' }), 'normal')
  assert.equal(await teamsAt({ at: '2025-11-25T10:00:00Z', knownAt: '2025-11-25T12:00:00Z' }), 'stopped')
  const recorded = async (input: object) => ids((await house.read('westminster', 'situation', input)).components)
  assert.ok((await recorded({})).includes('westminster/teams'))
  assert.ok(
    !(await recorded({ at: '2025-11-25T10:00:00Z', knownAt: '2025-11-25T11:00:00Z' })).includes('westminster/teams'),
  )
})

test('the timeline runs in the order of events, the decision log holds every choice with its reasons', async (t) => {
  const { house, networks, incident, isolate } = await london(t)
  await isolate(networks, { options: ['Wait', { title: 'Isolate', chosen: true }], authority: 'Duty gold' })
  await house.give(
    'westminster',
    'incident.record-decision',
    { incident, title: 'Aid', decision: 'Ask', rationale: 'r' },
    gold,
  )
  house.at('2025-11-25T20:00:00Z', actor.id)
  await house.give(
    'westminster',
    'incident.restore',
    { incident, components: ['guest-wifi'], evidence: 'Checked' },
    gold,
  )
  await house.give('westminster', 'incident.stand-down', { incident, reason: 'Over' }, gold)
  const { entries } = await house.read('westminster', 'timeline', { incident })
  assert.deepEqual(
    entries.map(({ type }: Read) => type.slice('incident.'.length)),
    ['declared', 'components-isolated', 'decision-recorded', 'components-restored', 'stood-down'],
  )
  const times = entries.map((one: Read) => one.occurredAt)
  assert.deepEqual(times, [...times].sort())
  assert.equal(times[1], since)
  assert.match(entries[1].words, /^Isolated as a precaution: .*Corporate network.* and \d+ more$/)
  const { decisions } = await house.read('westminster', 'decisions')
  assert.deepEqual(
    decisions.map(({ kind }: Read) => kind),
    ['isolation', 'decision', 'restoration', 'stand-down'],
  )
  const [{ options, authority, rationale, foreseen }] = decisions
  assert.deepEqual([options.length, authority, rationale], [2, 'Duty gold', 'Shared platform entered'])
  assert.ok(foreseen.stopped.length > 0)
  const early = await house.read('westminster', 'decisions', { at: '2025-11-25T06:35:00Z' })
  assert.equal(early.decisions.length, 1)
})

test('restoring all that was isolated brings all services back, and nothing is left behind at stand-down', async (t) => {
  const { house, networks, incident, isolate } = await london(t)
  await isolate(networks)
  house.at('2025-11-26T06:40:00Z', actor.id)
  const [first, second, ...others] = networks
  const restore = (components: string[]) =>
    house.give('westminster', 'incident.restore', { incident, components, evidence: 'Checked' }, gold)
  const { impact } = await restore(others)
  const { nodes } = await house.read('westminster', 'impact')
  assert.ok(impact.relieved.some((id: string) => nodes[id].level === 'normal'))
  assert.deepEqual([impact.stopped, impact.degraded], [[], []])
  assert.deepEqual((await house.read('westminster', 'situation')).incidents[0].isolated, [first!, second!].sort())
  await restore([first!])
  const running = { component: second, condition: 'operational', reason: 'found running' }
  await house.give('westminster', 'incident.record-condition', running, gold)
  assert.deepEqual((await restore([second!])).entries, [])
  assert.deepEqual(await servicesAt(house, 'normal'), ids((await house.read('westminster', 'estate')).services))
  assert.deepEqual((await house.read('westminster', 'situation')).incidents[0].isolated, [])
  const over = await house.give('westminster', 'incident.stand-down', { incident, reason: 'Over' }, gold)
  assert.deepEqual(over.stillIsolated, [])
})

test('a planned isolation stops nothing until its time, and can be brought forward', async (t) => {
  const { house, networks, isolate } = await london(t)
  await isolate(networks, { since: '2025-11-25T18:00:00Z' })
  assert.deepEqual(await servicesAt(house, 'stopped'), [])
  assert.ok((await house.read('westminster', 'situation')).hit.length > 0, 'but it is announced')
  assert.notDeepEqual(await servicesAt(house, 'stopped', { at: '2025-11-25T18:00:00Z' }), [])
  assert.equal((await isolate(networks, { since: '2025-11-25T06:40:00Z' })).entries.length, 1)
  assert.notDeepEqual(await servicesAt(house, 'stopped'), [])
})

test('the live board is the board that a full evaluation gives', async (t) => {
  const { house, networks, isolate } = await london(t)
  await isolate(networks)
  const { models } = house.journal
  const at = Date.parse('2025-11-25T06:40:00Z')
  const [live, whole] = [boardOf(models, 'hackney', at), boardAt(models, 'westminster', { at })]
  assert.deepEqual(live.evaluation.stoppedFrom, whole.evaluation.stoppedFrom)
  assert.deepEqual(live.evaluation.degradedFrom, whole.evaluation.degradedFrom)
})

test('one mistaken component refuses the whole isolation, and nothing is recorded', async (t) => {
  const { house, networks, incident } = await london(t)
  const before = house.journal.models.position('westminster')
  const input = { incident, components: [...networks, 'corporate-netwrok'], precautionary: true, rationale: 'r' }
  const refused = await house.refused('westminster', 'incident.isolate', input, gold)
  assert.ok(isRefusal(refused))
  assert.equal(refused.errors![0]!.pointer, `/components/${networks.length}`)
  assert.match(refused.detail, /corporate-network/)
  assert.equal(house.journal.models.position('westminster'), before)
})
