import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { uuidv7 } from '#kernel'
import type { Database } from '#platform/database'
import { silentLog } from '#platform/log'
import { freshDatabase } from '#test/database'
import { type HandMadeWorld, handMadeWorld, inventedEstate } from '#test/hand-made-world'
import { publicSiteSchema } from '../schema.ts'
import { createPublisher, type Publisher, type PublisherOptions } from './publisher.ts'
import { openRegister } from './register.ts'

/** Hundreds of revisions are written and none is to survive: where there is a disk in memory, it takes them. */
const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
const NOW = Date.parse('2025-11-25T06:30:00Z')
const NETWORK = ['westminster/corporate-network']
const PATHS = ['/', '/westminster', '/westminster/api/v2/summary.json', '/hackney', '/hackney/services/shared']

/** One process: what it has read of the journal, what it has not read yet, and its own clock. */
interface Process {
  readonly world: HandMadeWorld
  readonly publisher: Publisher
  /** Reads one entry more; with `all`, all that there are. */
  read(all?: boolean): void
}

type Record = (world: HandMadeWorld) => void

async function processOf(
  t: TestContext,
  database: Database,
  edition: string,
  journal: readonly Record[],
  more: Partial<PublisherOptions> & { readonly clockIsOff?: number } = {},
): Promise<Process> {
  const directory = mkdtempSync(join(memory, 'publication-'))
  t.after(() => rmSync(directory, { recursive: true, force: true }))
  const world = handMadeWorld(NOW)
  const started = Date.now()
  const clock = { now: () => NOW + (Date.now() - started) * 50 + (more.clockIsOff ?? 0) }
  const register = openRegister(database, edition)
  let known = 0
  const read = (all = false) => {
    const until = all ? journal.length : Math.min(journal.length, known + 1)
    for (; known < until; known++) journal[known]!(world)
    publisher.changed(['westminster'])
  }
  const publisher = createPublisher({
    models: world.models,
    clocks: { of: () => clock },
    directory,
    url: 'https://status.example.org',
    region: 'London',
    log: silentLog,
    register: () => register,
    speed: () => 50,
    catchUp: async () => read(true),
    ...more,
  })
  const stop = await register.listen(() => publisher.heard())
  t.after(async () => {
    await stop()
    await publisher.close()
  })
  return { world, publisher, read }
}

function twoCouncils(): Record[] {
  const needs = [{ anyOf: NETWORK, atLeast: 1, strength: 'requires' as const }]
  const slow = [{ ...needs[0]!, buffer: 'PT5S' }]
  const services = [
    { id: 'hackney/shared', name: 'Shared service', statutory: false, needs },
    { id: 'hackney/slow', name: 'Slow service', statutory: false, needs: slow },
  ]
  return [
    (world) => world.found('westminster', 'Westminster City Council', inventedEstate('westminster', 3)),
    (world) => world.found('hackney', 'London Borough of Hackney', { components: [], services }),
  ]
}

/** The same entry in every process, at the same recorded time. */
function entry(incident: string, isolates: boolean, at: number): Record {
  return (world) => {
    world.now = at
    if (isolates) world.isolate('westminster', incident, NETWORK)
    else world.restore('westminster', incident, NETWORK)
  }
}

/** Reads every address of a process as fast as it can, and holds what was seen against what all have seen. */
function watch(process: Process, seen: Map<string, string>) {
  const newest = new Map<string, number>()
  let reading = true
  const done = (async () => {
    while (reading) {
      for (const path of PATHS) {
        const document = process.publisher.find(path)
        if (!document) continue
        const revision = Number(document.headers['Holdfast-Revision'])
        assert.ok(revision >= (newest.get(path) ?? 0), `${path}: ${revision} after ${newest.get(path)}`)
        newest.set(path, revision)
        const key = `${path}@${revision}`
        assert.equal(seen.get(key) ?? document.etag, document.etag, `two truths of ${key}`)
        seen.set(key, document.etag)
      }
      await sleep(1)
    }
  })()
  return async () => {
    reading = false
    await done
  }
}

const revisions = ({ publisher }: Process) =>
  PATHS.map((path) => `${publisher.find(path)?.headers['Holdfast-Revision']} ${publisher.find(path)?.etag}`)

/** Two processes that overrule each other in turn would never come to rest. */
async function settled({ publisher }: Process): Promise<void> {
  const late = sleep(20_000, undefined, { ref: false }).then(() =>
    assert.fail(`still publishing, at revision ${publisher.revision()}`),
  )
  await Promise.race([publisher.flush(), late])
}

