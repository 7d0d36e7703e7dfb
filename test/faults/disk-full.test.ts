import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openDatabase } from '#platform/database'
import { ask } from '#test/ask'
import { createLoad, differences, journalOf } from '#test/load'
import { council, done, eventually, killHard, postgresOf, serve } from '#test/processes'

/** A data directory on a small disk of its own, or in words why there can be none. */
function smallDisk() {
  const disk = mkdtempSync(join(tmpdir(), 'holdfast-test-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=112m,mode=755', 'none', disk], { stdio: 'pipe' })
  } catch (error) {
    rmSync(disk, { recursive: true })
    return `a small disk cannot be mounted here: ${(error as Error).message.trim()}`
  }
  const data = join(disk, 'data')
  mkdirSync(data)
  const filler = join(disk, 'filler')
  return {
    data,
    /** Takes what is left to the last byte. */
    fill() {
      const file = openSync(filler, 'a')
      const full = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOSPC'
      for (let piece = Buffer.alloc(65_536); piece.length > 0; )
        try {
          writeSync(file, piece)
        } catch (error) {
          if (!full(error)) throw error
          piece = piece.subarray(0, piece.length >> 1)
        }
      closeSync(file)
    },
    free: () => rmSync(filler, { force: true }),
    unmount() {
      killHard(postgresOf(data).all)
      execFileSync('umount', ['--lazy', disk], { stdio: 'pipe' })
      rmSync(disk, { recursive: true })
    },
  }
}

test('on a full disk commands are refused in words and nothing is lost; once there is space, all goes on by itself', async (t) => {
  const disk = smallDisk()
  if (typeof disk === 'string') return t.skip(disk)
  t.after(() => disk.unmount())
  const place = { data: disk.data }
  const first = await serve(t, place)
  const { tactical: token } = await council(place, 'ambridge', ['tactical'])
  const body = { title: 'Invented', summary: 'Invented for a test' }
  const declare = () => first.ask('POST', '/api/v1/ambridge/incident.declare', { token, body })
  const { incident } = (await declare()).json()
  const callers = [1, 2, 3, 4].map(() => ({ organisation: 'ambridge', token, incident }))
  const load = createLoad(ask, 'full', callers, 40)

  /** Fills the disk under load and frees it again; `meanwhile` sees it full. */
  const whileFull = async (meanwhile: () => Promise<void>) => {
    const stop = new AbortController()
    const running = load.run(first.port, stop.signal)
    disk.fill()
    await eventually('a command is refused', () => load.unanswered.size > callers.length, 30_000)
    await meanwhile()
    for (const path of ['/', '/ambridge', '/healthz']) assert.equal((await first.ask('GET', path)).status, 200, path)
    assert.equal((await first.ask('GET', '/api/v1/ambridge/situation', { token })).status, 200)
    disk.free()
    stop.abort()
    await running
    await eventually('it is ready again', async () => (await first.ask('GET', '/readyz')).status === 200, 60_000)
    await load.retry(first.port)
    assert.deepEqual(differences(await journalOf(ask, first.port, 'ambridge', token), load), [])
  }

  await whileFull(async () => {
    let refused = await declare()
    while (refused.status === 200) refused = await declare()
    assert.deepEqual([refused.status, refused.json().code], [503, 'database-unavailable'])
    assert.match(refused.json().detail, /disk .* is full.*Nothing was .*saved/i)
    assert.match(String(refused.headers['retry-after']), /^\d+$/)
  })

  // Now not even PostgreSQL's own log can grow: it ends itself, and cannot start.
  await whileFull(async () => {
    const { database } = JSON.parse(readFileSync(join(disk.data, 'server.json'), 'utf8'))
    const beside = await openDatabase({ databaseUrl: database, dataDirectory: '' })
    await beside.query('', 'select pg_switch_wal()').catch(() => {})
    await beside.close()
    await eventually('PostgreSQL has given up', async () => (await first.ask('GET', '/readyz')).status === 503, 30_000)
    assert.equal((await declare()).status, 503)
  })

  // Killed and started on a full disk, it shows the last pages and waits for space.
  disk.fill()
  killHard([...postgresOf(disk.data).all, first.pid])
  await first.ended
  const second = await serve(t, place, { until: /out-of-reach/, port: first.port })
  assert.match(second.said(), /disk [^"]* is full/)
  assert.doesNotMatch(second.said(), /^\s+at /m, 'words for a person, not a trace')
  assert.equal((await second.ask('GET', '/ambridge')).status, 200)
  assert.equal((await second.ask('GET', '/readyz')).status, 503)
  disk.free()
  await eventually('it has joined in', async () => (await second.ask('GET', '/readyz')).status === 200, 60_000)
  assert.deepEqual(differences(await journalOf(ask, second.port, 'ambridge', token), load), [])
  assert.match(await done(['journal', 'verify'], place), /^ambridge: whole\. /)
})
