import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { createPublisher, openRegister, type Publisher, publicSiteSchema } from '#contexts/public-site'
import { silentLog } from '#platform/log'
import { freshDatabase, temporaryDirectory } from '#test/database'
import { handMadeWorld, inventedEstate } from '#test/hand-made-world'
import { missing, startCaddy, startNginx, type WebServer } from './web-server.ts'

const NOW = Date.parse('2025-11-25T06:30:00Z')
const NETWORK = ['westminster/corporate-network']

async function published(t: TestContext) {
  const register = openRegister(await freshDatabase(t, { schemas: [publicSiteSchema] }), 'invented')
  const world = handMadeWorld(NOW)
  for (const slug of ['westminster', 'hackney']) world.found(slug, `Invented ${slug}`, inventedEstate(slug, 4))
  const directory = temporaryDirectory(t)
  const url = 'https://status.example.org'
  const { models, clocks } = world
  const settings = { models, clocks, directory, url, region: 'London', log: silentLog }
  const publisher = createPublisher({ ...settings, register: () => register })
  t.after(() => publisher.close())
  const change = async () => {
    publisher.changed(['westminster'])
    await publisher.flush()
  }
  const incident = world.declare('westminster')
  world.isolate('westminster', incident, NETWORK)
  await change()
  return { world, incident, publisher, change, root: join(directory, 'current') }
}

interface Got {
  readonly status: number
  readonly type: string
  readonly encoding: string
  readonly bytes: Buffer
}

const agent = new http.Agent({ keepAlive: true })

function get(port: number, path: string, encoding = 'identity'): Promise<Got> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, agent, headers: { 'accept-encoding': encoding } }
    http
      .get(options, async (response) => {
        const bytes = Buffer.concat(await response.toArray())
        const { 'content-type': type = '', 'content-encoding': coded = '' } = response.headers
        resolve({ status: response.statusCode!, type, encoding: coded, bytes })
      })
      .on('error', reject)
  })
}

/** Every address of the publication that is on disk. */
function addresses(root: string): string[] {
  const { sets } = JSON.parse(readFileSync(join(root, 'publication.json'), 'utf8')) as {
    sets: { documents: { paths: string[] }[] }[]
  }
  return sets.flatMap(({ documents }) => documents.flatMap(({ paths }) => paths))
}

async function isServed(server: WebServer, publisher: Publisher, root: string): Promise<void> {
  const all = addresses(root)
  assert.ok(all.length > 50)
  for (const path of all) {
    const document = publisher.find(path)!
    const plain = await get(server.port, path)
    assert.deepEqual([plain.status, plain.type], [document.status, document.contentType], path)
    assert.ok(plain.bytes.equals(document.body.identity), path)
    const small = await get(server.port, path, 'gzip')
    assert.equal(small.encoding, 'gzip', path)
    assert.ok(gunzipSync(small.bytes).equals(document.body.identity), path)
    const smaller = await get(server.port, path, 'br')
    if (smaller.encoding === 'br') assert.ok(brotliDecompressSync(smaller.bytes).equals(document.body.identity), path)
  }
  for (const path of ['/nobody', '/westminster/services/nothing', '/westminster/api/v2/nothing.json']) {
    const lost = await get(server.port, path)
    assert.deepEqual([lost.status, lost.type], [404, 'text/html; charset=utf-8'], path)
    assert.ok(lost.bytes.equals(publisher.notFound()!.body.identity), path)
  }
}

const READ = [
  '/',
  '/westminster',
  '/westminster/api/v2/summary.json',
  '/westminster/updates.atom',
  '/westminster/feed.json',
]
const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** While revisions are swapped, readers ask without pause: each answer is whole, and none is older than one before it. */
async function staysInOrder(server: WebServer, place: Awaited<ReturnType<typeof published>>): Promise<void> {
  const { publisher, world, incident, change } = place
  const revisions = new Map<string, number>()
  const note = () => {
    for (const path of READ) {
      const { body, headers } = publisher.find(path)!
      revisions.set(`${path} ${digest(body.identity)}`, Number(headers['Holdfast-Revision']))
    }
  }
  note()
  let reading = true
  const seen: string[][] = []
  const readers = Array.from({ length: 4 }, async (_, reader) => {
    const mine: string[] = []
    seen.push(mine)
    while (reading)
      for (const path of READ) {
        const { status, bytes } = await get(server.port, path, reader % 2 ? 'gzip' : 'identity')
        assert.equal(status, 200, path)
        mine.push(`${path} ${digest(reader % 2 ? gunzipSync(bytes) : bytes)}`)
      }
  })
  for (let i = 0; i < 15; i++) {
    world.now += 60_000
    if (i % 2) world.isolate('westminster', incident, NETWORK)
    else world.restore('westminster', incident, NETWORK)
    await change()
    note()
  }
  reading = false
  await Promise.all(readers)
  for (const mine of seen) {
    const newest = new Map<string, number>()
    for (const one of mine) {
      const path = one.split(' ')[0]!
      const revision = revisions.get(one)
      assert.ok(revision !== undefined, `${path} was broken`)
      assert.ok(revision >= (newest.get(path) ?? 0), `${path} went back`)
      newest.set(path, revision)
    }
  }
  assert.ok(new Set(seen.flat()).size > READ.length * 2, 'the readers saw it change')
}

test('nginx serves every address of the folder as Holdfast does, and in order while revisions are swapped', async (t) => {
  if (missing(t, 'nginx')) return
  const place = await published(t)
  const server = await startNginx(temporaryDirectory(t), place.root)
  try {
    await isServed(server, place.publisher, place.root)
    await staysInOrder(server, place)
  } finally {
    await server.stop()
  }
})

test('Caddy serves every address of the folder as Holdfast does, and in order while revisions are swapped', async (t) => {
  if (missing(t, 'caddy')) return
  const place = await published(t)
  const server = await startCaddy(temporaryDirectory(t), place.root)
  try {
    await isServed(server, place.publisher, place.root)
    await staysInOrder(server, place)
  } finally {
    await server.stop()
  }
})

test('nginx hands on what no file can answer, with the caller\u2019s address, once its lines for that are in use', async (t) => {
  if (missing(t, 'nginx')) return
  const place = await published(t)
  const holdfast = http.createServer(({ method, url, headers }, answer) =>
    answer.end(JSON.stringify([method, url, headers['x-forwarded-for']])),
  )
  await new Promise<void>((resolve) => holdfast.listen(0, '127.0.0.1', resolve))
  t.after(() => holdfast.close())
  const server = await startNginx(temporaryDirectory(t), place.root, (holdfast.address() as AddressInfo).port)
  t.after(() => server.stop())
  for (const path of [
    '/westminster/subscribe',
    '/subscriptions/x/stop',
    '/push-worker.js',
    '/console/westminster/',
    '/westminster/search?q=bins',
  ])
    assert.deepEqual(JSON.parse(String((await get(server.port, path)).bytes)), ['GET', path, '127.0.0.1'])
  const page = await get(server.port, '/westminster')
  assert.ok(page.bytes.equals(place.publisher.find('/westminster')!.body.identity))
})
