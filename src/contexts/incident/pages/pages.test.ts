import assert from 'node:assert/strict'
import { test } from 'node:test'
import { estateTold, incidentGallery, madeWorld, visited } from './incident.gallery.ts'

const INCIDENT = '019ab8bd-3900-7168-b643-3d32e91a9dcf'
const declared = ['incident.declared', { incident: INCIDENT, title: 'Invented', summary: 'Invented' }] as const
const world = madeWorld([...estateTold(), declared])
const decide = `/incidents/${INCIDENT}/isolate/decide`

test('no page in any state shows what is missing instead of words', async () => {
  for (const { name, html } of incidentGallery) {
    const page = (await html()).replace(/<textarea[\s\S]*?<\/textarea>/g, '')
    assert.match(page, /<h1/, name)
    assert.doesNotMatch(page, /undefined|\[object|NaN|Invalid Date/, name)
  }
})

test('what was typed is there again after a mistake, escaped, with a summary that leads to the field', async () => {
  const page = await visited(world, '/declare', {
    form: 'title=&summary=%3Cb%3Eone%0D%0A%0D%0Atwo&occurredAt=soon&major=yes',
  })
  assert.match(page, /<title>Error: Declare an incident/)
  assert.match(page, /href="#title">Enter what is happening, in one line/)
  assert.match(page, /href="#occurredAt">Enter a date and a time, such as 25\/11\/2025 6:30/)
  assert.match(page, /&lt;b&gt;one\r?\n\r?\ntwo<\/textarea>/)
  assert.match(page, /value="yes" checked/)
})

test('declaring asks for two answers, and gives the others only where they were answered', async () => {
  const given: [string, unknown][] = []
  const form = 'title=Fire&summary=Smoke&occurredAt=2025-07-01T06%3A30&reportedAt=&location=Town+hall'
  const answer = await visited(world, '/declare', { form, given, outcome: { entries: [9], incident: 'new' } })
  assert.equal(answer, 'to /console/example/incidents/new')
  const methane = { major: false, location: 'Town hall' }
  assert.deepEqual(given, [
    ['incident.declare', { title: 'Fire', summary: 'Smoke', occurredAt: '2025-07-01T05:30:00.000Z', methane }],
  ])
})

test('the decision records the ways that were compared, as they were seen', async () => {
  const shown = await visited(world, decide, { query: 'take=data-centre&option=remote-access' })
  const pairs = [...shown.matchAll(/name="(option|seen)" value="([^"]*)"/g)].map(
    ([, name, value]) => [name!, value!] as const,
  )
  assert.deepEqual(
    pairs.filter(([name]) => name === 'option').map(([, value]) => value),
    ['data-centre', 'remote-access', '*', ''],
  )
  const form = new URLSearchParams({ choice: 'data-centre', precautionary: 'yes', rationale: 'Fear' })
  const days = Object.entries({ best: '0.5', likely: '3', worst: '10' })
  for (const [name, value] of [...pairs, ...days]) form.append(name, value)
  const given: [string, unknown][] = []
  await visited(world, decide, { form: String(form), given })
  const [[command, input]] = given as [[string, Record<string, unknown>]]
  assert.equal(command, 'incident.isolate')
  assert.deepEqual(input.components, ['example/data-centre'])
  assert.deepEqual(input.expectedRestoration, { optimistic: 'PT12H', likely: 'P3D', pessimistic: 'P10D' })
  const options = input.options as { title: string; consequence: string; chosen?: boolean }[]
  assert.deepEqual(
    options.map(({ title, chosen }) => [title, chosen]),
    [
      ['Isolate Data centre', true],
      ['Isolate Remote access (VPN)', undefined],
      ['Isolate everything', undefined],
      ['Wait, and isolate nothing', undefined],
    ],
  )
  for (const { consequence } of options) assert.match(consequence, /^As seen at 8am on Tuesday 25 November 2025: /)
})

test('to wait is a decision, recorded with what it was chosen over', async () => {
  const given: [string, unknown][] = []
  const form = 'option=*&seen=Much+stops&option=&seen=Nothing+stops&choice=none&precautionary=yes&rationale=No+proof'
  await visited(world, decide, { form, given })
  const [[command, input]] = given as [[string, Record<string, unknown>]]
  assert.equal(command, 'incident.record-decision')
  assert.equal(input.decision, 'Wait, and isolate nothing')
  assert.deepEqual(input.options, [
    { title: 'Isolate everything', consequence: 'Much stops' },
    { title: 'Wait, and isolate nothing', consequence: 'Nothing stops', chosen: true },
  ])
})

test('half an estimate is refused, with what was typed', async () => {
  const form = 'option=*&option=&choice=*&precautionary=no&rationale=Seen&best=9&likely=2&worst=10'
  const page = await visited(world, decide, { form })
  assert.match(page, /href="#best">Give the shortest first and the longest last/)
  assert.match(page, /name="likely"[^>]*value="2"/)
  assert.match(page, /value="\*" checked/)
})

test('what is ticked stays ticked through a search that does not show it', async () => {
  const page = await visited(world, `/incidents/${INCIDENT}/isolate`, {
    query: 'q=zzz&take=data-centre&option=remote-access',
  })
  assert.match(page, /type="hidden" name="take" value="data-centre"/)
  assert.match(page, /type="hidden" name="option" value="remote-access"/)
  assert.match(page, /0 components found/)
})

test('an incident that is not there is said to be so', async () => {
  assert.match(await visited(world, '/incidents/other'), /There is no such incident/)
})
