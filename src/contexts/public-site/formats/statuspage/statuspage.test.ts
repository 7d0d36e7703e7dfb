import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Type } from 'typebox'
import { Errors } from 'typebox/value'
import { handMadeWorld, inventedEstate } from '#test/hand-made-world'
import { randomHistory } from '#test/random-history'
import type { Issue } from '../../core/facts.ts'
import { worldFacts } from '../../projections/public-facts.ts'
import { statuspage } from './statuspage.ts'

const one = <T extends string>(...words: T[]) => Type.Union(words.map((word) => Type.Literal(word)))
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()])
const exactly = (properties: Parameters<typeof Type.Object>[0]) =>
  Type.Object(properties, { additionalProperties: false })
const Time = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d)$' })
const Page = exactly({
  id: Type.String({ minLength: 1 }),
  name: Type.String({ minLength: 1 }),
  url: Type.String({ pattern: '^https?://' }),
  time_zone: Type.Literal('Europe/London'),
  timezone: Type.Literal('Europe/London'),
  updated_at: Time,
})
const Status = exactly({ indicator: one('none', 'minor', 'major', 'critical'), description: Type.String() })
const Word = one('operational', 'degraded_performance', 'partial_outage', 'major_outage', 'under_maintenance')
const Component = exactly({
  id: Type.String({ minLength: 1 }),
  name: Type.String(),
  status: Word,
  created_at: Time,
  updated_at: Time,
  position: Type.Integer({ minimum: 1 }),
  description: orNull(Type.String()),
  showcase: Type.Boolean(),
  start_date: orNull(Type.String()),
  group_id: orNull(Type.String()),
  page_id: Type.String(),
  group: Type.Boolean(),
  only_show_if_degraded: Type.Boolean(),
})
const State = one('investigating', 'identified', 'monitoring', 'resolved', 'postmortem')
const Affected = exactly({ code: Type.String(), name: Type.String(), old_status: Word, new_status: Word })
const Update = exactly({
  id: Type.String(),
  incident_id: Type.String(),
  status: State,
  body: Type.String(),
  created_at: Time,
  updated_at: Time,
  display_at: Time,
  affected_components: Type.Array(Affected),
})
const Incident = exactly({
  id: Type.String(),
  name: Type.String(),
  status: State,
  impact: one('none', 'minor', 'major', 'critical'),
  created_at: Time,
  updated_at: Time,
  started_at: Time,
  monitoring_at: orNull(Time),
  resolved_at: orNull(Time),
  shortlink: Type.String({ pattern: '^https?://' }),
  page_id: Type.String(),
  incident_updates: Type.Array(Update, { minItems: 1 }),
  components: Type.Array(Component),
})
const none = Type.Array(Type.Never(), { maxItems: 0 })
const incidents = Type.Array(Incident)
const components = Type.Array(Component)
const FILES = {
  'summary.json': exactly({ page: Page, status: Status, components, incidents, scheduled_maintenances: none }),
  'status.json': exactly({ page: Page, status: Status }),
  'components.json': exactly({ page: Page, components }),
  'incidents.json': exactly({ page: Page, incidents }),
  'incidents/unresolved.json': exactly({ page: Page, incidents }),
  'scheduled-maintenances.json': exactly({ page: Page, scheduled_maintenances: none }),
  'scheduled-maintenances/upcoming.json': exactly({ page: Page, scheduled_maintenances: none }),
  'scheduled-maintenances/active.json': exactly({ page: Page, scheduled_maintenances: none }),
}

const NOW = Date.parse('2025-11-25T06:30:00Z')
const issue: Issue = {
  revision: 1,
  madeAt: NOW,
  confirmedUntil: NOW + 1,
  url: 'https://status.example.org',
  language: 'en-GB',
}

function published(change: (world: ReturnType<typeof handMadeWorld>) => void) {
  const world = handMadeWorld(NOW)
  world.found('westminster', 'Westminster City Council', inventedEstate('westminster', 9))
  change(world)
  const [facts] = worldFacts(world.models, 'live', NOW).organisations
  return JSON.parse(JSON.stringify(statuspage(facts!, issue)))
}

