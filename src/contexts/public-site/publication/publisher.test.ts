import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import type { Database } from '#platform/database'
import { silentLog } from '#platform/log'
import { freshDatabase } from '#test/database'
import { type HandMadeWorld, handMadeWorld, inventedEstate } from '#test/hand-made-world'
import { publicSiteSchema } from '../schema.ts'
import { createPublisher, type Publisher, type PublisherOptions } from './publisher.ts'
import { openRegister, type RegisterDesk } from './register.ts'

/** Hundreds of revisions are written and none is to survive: where there is a disk in memory, it takes them. */
const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
const NOW = Date.parse('2025-11-25T06:30:00Z')
const NETWORK = ['westminster/corporate-network']

function folder(t: TestContext): string {
  const directory = mkdtempSync(join(memory, 'publication-'))
  t.after(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

function twoCouncils(): HandMadeWorld {
  const world = handMadeWorld(NOW)
  world.found('westminster', 'Westminster City Council', inventedEstate('westminster', 6))
  const shared = { anyOf: NETWORK, atLeast: 1, strength: 'requires' as const }
  const services = [{ id: 'hackney/shared', name: 'Shared service', statutory: false, needs: [shared] }]
  world.found('hackney', 'London Borough of Hackney', { components: [], services })
  return world
}

const databases = new WeakMap<TestContext, Promise<Database>>()

/** The register on the one database of a test. */
async function registerOf(t: TestContext, edition = 'invented'): Promise<RegisterDesk> {
  const made = databases.get(t) ?? freshDatabase(t, { schemas: [publicSiteSchema] })
  databases.set(t, made)
  return openRegister(await made, edition)
}

async function publisherOf(
  t: TestContext,
  world: HandMadeWorld,
  directory: string,
  more: Partial<PublisherOptions> = {},
): Promise<Publisher> {
  const { models, clocks } = world
  const desk = await registerOf(t)
  const register = () => desk
  const url = 'https://status.example.org/'
  const settings = { models, clocks, directory, register, url, region: 'London', log: silentLog }
  const publisher = createPublisher({ ...settings, ...more })
  t.after(() => publisher.close())
  return publisher
}

const textOf = (publisher: Publisher, path: string) => publisher.find(path)?.body.identity.toString() ?? ''
const revisionOf = (publisher: Publisher, path: string) => Number(publisher.find(path)!.headers['Holdfast-Revision'])

test('a record reaches its page, its neighbours and the region in one revision, and nobody else', async (t) => {
  const world = twoCouncils()
  world.found('camden', 'London Borough of Camden', inventedEstate('camden', 2))
  const publisher = await publisherOf(t, world, folder(t))
  publisher.changed(['westminster'])
  await publisher.flush()
  const before = publisher.find('/camden')
  world.isolate('westminster', world.declare('westminster'), NETWORK)
  publisher.changed(['westminster'])
  await publisher.flush()
  assert.match(textOf(publisher, '/westminster'), /2 of 6 services have stopped/)
  assert.match(
    textOf(publisher, '/hackney'),
    /Westminster City Council has disconnected its corporate network as a precaution/,
  )
  assert.match(textOf(publisher, '/'), /2 of 3 organisations have services/)
  for (const path of ['/', '/westminster', '/hackney', '/westminster/api/v2/summary.json'])
    assert.equal(revisionOf(publisher, path), publisher.revision(), path)
  assert.equal(publisher.find('/camden'), before)
})

test('paths are exact, and each encoding holds the same words', async (t) => {
  const publisher = await publisherOf(t, twoCouncils(), folder(t))
  assert.equal(publisher.find('/'), null)
  publisher.changed(['westminster'])
  await publisher.flush()
  assert.equal(publisher.find('/westminster'), publisher.find('/westminster/'))
  for (const path of ['/Westminster', '/westminster//', '/nobody', '/westminster/../hackney', '', '/404.html'])
    assert.equal(publisher.find(path), null, path)
  assert.equal(publisher.notFound()?.status, 404)
  const { body, etag, headers } = publisher.find('/westminster/api/v2/status.json')!
  assert.deepEqual(gunzipSync(body.gzip), body.identity)
  assert.deepEqual(brotliDecompressSync(body.brotli!), body.identity)
  assert.match(etag, /^"[\w-]{22}"$/)
  assert.equal(headers['Access-Control-Allow-Origin'], '*')
})

test('a buffer that runs out changes the page by itself, by the organisation’s clock and at its speed', async (t) => {
  const world = handMadeWorld(NOW)
  const slow = { anyOf: NETWORK, atLeast: 1, strength: 'requires' as const, buffer: 'PT5M' }
  const services = [{ id: 'westminster/slow', name: 'Slow', statutory: false, needs: [slow] }]
  world.found('westminster', 'Westminster City Council', { ...inventedEstate('westminster', 0), services })
  world.isolate('westminster', world.declare('westminster'), NETWORK)
  const register = await registerOf(t)
  const started = Date.now()
  const clocks = { of: () => ({ now: () => NOW + (Date.now() - started) * 200 }) }
  const publisher = await publisherOf(t, world, folder(t), { clocks, speed: () => 200, register: () => register })
  publisher.changed(['westminster'])
  for (let i = 0; i < 100 && publisher.revision() === 0; i++) await sleep(10)
  assert.match(textOf(publisher, '/westminster'), /the one service is running as usual/)
  for (let i = 0; i < 300 && !textOf(publisher, '/westminster').includes('has stopped'); i++) await sleep(20)
  assert.match(textOf(publisher, '/westminster'), /the one service has stopped/)
})

test('an unchanged page is confirmed anew before it says that it may be out of date', async (t) => {
  const publisher = await publisherOf(t, twoCouncils(), folder(t), { refreshEvery: 60 })
  publisher.changed(['westminster'])
  await publisher.flush()
  const first = revisionOf(publisher, '/westminster')
  for (let i = 0; i < 100 && revisionOf(publisher, '/westminster') === first; i++) await sleep(20)
  assert.ok(revisionOf(publisher, '/westminster') > first)
})

test('when a clock that stood or jumped runs on, no page goes on saying that it may be out of date', async (t) => {
  const world = twoCouncils()
  let speed = 0
  const publisher = await publisherOf(t, world, folder(t), { speed: () => speed })
  publisher.changed(['westminster'])
  await publisher.flush()
  assert.match(textOf(publisher, '/hackney'), /If you read this after 6:30am on/)
  world.now += 25 * 60_000
  speed = 1
  publisher.changed(['westminster'])
  const paths = ['/', '/hackney', '/westminster']
  const fresh = () => paths.every((path) => /If you read this after 7:25am on/.test(textOf(publisher, path)))
  for (const until = Date.now() + 10_000; !fresh() && Date.now() < until; ) await sleep(10)
  assert.ok(fresh(), paths.map((path) => textOf(publisher, path).match(/If you read this after[^,]*/)?.[0]).join())
  const revision = publisher.revision()
  publisher.changed(['westminster'])
  await publisher.flush()
  await sleep(100)
  assert.equal(publisher.revision(), revision, 'and then it rests')
})

test('after a restart the last publication is served before anything else, and numbers go on above it', async (t) => {
  const directory = folder(t)
  const world = twoCouncils()
  world.isolate('westminster', world.declare('westminster'), NETWORK)
  const first = await publisherOf(t, world, directory)
  first.changed(['westminster'])
  await first.flush()
  await first.close()
  const nothing = handMadeWorld(NOW)
  const second = await publisherOf(t, nothing, directory)
  assert.equal(await second.loadLast(), true)
  for (const path of ['/', '/westminster', '/hackney/services/shared', '/westminster/api/v2/incidents.json'])
    assert.deepEqual(second.find(path), first.find(path), path)
  const third = await publisherOf(t, world, directory)
  await third.loadLast()
  world.found('camden', 'London Borough of Camden', inventedEstate('camden', 2))
  third.changed(['camden'])
  await third.flush()
  assert.ok(third.revision() > first.revision())
  assert.equal(readFileSync(join(directory, 'current/westminster/index.html'), 'utf8'), textOf(third, '/westminster'))
  assert.equal(readFileSync(join(directory, 'current/index.html'), 'utf8'), textOf(third, '/'))
})

test('a torn revision is passed over for the one before; without any there is nothing to serve', async (t) => {
  const directory = folder(t)
  const world = twoCouncils()
  const publisher = await publisherOf(t, world, directory)
  publisher.changed(['westminster'])
  await publisher.flush()
  const good = publisher.revision()
  world.isolate('westminster', world.declare('westminster'), NETWORK)
  publisher.changed(['westminster'])
  await publisher.flush()
  writeFileSync(join(directory, 'current/westminster/index.html'), 'torn')
  const second = await publisherOf(t, world, directory)
  assert.equal(await second.loadLast(), true)
  assert.equal(second.revision(), good)
  assert.equal(await (await publisherOf(t, world, folder(t))).loadLast(), false)
})

test('only the last few revisions are kept', async (t) => {
  const directory = folder(t)
  const world = twoCouncils()
  const publisher = await publisherOf(t, world, directory)
  const incident = world.declare('westminster')
  for (let i = 0; i < 6; i++) {
    if (i % 2) world.restore('westminster', incident, NETWORK)
    else world.isolate('westminster', incident, NETWORK)
    publisher.changed(['westminster'])
    await publisher.flush()
  }
  assert.equal(readdirSync(join(directory, 'revisions')).length, 3)
  assert.ok(existsSync(join(directory, 'current/hackney/services/shared/index.html')))
})

test('a disk that takes nothing keeps nobody from the truth', async (t) => {
  const file = join(folder(t), 'not-a-folder')
  writeFileSync(file, '')
  const publisher = await publisherOf(t, twoCouncils(), file)
  publisher.changed(['westminster'])
  await publisher.flush()
  assert.match(textOf(publisher, '/westminster'), /all 6 services/)
})

/** What a format says: how many of the organisation's services have stopped. */
const READ: Record<string, (text: string) => number> = {
  '/westminster': (text) => Number(/(\d+) of \d+ services ha(?:s|ve) stopped/.exec(text)?.[1] ?? 0),
  '/westminster/api/v2/summary.json': stoppedIn,
  '/westminster/api/v2/components.json': stoppedIn,
}

function stoppedIn(text: string): number {
  const { components } = JSON.parse(text) as { components: { status: string }[] }
  return components.filter(({ status }) => status === 'major_outage').length
}

test('a reader of all formats never meets an older revision after a newer, nor two truths of one revision', async (t) => {
  const runs = Number(process.env.HOLDFAST_RUNS ?? 6)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.boolean(), fc.nat(25)), { minLength: 3, maxLength: 12 }), async (changes) => {
      const world = twoCouncils()
      const register = await registerOf(t, randomUUID())
      const publisher = await publisherOf(t, world, folder(t), { refreshEvery: 250, register: () => register })
      publisher.changed(['westminster'])
      await publisher.flush()
      const incident = world.declare('westminster')
      const truths = new Map<number, number>()
      let newest = 0
      let reading = true
      const reader = (async () => {
        while (reading) {
          for (const [path, read] of Object.entries(READ)) {
            const revision = revisionOf(publisher, path)
            assert.ok(revision >= newest, `${path}: ${revision} after ${newest}`)
            newest = revision
            const stopped = read(textOf(publisher, path))
            assert.equal(truths.get(revision) ?? stopped, stopped, `${path} at ${revision}`)
            truths.set(revision, stopped)
            await new Promise(setImmediate)
          }
        }
      })()
      for (const [isolates, pause] of changes) {
        if (isolates) world.isolate('westminster', incident, NETWORK)
        else world.restore('westminster', incident, NETWORK)
        publisher.changed(['westminster'])
        await sleep(pause)
      }
      await publisher.flush()
      reading = false
      await reader
      assert.equal(READ['/westminster']!(textOf(publisher, '/westminster')), changes.at(-1)![0] ? 2 : 0)
      await publisher.close()
    }),
    { numRuns: runs },
  )
})
