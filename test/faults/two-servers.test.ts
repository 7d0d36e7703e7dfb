import assert from 'node:assert/strict'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { freshDatabaseUrl } from '../database.ts'
import { freePort } from '../free-port.ts'
import { council, done, eventually, freshPlace, type Running, serve } from '../processes.ts'

const PATHS = ['/', '/ambridge', '/ambridge/api/v2/summary.json', '/ambridge/updates.atom', '/ambridge/feed.json']
const FORMATS = PATHS.slice(1)

interface Seen {
  readonly revision: number
  readonly etag: string
}

async function look(server: Running, path: string): Promise<Seen | null> {
  const { status, headers } = await server.ask('GET', path)
  if (status !== 200) return null
  return { revision: Number(headers['holdfast-revision']), etag: String(headers.etag) }
}

test('two servers on one database publish the same bytes under one revision, and neither goes back', async (t) => {
  // Of one edition, so with one address for people.
  const env = { DATABASE_URL: await freshDatabaseUrl(t), HOLDFAST_URL: 'https://status.example.org' }
  const [one, other] = [freshPlace(t, env), freshPlace(t, env)]
  const first = await serve(t, one, { port: await freePort() })
  cpSync(join(one.data, 'keys'), join(other.data, 'keys'), { recursive: true })
  const second = await serve(t, other, { port: await freePort() })
  assert.notEqual(first.port, second.port)
  const { tactical: token } = await council(one, 'ambridge', ['tactical'])
  const file = join(one.data, 'estate.yaml')
  writeFileSync(file, await done(['estate', 'template', '--organisation', 'ambridge', '--small'], one))
  await done(['estate', 'import', file, '--organisation', 'ambridge'], one)
  const servers = [first, second]
  const estate = (await first.ask('GET', '/api/v1/ambridge/estate', { token })).json()
  const components = [estate.components[0].id.split('/')[1]]
  const words = { title: 'Invented', summary: 'Invented for a test' }
  const declared = await first.ask('POST', '/api/v1/ambridge/incident.declare', { token, body: words })
  const { incident } = declared.json()

  const truths = new Map<string, string>()
  let reading = true
  const readers = servers.map(async (server) => {
    const newest = new Map<string, number>()
    while (reading)
      for (const path of PATHS) {
        const seen = await look(server, path)
        if (!seen) continue
        assert.ok(seen.revision >= (newest.get(path) ?? 0), `${path} went back`)
        newest.set(path, seen.revision)
        const key = `${path} ${seen.revision}`
        assert.equal(truths.get(key) ?? seen.etag, seen.etag, `two truths of ${key}`)
        truths.set(key, seen.etag)
      }
  })
  const agree = async (above: number) => {
    const all = await Promise.all(servers.flatMap((server) => FORMATS.map((path) => look(server, path))))
    return all.every((seen) => seen !== null && seen.revision > above && seen.revision === all[0]!.revision)
  }
  const took: number[] = []
  try {
    await eventually('both have published', () => agree(0))
    for (let i = 0; i < 6; i++) {
      const before = (await look(first, '/ambridge'))!.revision
      const more = i % 2 ? { evidence: 'Invented' } : { precautionary: true, rationale: 'Invented' }
      const path = `/api/v1/ambridge/incident.${i % 2 ? 'restore' : 'isolate'}`
      const answer = await servers[i % 3 ? 1 : 0]!.ask('POST', path, { token, body: { incident, components, ...more } })
      assert.equal(answer.status, 200, answer.text)
      took.push(await eventually('both show it', () => agree(before)))
    }
  } finally {
    reading = false
    await Promise.all(readers)
  }
  t.diagnostic(`milliseconds until both have the same revision: ${took.join(', ')}`)
  // The machine may be busy with other tests at some of these moments.
  assert.ok(took.toSorted((a, b) => a - b)[2]! < 2000, took.join(', '))
  const folder = join(one.data, 'folder')
  await done(['publish', folder], one)
  const page = (await second.ask('GET', '/ambridge')).text
  assert.equal(readFileSync(join(folder, 'current/ambridge/index.html'), 'utf8'), page, 'and a folder has the same')
})
