import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { ask } from '#test/ask'
import { createLoad, differences, journalOf } from '#test/load'
import { council, freshPlace, postgresOf, serve } from '#test/processes'

test('told to stop under load, it ends quickly and in order, and every acknowledged entry is there', async (t) => {
  const place = freshPlace(t)
  const first = await serve(t, place)
  const tokens = await council(place, 'ambridge', ['tactical', 'strategic'])
  const declare = { token: tokens.tactical, body: { title: 'Invented', summary: 'Invented for a test' } }
  const { incident } = (await first.ask('POST', '/api/v1/ambridge/incident.declare', declare)).json()
  const callers = [1, 2, 3, 4]
    .flatMap(() => Object.values(tokens))
    .map((token) => ({ organisation: 'ambridge', token, incident }))
  const load = createLoad(ask, 'stop', callers)
  const stop = new AbortController()
  const running = load.run(first.port, stop.signal)
  await sleep(500)
  const asked = Date.now()
  first.child.kill('SIGTERM')
  const { code, signal } = await first.ended
  const took = Date.now() - asked
  stop.abort()
  await running
  assert.deepEqual({ code, signal }, { code: 0, signal: null })
  // Less than the grace after which callers would be cut off.
  assert.ok(took < 9500, `it took ${took} ms`)
  assert.deepEqual(postgresOf(place.data), { first: null, all: [] }, 'PostgreSQL is stopped, and has tidied up')
  assert.equal(existsSync(join(place.data, 'server.json')), false)
  assert.ok(load.acknowledged.size > 20)

  const second = await serve(t, place)
  const kept = await journalOf(ask, second.port, 'ambridge', tokens.tactical)
  assert.deepEqual(differences(kept, load), [])
  await load.retry(second.port)
  const entries = await journalOf(ask, second.port, 'ambridge', tokens.tactical)
  assert.deepEqual(differences(entries, load), [])
  assert.equal(entries.filter((entry) => entry.command?.startsWith('stop-')).length, load.acknowledged.size)
  t.diagnostic(`stopped in ${took} ms; ${load.acknowledged.size} commands`)
})
