import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type House, openHouse, type Read } from '#test/house'

const file = (text: string, name = 'estate.yaml') => ({ files: [{ name, text }] })
const NORTH = `
organisation: north
components:
  - { id: network, name: Network, kind: network }
  - { id: platform, name: Shared platform, kind: platform, needs: [{ requires: network }] }
services:
  - { id: pay, name: Pay, statutory: true, rto: P1D, mtpd: P5D, needs: [{ requires: platform, buffer: PT8H }] }
`
const SOUTH = `
organisation: south
components:
  - { id: office, name: Office, kind: platform, needs: [{ requires: north/platform }] }
services:
  - { id: help, name: Help, needs: [{ anyOf: [office, north/network], atLeast: 1 }] }
`
const admin = { role: 'admin' } as const

async function two(t: TestContext): Promise<House> {
  const house = await openHouse(t)
  await house.found('north', { estate: NORTH })
  await house.found('south', { estate: SOUTH })
  return house
}

test('an import says what it did, and the same file again changes nothing', async (t) => {
  const house = await openHouse(t)
  await house.found('north')
  const first = await house.give('north', 'estate.import', file(NORTH))
  assert.deepEqual(first, { entries: [2, 3, 4], added: 3, changed: 0, retired: 0, warnings: [] })
  const again = await house.give('north', 'estate.import', file(NORTH))
  assert.deepEqual(again, { entries: [], added: 0, changed: 0, retired: 0, warnings: [] })
  const reordered = NORTH.replace('rto: P1D', 'rto: PT24H')
  assert.deepEqual((await house.give('north', 'estate.import', file(reordered))).entries, [])
})