test('every file has the exact shape, in calm, in trouble and after it', () => {
  const states = [
    published(() => {}),
    published((world) => world.isolate('westminster', world.declare('westminster'), ['westminster/corporate-network'])),
    published((world) => {
      const incident = world.declare('westminster')
      world.isolate('westminster', incident, ['westminster/documents'])
      world.restore('westminster', incident, ['westminster/documents'])
      world.record('westminster', {
        type: 'incident.stood-down',
        v: 1,
        data: { incident, stillIsolated: [], reason: 'Secret' },
      })
    }),
  ]
  for (const files of states)
    for (const [name, schema] of Object.entries(FILES)) assert.deepEqual([...Errors(schema, files[name])], [], name)
  assert.deepEqual(
    states.map((files) => files['summary.json'].status.indicator),
    ['none', 'major', 'none'],
  )
  assert.deepEqual(
    states.map((files) => files['incidents.json'].incidents.map((incident: { status: string }) => incident.status)),
    [[], ['identified'], ['resolved']],
  )
})

test('an incident that touches no service is not public', () => {
  const files = published((world) => {
    const incident = world.declare('westminster')
    world.record('westminster', {
      type: 'incident.sitrep-issued',
      v: 1,
      data: { incident, sitrep: 1, nextUpdateAt: '2025-11-25T15:00:00Z' },
    })
  })
  assert.deepEqual(files['incidents.json'].incidents, [])
})

/** What a page is taken for by a reader with the habits of openstatus: what it doesn't know counts as fine, or it takes nothing. */
function reader(files: ReturnType<typeof statuspage>) {
  const { page, status } = files['status.json']
  if (!['none', 'minor', 'major', 'critical'].includes(status.indicator)) return null
  if (!/(?:Z|[+-]\d\d:\d\d)$/.test(page.updated_at) || !URL.canParse(page.url) || !page.timezone) return null
  const leaves = files['components.json'].components.filter((one) => !one.group)
  const known = ['operational', 'degraded_performance', 'partial_outage', 'major_outage', 'under_maintenance']
  return {
    severity: status.indicator,
    services: leaves.map(({ id, status: word }) => [id, known.includes(word) ? word : 'operational']),
    open: files['incidents.json'].incidents.filter((one) => one.resolved_at === null).map(({ id }) => id),
  }
}

test('a reader that forgives nothing, or takes what it does not know for fine, is told the truth', () => {
  const words = { normal: 'operational', degraded: 'degraded_performance', stopped: 'major_outage' }
  fc.assert(
    fc.property(randomHistory('hostile'), ({ facts, issue: made }) => {
      const files = statuspage(facts, made)
      const taken = reader(files)
      assert.ok(taken, 'the page is taken')
      assert.deepEqual(
        taken.services,
        facts.services.map(({ slug, level }) => [slug, words[level]]),
      )
      assert.equal(
        taken.severity === 'none',
        facts.services.every(({ level }) => level === 'normal'),
      )
      // It reads incidents from their own file only: whatever the summary tells must be there, and the same.
      const open = files['summary.json'].incidents
      assert.deepEqual(files['incidents/unresolved.json'].incidents, open)
      assert.deepEqual(
        taken.open,
        open.map(({ id }) => id),
      )
      assert.equal(files['summary.json'].components.length, facts.services.length, 'no group is counted as a service')
    }),
    { numRuns: 40 },
  )
})

test('an incident’s updates are what residents were told and what changed, the newest first, and it stands as that says', () => {
  fc.assert(
    fc.property(randomHistory('hostile'), ({ facts, issue: made }) => {
      const files = JSON.parse(JSON.stringify(statuspage(facts, made)))
      for (const [name, schema] of Object.entries(FILES)) assert.deepEqual([...Errors(schema, files[name])], [], name)
      for (const one of files['incidents.json'].incidents) {
        const updates = one.incident_updates as { id: string; status: string; display_at: string }[]
        assert.equal(updates[0]!.status, one.status)
        assert.equal(new Set(updates.map(({ id }) => id)).size, updates.length)
        const times = updates.map(({ display_at }) => display_at)
        assert.deepEqual(times, times.toSorted().toReversed())
        const told = facts.statements.filter((said) => said.audience === 'residents' && said.incident === one.id)
        assert.deepEqual(
          updates.flatMap(({ id }) => /statement-(\d+-\d+)$/.exec(id)?.[1] ?? []).sort(),
          told.map(({ statement, version }) => `${statement}-${version}`).sort(),
        )
      }
    }),
    { numRuns: 40 },
  )
})
