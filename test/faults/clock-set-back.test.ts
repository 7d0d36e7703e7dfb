import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { instant, isRefusal, operator } from '#kernel'
import { freshDatabaseUrl, temporaryDirectory } from '#test/database'
import { type Application, openApplication } from '../../src/main/application.ts'

const VERIFIER = fileURLToPath(new URL('../../verifier/verify.ts', import.meta.url))
const HOUR = 3_600_000
const NOON = Date.UTC(2027, 2, 1, 12)

/** Holdfast on a clock that the test sets. */
async function underClock(t: TestContext) {
  const place = { databaseUrl: await freshDatabaseUrl(t), dataDirectory: temporaryDirectory(t), postgres: null }
  const clock = { time: NOON, now: () => clock.time }
  const open = async () => {
    const application = await openApplication(place, () => {}, undefined, clock)
    t.after(() => application.close())
    return application
  }
  return { clock, open, folder: place.dataDirectory }
}

async function order(application: Application, organisation: string, command: string, input: object) {
  const done = await application.execute({ organisation, command, input, caller: operator })
  if (isRefusal(done)) throw new Error(`${command}: ${done.detail}`)
  return done as Record<string, unknown>
}

async function impactOf(application: Application, organisation: string) {
  const read = await application.read({ organisation, query: 'impact', input: {}, caller: operator })
  return (read as { nodes: Record<string, { level: string }> }).nodes
}

async function found(application: Application, organisation: string): Promise<string> {
  await order(application, organisation, 'estate.add-organisation', { slug: organisation, name: 'Invented' })
  const text = `components:\n  - { id: network, name: Network, kind: network }\nservices:\n  - { id: bins, name: Bins, needs: [{ requires: network }] }\n`
  await order(application, organisation, 'estate.import', { files: [{ name: 'estate.yaml', text }] })
  return (await order(application, organisation, 'incident.declare', { title: 'Invented', summary: 'Invented' }))
    .incident as string
}

const isolation = (incident: string) => ({
  incident,
  components: ['network'],
  precautionary: true,
  rationale: 'Invented',
})
const said = (incident: string, text: string) => ({ incident, assumption: text, reviewAt: '2099-01-01T00:00:00Z' })

async function neverBack(application: Application, organisation: string): Promise<void> {
  const entries = await application.journal.readEntries({ organisation, after: 0, limit: 1000 })
  const times = entries.map((entry) => entry.recordedAt)
  assert.deepEqual(times, times.toSorted())
  for (const { occurredAt, recordedAt } of entries) assert.ok(occurredAt <= recordedAt)
  assert.deepEqual((await application.journal.verify(organisation)).findings, [])
}

test('with the clock set back, no entry is recorded before another, and what was isolated stays so', async (t) => {
  const { clock, open, folder } = await underClock(t)
  const first = await open()
  const incident = await found(first, 'ambridge')
  clock.time += HOUR
  await order(first, 'ambridge', 'incident.isolate', isolation(incident))
  const early = (await first.journal.checkpoints.sign('ambridge'))!
  assert.equal((await impactOf(first, 'ambridge'))['ambridge/bins']!.level, 'stopped')

  clock.time -= 3 * HOUR
  assert.equal((await impactOf(first, 'ambridge'))['ambridge/bins']!.level, 'stopped', 'an hour ago is not now')
  for (let step = 0; step < 5; step++) {
    clock.time -= HOUR / 4
    await order(first, 'ambridge', 'incident.record-assumption', said(incident, `step ${step}`))
    await first.journal.checkpoints.sign('ambridge')
  }
  await neverBack(first, 'ambridge')
  await first.close()

  clock.time -= 24 * HOUR
  const second = await open()
  assert.equal((await impactOf(second, 'ambridge'))['ambridge/bins']!.level, 'stopped', 'nor after a restart')
  const restore = { incident, components: ['network'], evidence: 'Invented' }
  await order(second, 'ambridge', 'incident.restore', restore)
  assert.equal((await impactOf(second, 'ambridge'))['ambridge/bins']!.level, 'normal')
  await neverBack(second, 'ambridge')

  clock.time = NOON + 48 * HOUR
  await order(second, 'ambridge', 'incident.record-assumption', said(incident, 'the clock is right again'))
  await neverBack(second, 'ambridge')
  const last = (await second.journal.readEntries({ organisation: 'ambridge', after: 0, limit: 1000 })).at(-1)!
  assert.equal(last.recordedAt, instant(clock.time))

  const exported = join(folder, 'export')
  await second.journal.exportTo('ambridge', exported)
  writeFileSync(join(folder, 'early'), early.note)
  const words = [VERIFIER, exported, '--since', join(folder, 'early')]
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' })
  assert.equal(status, 0, stdout + stderr)
})

test('with the clock set back, another process that knew the later time still rules', async (t) => {
  const { clock, open } = await underClock(t)
  const [ahead, behind] = [await open(), await open()]
  const incident = await found(ahead, 'ambridge')
  clock.time += HOUR
  await order(ahead, 'ambridge', 'incident.isolate', isolation(incident))
  clock.time -= 2 * HOUR
  await behind.journal.catchUp()
  assert.equal((await impactOf(behind, 'ambridge'))['ambridge/bins']!.level, 'stopped')
  await order(behind, 'ambridge', 'incident.record-assumption', said(incident, 'from behind'))
  await neverBack(behind, 'ambridge')
})

test("an exercise's clock never goes back either, whatever its speed", async (t) => {
  const { clock, open } = await underClock(t)
  const application = await open()
  const caller = { actor: { kind: 'exercise', id: 'market-day' } as const, roles: ['admin'] as const }
  const set = async (input: object) => {
    const outcome = await application.execute({
      organisation: 'borchester',
      command: 'exercise.set-clock',
      input: { exercise: 'market-day', ...input },
      caller,
    })
    assert.ok(!isRefusal(outcome), JSON.stringify(outcome))
  }
  application.clocks.playAt(['borchester'], Date.UTC(2025, 10, 25))
  await set({ at: '2025-11-25T00:00:00Z', speed: 60 })
  const add = { slug: 'borchester', name: 'Invented' }
  const added = await application.execute({
    organisation: 'borchester',
    command: 'estate.add-organisation',
    input: add,
    caller,
  })
  assert.ok(!isRefusal(added), JSON.stringify(added))
  application.clocks.playOver(['borchester'])
  const declared = await order(application, 'borchester', 'incident.declare', {
    title: 'Invented',
    summary: 'Invented',
  })
  for (const minutes of [30, -45, -300, 5, -1]) {
    clock.time += minutes * 60_000
    await order(application, 'borchester', 'incident.record-assumption', said(String(declared.incident), `${minutes}`))
  }
  await neverBack(application, 'borchester')
})
