import assert from 'node:assert/strict'
import { cpSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { ask } from '#test/ask'
import { createLoad, differences, journalOf } from '#test/load'
import { council, done, eventually, freshPlace, type Running, serve } from '#test/processes'
import { type Cluster, startCluster } from '../../src/platform/database/cluster.ts'

const prefer = process.env.HOLDFAST_POSTGRES as 'npm' | 'system' | undefined

/** A PostgreSQL of its own, at one address however often it is stopped and started. */
async function database(t: TestContext) {
  const { data } = freshPlace(t)
  const link = join(data, 's')
  let cluster: Cluster | null = null
  const start = async () => {
    cluster = await startCluster({ dataDirectory: data, prefer, log: () => {} })
    rmSync(link, { force: true })
    symlinkSync(cluster.connection.host, link)
  }
  const stop = async () => {
    await cluster?.stop()
    cluster = null
  }
  await start()
  t.after(stop)
  return { url: `postgresql://holdfast@${encodeURIComponent(link)}/postgres`, start, stop }
}

/** Numbers heard on the live stream, reconnecting as a browser does. */
function hear(t: TestContext, server: Running, path: string, token: string) {
  const heard: number[] = []
  const request = http.request(
    { host: '127.0.0.1', port: server.port, path, headers: { authorization: `Bearer ${token}` }, agent: false },
    (response) => {
      response.on('error', () => {})
      response.on('data', (chunk) => {
        for (const [, number] of String(chunk).matchAll(/^id: (\d+)$/gm)) heard.push(Number(number))
      })
    },
  )
  request.on('error', () => {})
  request.end()
  t.after(() => request.destroy())
  return heard
}

const declaration = { title: 'Invented', summary: 'Invented for a test' }

test('with its database gone, pages and what is in memory are still served; when it is back, all goes on without a restart', async (t) => {
  const postgres = await database(t)
  const place = freshPlace(t, { DATABASE_URL: postgres.url })
  const server = await serve(t, place)
  const { tactical: token } = await council(place, 'ambridge', ['tactical'])
  const command = (key: string) =>
    server.ask('POST', '/api/v1/ambridge/incident.declare', { token, key, body: declaration })
  assert.equal((await command('before')).status, 200)
  const heard = hear(t, server, '/api/v1/ambridge/events?after=0', token)
  await eventually('the stream has caught up', () => heard.length === 3)
  await eventually('the page is there', async () => (await server.ask('GET', '/ambridge')).status === 200)

  await postgres.stop()
  await eventually('it says that it is not ready', async () => (await server.ask('GET', '/readyz')).status === 503)
  for (const path of ['/', '/ambridge', '/ambridge/api/v2/summary.json'])
    assert.equal((await server.ask('GET', path)).status, 200, path)
  assert.equal((await server.ask('GET', '/healthz')).status, 200)
  const refused = await command('during')
  assert.equal(refused.status, 503, refused.text)
  assert.equal(refused.json().code, 'database-unavailable')
  assert.match(String(refused.headers['retry-after']), /^\d+$/)
  for (const query of ['situation', 'impact', 'estate', 'organisation'])
    assert.equal((await server.ask('GET', `/api/v1/ambridge/${query}`, { token })).status, 200, query)
  assert.equal((await server.ask('GET', '/api/v1/ambridge/journal', { token })).status, 503)
  assert.equal((await server.ask('GET', '/ambridge/log/checkpoint')).status, 503)

  await postgres.start()
  await eventually('it is ready again', async () => (await server.ask('GET', '/readyz')).status === 200)
  assert.equal((await command('during')).status, 200, 'the refused command can be given again')
  assert.equal((await command('after')).status, 200)
  // From another process, so that only the database can tell of it.
  await done(['token', 'create', '--organisation', 'ambridge', '--role', 'viewer', '--name', 'Invented'], place)
  await eventually('the stream went on', () => heard.length >= 6)
  assert.deepEqual(heard, [1, 2, 3, 4, 5, 6])
  assert.match(await done(['journal', 'verify'], place), /whole\. 6 entries/)
})

test('started while its database is away, it serves the last pages, says so to callers, and joins in when it is back', async (t) => {
  const postgres = await database(t)
  const place = freshPlace(t, { DATABASE_URL: postgres.url })
  const first = await serve(t, place)
  const { tactical: token } = await council(place, 'ambridge', ['tactical'])
  await eventually('the page is there', async () => (await first.ask('GET', '/ambridge')).status === 200)
  first.child.kill('SIGTERM')
  assert.equal((await first.ended).code, 0)
  await postgres.stop()

  const second = await serve(t, place, { until: /out-of-reach/, port: first.port })
  const page = await second.ask('GET', '/ambridge')
  assert.equal(page.status, 200)
  assert.match(page.text, /Invented ambridge/)
  assert.equal((await second.ask('GET', '/readyz')).status, 503)
  const asked = { token, key: 'early', body: declaration }
  const early = await second.ask('POST', '/api/v1/ambridge/incident.declare', asked)
  assert.deepEqual([early.status, early.json().code], [503, 'starting'], 'not that the token is wrong')
  assert.match(String(early.headers['retry-after']), /^\d+$/)
  assert.equal((await second.ask('GET', '/ambridge/log/checkpoint')).status, 503)
  await postgres.start()
  await eventually('it has joined in', async () => (await second.ask('GET', '/readyz')).status === 200)
  assert.equal((await second.ask('POST', '/api/v1/ambridge/incident.declare', asked)).status, 200)
})

test('two servers on one database take commands at once: nothing is lost, doubled or reordered, and both show the same', async (t) => {
  const postgres = await database(t)
  const one = freshPlace(t, { DATABASE_URL: postgres.url })
  const other = freshPlace(t, { DATABASE_URL: postgres.url })
  const first = await serve(t, one)
  cpSync(join(one.data, 'keys'), join(other.data, 'keys'), { recursive: true })
  const second = await serve(t, other)
  const { tactical: token } = await council(one, 'ambridge', ['tactical'])
  const file = join(one.data, 'estate.yaml')
  writeFileSync(file, await done(['estate', 'template', '--organisation', 'ambridge'], one))
  await done(['estate', 'import', file, '--organisation', 'ambridge'], one)
  const estate = (await first.ask('GET', '/api/v1/ambridge/estate', { token })).json()
  const components: string[] = estate.components.map((one: { id: string }) => one.id.split('/')[1])
  const declared = await first.ask('POST', '/api/v1/ambridge/incident.declare', { token, body: declaration })
  const { incident } = declared.json()
  const loads = [first, second].map((_, position) =>
    createLoad(
      ask,
      `server${position}`,
      Array.from({ length: 4 }, () => ({ organisation: 'ambridge', token, incident })),
      20,
    ),
  )
  const stop = new AbortController()
  const running = loads.map((load, position) => load.run([first, second][position]!.port, stop.signal))
  await sleep(1000)
  const isolation = { incident, components: components.slice(0, 3), precautionary: true, rationale: 'Invented' }
  const isolated = await second.ask('POST', '/api/v1/ambridge/incident.isolate', { token, body: isolation })
  stop.abort()
  await Promise.all(running)
  assert.equal(isolated.status, 200, isolated.text)
  // The same key at the other server is answered as it was here.
  for (const [position, load] of loads.entries()) await load.retry([second, first][position]!.port)

  const show = async (server: Running) => (await server.ask('GET', '/api/v1/ambridge/situation', { token })).json()
  const took = await eventually(
    'both show the same situation',
    async () => {
      const [here, there] = await Promise.all([first, second].map(show))
      return JSON.stringify(withoutTime(here)) === JSON.stringify(withoutTime(there))
    },
    2000,
  )
  assert.ok(JSON.stringify(await show(first)).includes(components[0]!))
  for (const server of [first, second])
    await eventually('the page follows', async () => {
      const summary = (await server.ask('GET', '/ambridge/api/v2/summary.json')).json()
      return summary.status.indicator !== 'none'
    })
  const entries = await journalOf(ask, first.port, 'ambridge', token)
  assert.deepEqual(
    loads.flatMap((load) => differences(entries, load)),
    [],
  )
  assert.equal(
    entries.filter((entry) => entry.command?.startsWith('server')).length,
    loads.reduce((sum, load) => sum + load.acknowledged.size, 0),
  )
  assert.match(await done(['journal', 'verify'], other), /^ambridge: whole/)
  t.diagnostic(`${entries.length} entries; the same after ${took} ms`)
})

/** The moments of two questions differ; what is shown must not. */
function withoutTime(shown: Record<string, unknown>): Record<string, unknown> {
  const { at: _, ...rest } = shown
  return rest
}