test('a revision adds, changes and retires, as its plan has said', async (t) => {
  const house = await openHouse(t)
  await house.found('north', { estate: NORTH })
  const next = NORTH.replace('name: Network', 'name: Core network').replace(
    / {2}- \{ id: pay.*\n/,
    '  - { id: ask, name: Ask }\n',
  )
  const { plan, lines } = await house.read('north', 'estate-plan', file(next))
  const { entries, added, changed, retired } = await house.give('north', 'estate.import', file(next))
  assert.deepEqual([added, changed, retired, entries.length], [1, 1, 1, 3])
  assert.deepEqual([plan.added.length, plan.changed.length, plan.retired.length], [1, 1, 1])
  assert.match(lines.at(-1), /north: 1 added, 1 changed, 1 retired, 1 unchanged/)
  const { services } = await house.read('north', 'estate')
  assert.deepEqual(
    services.map(({ id }: Read) => id),
    ['north/ask'],
  )
})

test('one mistake refuses the whole import, and every mistake is named with file and line', async (t) => {
  const house = await openHouse(t)
  await house.found('north', { estate: NORTH })
  const before = house.journal.models.position('north')
  const wrong = NORTH.replace('kind: network', 'kind: netwrok').replace('requires: platform', 'requires: platfrom')
  const refused = await house.refused('north', 'estate.import', file(wrong))
  assert.deepEqual([refused.refused, refused.kind, refused.errors!.length], ['estate-file-wrong', 'input', 2])
  const [kind, target] = refused.errors!
  assert.match(kind!.detail, /^estate\.yaml:4:\d+: .*netwrok.*did you mean "network"/)
  assert.match(target!.detail, /^estate\.yaml:7:\d+: .*platfrom.*did you mean "platform"/)
  assert.deepEqual(new Set(refused.errors!.map(({ pointer }) => pointer)), new Set(['/files/0/text']))
  assert.deepEqual((await house.read('north', 'estate-plan', file(wrong))).errors, refused.errors)
  assert.equal(house.journal.models.position('north'), before)
})

test('what a YAML escape hides is refused like any other text that the journal cannot hold', async (t) => {
  const house = await openHouse(t)
  await house.found('north')
  const before = house.journal.models.position('north')
  for (const name of ['"a\\0b"', '"a\\u0000b"', '"\\ud800"', '"\\U00110000"']) {
    const outcome = await house.ask('north', 'estate.import', file(NORTH.replace('name: Network', `name: ${name}`)))
    assert.equal((outcome as Read).refused, 'estate-file-wrong', name)
  }
  assert.equal(house.journal.models.position('north'), before)
})

test('a file of another organisation is refused, and so is an unknown component of one', async (t) => {
  const house = await two(t)
  const { refused, detail } = await house.refused('north', 'estate.import', file(SOUTH))
  assert.equal(refused, 'estate-file-wrong')
  assert.match(detail, /describe south; this import is for north/)
  const wrong = await house.refused('south', 'estate.import', file(SOUTH.replace('north/platform', 'north/platfrom')))
  assert.match(wrong.errors![0]!.detail, /did you mean "platform"/)
})

test('a neighbour that is not here yet is a warning', async (t) => {
  const house = await openHouse(t)
  await house.found('south')
  const { warnings, added } = await house.give('south', 'estate.import', file(SOUTH))
  assert.equal(added, 2)
  assert.equal(warnings.length, 2)
  assert.match(warnings[0], /^estate\.yaml:4:\d+: "north\/platform" is not known to Holdfast yet/)
})

test('retiring what a neighbour needs is done, with a warning for each of its needs', async (t) => {
  const house = await two(t)
  const text = NORTH.replace(/ {2}- \{ id: platform.*\n/, '').replace('requires: platform', 'requires: network')
  const expected = [
    'south/office needs north/platform, which would be retired: from then on south/office counts it as running',
  ]
  assert.deepEqual((await house.read('north', 'estate-plan', file(text))).warnings, expected)
  await house.give('north', 'incident.record-condition', {
    component: 'platform',
    condition: 'unavailable',
    reason: 'r',
  })
  const office = async () => (await house.read('south', 'impact')).nodes['south/office'].level
  assert.equal(await office(), 'stopped')
  const { warnings, retired } = await house.give('north', 'estate.import', file(text))
  assert.deepEqual([warnings, retired], [expected, 1])
  assert.equal(await office(), 'normal')
  assert.deepEqual((await house.give('north', 'estate.import', file(text))).warnings, [])
})

test('a template starts an empty estate, all of it assumed until somebody confirms it', async (t) => {
  const house = await openHouse(t)
  await house.found('north')
  await house.give('north', 'estate.start-from-template', { template: 'small-council' })
  const { components, services } = await house.read('north', 'estate')
  assert.ok(services.length > 15 && [...components, ...services].every(({ assumed }: Read) => assumed))
  const again = await house.refused('north', 'estate.start-from-template', { template: 'small-council' })
  assert.equal(again.refused, 'estate-not-empty')

  const [{ id }] = services
  const short = id.slice('north/'.length)
  assert.equal((await house.give('north', 'estate.confirm-assumptions', { nodes: [short, id] })).entries.length, 1)
  assert.deepEqual((await house.give('north', 'estate.confirm-assumptions', { nodes: [id] })).entries, [])
  const after = await house.read('north', 'estate')
  assert.equal([...after.components, ...after.services].filter(({ assumed }: Read) => !assumed).length, 1)
  const unknown = await house.refused('north', 'estate.confirm-assumptions', { nodes: [short, 'nothing', 'x'] })
  assert.deepEqual(
    unknown.errors!.map(({ pointer }) => pointer),
    ['/nodes/1', '/nodes/2'],
  )
})

test('a template takes the named services alone, and names the nearest of one it does not have', async (t) => {
  const house = await openHouse(t)
  await house.found('north')
  const wrong = { template: 'typical-council', services: ['pay-council-taxx'] }
  const { refused, detail } = await house.refused('north', 'estate.start-from-template', wrong)
  assert.equal(refused, 'unknown-service')
  assert.match(detail, /did you mean "pay-council-tax"/)
  await house.give('north', 'estate.start-from-template', {
    template: 'typical-council',
    services: ['pay-council-tax'],
  })
  const { services } = await house.read('north', 'estate')
  assert.ok(services.some(({ id }: Read) => id === 'north/pay-council-tax'))
})

test('a short name is taken once, and cannot hide an address of Holdfast', async (t) => {
  const house = await openHouse(t)
  const add = (slug: string, input: object = {}, organisation = slug) =>
    house.ask(organisation, 'estate.add-organisation', { slug, name: 'Any', ...input }, admin)
  assert.deepEqual((await add('north')).entries, [1])
  assert.deepEqual((await add('north')).entries, [])
  assert.equal((await add('north', { name: 'Other' })).refused, 'organisation-exists')
  assert.equal((await add('south', {}, 'north')).refused, 'slug-mismatch')
  for (const slug of ['api', 'console', 'North', '-x', 'a b', 'é'])
    assert.equal((await add(slug)).refused, 'bad-slug', slug)
})

test('live and exercise organisations never see each other', async (t) => {
  const house = await openHouse(t)
  const actor = { kind: 'exercise', id: 'drill' } as const
  await house.found('north', { exercise: 'drill', estate: NORTH })
  await house.found('south')
  const { warnings } = await house.give('south', 'estate.import', file(SOUTH))
  assert.match(warnings[0], /not known to Holdfast yet/, 'to a live council, those of an exercise do not exist')
  const components = ['platform', 'network']
  const { incident } = await house.give('north', 'incident.declare', { title: 't', summary: 's' }, { actor })
  const input = { incident, components, precautionary: true, rationale: 'r' }
  const { impact } = await house.give('north', 'incident.isolate', input, { actor })
  assert.deepEqual(impact.organisations, [])
  for (const { level, degradedFrom } of Object.values<Read>((await house.read('south', 'impact')).nodes))
    assert.deepEqual([level, degradedFrom], ['normal', null])
  assert.deepEqual((await house.read('north', 'estate-plan', file('organisation: north'))).warnings.length, 1)

  house.at('2030-01-01T00:00:00Z', 'drill')
  assert.equal((await house.read('north', 'situation')).at, '2030-01-01T00:00:00.000Z')
  assert.equal((await house.read('south', 'situation')).at, '2025-11-25T08:00:00.000Z')
  const live = { actor: { kind: 'exercise', id: 'live' }, role: 'admin' } as const
  const { refused } = await house.refused('west', 'estate.add-organisation', { slug: 'west', name: 'W' }, live)
  assert.equal(refused, 'exercise-called-live')
})

test('durations beyond all time break nothing: what comes after the year 9999 never comes', async (t) => {
  const house = await openHouse(t)
  const text = NORTH.replace('P1D', 'P99999999D').replace('P5D', 'P99999999D').replace('PT8H', 'P99999999D')
  await house.found('north', { estate: text })
  const { incident } = await house.give('north', 'incident.declare', { title: 't', summary: 's' })
  const input = { incident, components: ['network', 'platform'], precautionary: false, rationale: 'r' }
  const { impact } = await house.give('north', 'incident.isolate', input)
  assert.deepEqual([impact.stopped, impact.breaches, impact.relieved], [[], [], []])
  assert.equal((await house.read('north', 'impact')).nodes['north/pay'].stoppedFrom, null)
  assert.equal((await house.read('north', 'situation')).services.normal, 1)
})

test('5,000 components are imported and isolated at once', async (t) => {
  const house = await openHouse(t)
  const names = Array.from({ length: 5000 }, (_, i) => `c${i}`)
  const lines = names.map((id) => `  - { id: ${id}, name: Component, kind: platform }`)
  await house.found('north', { estate: `organisation: north\ncomponents:\n${lines.join('\n')}\n` })
  const { incident } = await house.give('north', 'incident.declare', { title: 't', summary: 's' })
  const input = { incident, components: names, precautionary: true, rationale: 'r' }
  const { impact } = await house.give('north', 'incident.isolate', input)
  assert.equal(impact.components.stopped.length, 5000)
  const begun = performance.now()
  const unknown = { ...input, components: names.map((name) => `${name}-none`) }
  assert.equal((await house.refused('north', 'incident.isolate', unknown)).errors!.length, 50)
  assert.ok(performance.now() - begun < 20_000, 'against a hang alone')
})

test('the least to keep alive and the single points of failure are told by name', async (t) => {
  const house = await two(t)
  const { components, exact } = await house.read('north', 'least-keep-alive', { service: 'pay' })
  assert.equal(exact, true)
  assert.deepEqual(
    components.map(({ id, name }: Read) => [id, name]),
    [
      ['north/network', 'Network'],
      ['north/platform', 'Shared platform'],
    ],
  )
  assert.equal((await house.read('north', 'least-keep-alive', { service: 'network' })).refused, 'unknown-service')
  const { points } = await house.read('north', 'single-points-of-failure')
  assert.deepEqual(points[0].services, ['north/pay'])
})

test('an organisation speaks the languages that its administrator sets; accents for English are for practice alone', async (t) => {
  const house = await openHouse(t)
  await house.found('north')
  await house.found('east', { exercise: 'invented-exercise' })
  const spoken = async (slug: string) => (await house.read(slug, 'organisation')).languages
  assert.deepEqual(await spoken('north'), ['en-GB'])
  const set = (slug: string, languages: string[], by = admin as object) =>
    house.ask(slug, 'estate.set-languages', { languages }, by)
  assert.equal((await set('north', ['en-XA'])).refused, 'not-a-language')
  assert.equal((await set('north', ['xx'])).refused, 'invalid-input')
  assert.equal((await set('north', [])).refused, 'invalid-input')
  assert.equal((await set('north', ['en-GB'], { role: 'tactical' })).refused, 'role-needed')
  assert.deepEqual((await set('north', ['en-GB'])).entries, [], 'it does already')
  const practice = { role: 'admin', actor: { kind: 'exercise', id: 'invented-exercise' } }
  const outcome = await set('east', ['en-XA', 'en-GB'], practice)
  assert.equal(outcome.entries?.length, 1, JSON.stringify(outcome))
  assert.deepEqual(await spoken('east'), ['en-XA', 'en-GB'])
})