async function agree(processes: readonly Process[]): Promise<void> {
  const until = Date.now() + 20_000
  for (;;) {
    const [first, ...others] = processes.map((one) => revisions(one).join('\n'))
    if (others.every((other) => other === first)) return
    if (Date.now() > until) assert.deepEqual(revisions(processes[1]!), revisions(processes[0]!))
    await sleep(10)
  }
}

test('processes that read late, whose clocks differ, come to the same bytes; no revision has two truths, and none comes back', async (t) => {
  const database = await freshDatabase(t, { schemas: [publicSiteSchema], poolSize: 8 })
  const runs = Number(process.env.HOLDFAST_RUNS ?? 3)
  const step = fc.record({ who: fc.nat(2), what: fc.constantFrom('isolate', 'restore', 'read'), pause: fc.nat(15) })
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 20 }),
      fc.array(fc.integer({ min: -60_000, max: 60_000 }), { minLength: 3, maxLength: 3 }),
      async (steps, off) => {
        const edition = randomUUID()
        const journal = twoCouncils()
        const incident = uuidv7(NOW)
        const words = { title: 'Invented', summary: 'Invented' }
        journal.push((world) => {
          world.record('westminster', { type: 'incident.declared', v: 1, data: { incident, ...words } })
        })
        const processes = await Promise.all(
          off.map((clockIsOff) => processOf(t, database, edition, journal, { clockIsOff, refreshEvery: 2000 })),
        )
        for (const one of processes) one.read(true)
        const seen = new Map<string, string>()
        const watches = processes.map((one) => watch(one, seen))
        try {
          for (const { who, what, pause } of steps) {
            if (what !== 'read') journal.push(entry(incident, what === 'isolate', NOW + journal.length))
            processes[who]!.read()
            await sleep(pause)
          }
          for (const one of processes) one.read(true)
          await Promise.all(processes.map((one) => settled(one)))
          await agree(processes)
        } finally {
          await Promise.all(watches.map((stop) => stop()))
          await Promise.all(processes.map((one) => one.publisher.close()))
        }
      },
    ),
    { numRuns: runs },
  )
})

test('a process that has read less waits until it has caught up, and claims nothing', async (t) => {
  const database = await freshDatabase(t, { schemas: [publicSiteSchema] })
  const journal = twoCouncils()
  const first = await processOf(t, database, 'one', journal)
  let asked = 0
  const late = await processOf(t, database, 'one', journal, {
    catchUp: async () => {
      asked++
    },
  })
  first.read(true)
  await first.publisher.flush()
  late.read()
  for (let i = 0; i < 100 && asked < 3; i++) await sleep(10)
  assert.ok(asked >= 3)
  assert.equal(late.publisher.find('/'), null, 'of the region it does not know enough')
  assert.equal(late.publisher.find('/westminster')?.etag, first.publisher.find('/westminster')?.etag)
  assert.equal(first.publisher.revision(), 1)
  late.read(true)
  await agree([first, late])
})

test('processes of two editions tell the same truth under numbers of their own', async (t) => {
  const database = await freshDatabase(t, { schemas: [publicSiteSchema] })
  const journal = twoCouncils()
  const old = await processOf(t, database, 'old', journal)
  const next = await processOf(t, database, 'new', journal)
  old.read(true)
  await old.publisher.flush()
  next.read(true)
  await next.publisher.flush()
  const [a, b] = [revisions(old), revisions(next)]
  for (const [index, one] of a.entries()) assert.notEqual(one.split(' ')[0], b[index]!.split(' ')[0])
  await sleep(100)
  assert.deepEqual([revisions(old), revisions(next)], [a, b], 'and neither makes the other publish again')
})

test('a register that has gone back in time goes on far above all that was given out', async (t) => {
  const database = await freshDatabase(t, { schemas: [publicSiteSchema] })
  const journal = twoCouncils()
  const one = await processOf(t, database, 'one', journal)
  one.read(true)
  await one.publisher.flush()
  const before = one.publisher.revision()
  await database.query('', 'truncate public_site.revision, public_site.issues, public_site.looks')
  one.read()
  await one.publisher.flush()
  assert.ok(one.publisher.revision() > before + 100_000)
  const { publisher } = one
  const last = publisher.revision()
  await database.query('', `update public_site.revision set incarnation = 'another'`)
  await database.query('', `update public_site.issues set truth = ''`)
  one.read()
  await publisher.flush()
  assert.ok(publisher.revision() > last + 100_000)
})
