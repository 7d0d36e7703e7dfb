import assert from 'node:assert/strict'
import { test } from 'node:test'
import { people } from '#contexts/access'
import { organisationOf } from '#contexts/estate'
import { copyOf, exerciseClockOf } from '#contexts/exercise'
import { isRefusal, ROLES } from '#kernel'
import { freshDatabaseUrl, temporaryDirectory } from '#test/database'
import { openApplication } from './application.ts'
import { exerciseDesk } from './exercise-desk.ts'
import { invite } from './invite.ts'
import { play, readScenario } from './play.ts'

const LONDON = new URL('../../scenarios/london-2025.yaml', import.meta.url).pathname

test('a scenario begins again as a fresh copy among organisations of its own; what was played stays', async (t) => {
  const place = { databaseUrl: await freshDatabaseUrl(t), dataDirectory: temporaryDirectory(t), postgres: null }
  const application = await openApplication(place, ({ level, msg }) => level === 'error' && assert.fail(msg))
  t.after(() => application.close())
  const { models } = application.journal
  const desk = exerciseDesk(() => application)
  const before = () => desk.scenarios().find(({ exercise }) => exercise === 'london-2025')?.before
  assert.equal(before(), 0)

  assert.equal(await desk.start('london-2025', 'nobody', false), 'rbkc')
  assert.equal(before(), 1)
  const { person } = await invite(application, {
    url: 'http://localhost',
    organisation: 'rbkc',
    name: 'P',
    roles: ROLES,
  })
  const played = models.position('westminster')
  const london = exerciseClockOf(models, 'westminster')!
  assert.equal(london.speed, 0)
  assert.ok(desk.next('london-2025'))

  assert.equal(await desk.start('london-2025', person, true), 'rbkc-2')
  assert.equal(before(), 2)
  assert.equal(models.position('westminster'), played, 'the first was left alone')
  assert.equal(organisationOf(models, 'westminster-2')?.name, 'Westminster City Council (2)')
  assert.equal(exerciseClockOf(models, 'westminster-2')?.exercise, 'london-2025-2')
  for (const organisation of ['rbkc-2', 'hackney-2'])
    assert.deepEqual([...models.of(people, organisation).grants.get(person)!.keys()], [...ROLES])
  assert.ok(desk.next('london-2025-2')?.organisation.endsWith('-2') ?? true)

  const refused = await desk.start('no-such-story', person, false)
  assert.equal(isRefusal(refused) && refused.refused, 'unknown-scenario')
})

test('a copy comes out as the scenario does: every check of London holds among the organisations of the third', async (t) => {
  const place = { databaseUrl: await freshDatabaseUrl(t), dataDirectory: temporaryDirectory(t), postgres: null }
  const application = await openApplication(place, ({ level, msg }) => level === 'error' && assert.fail(msg))
  t.after(() => application.close())
  const scenario = readScenario(LONDON)
  assert.ok(!('mistakes' in scenario))
  assert.equal(copyOf(scenario, 1), scenario)
  const report = await play(application, copyOf(scenario, 3))
  assert.ok(!isRefusal(report), JSON.stringify(report))
  assert.deepEqual(report.failures, [])
  assert.ok(report.passed && report.expectations.checks > 100)
  assert.ok(application.journal.models.organisations().every((one) => one.endsWith('-3')))
})
