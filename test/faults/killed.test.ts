import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { ask } from '#test/ask'
import { createLoad, differences, journalOf } from '#test/load'
import { council, done, freshPlace, killHard, postgresOf, serve } from '#test/processes'

const ROUNDS = Number(process.env.HOLDFAST_KILLS ?? 20)

test(`killed ${ROUNDS} times while callers append, it starts again by itself and every acknowledged entry is there once`, async (t) => {
  const place = freshPlace(t)
  let server = await serve(t, place)
  const tokens = await council(place, 'ambridge', ['tactical', 'strategic'])
  const declared = await server.ask('POST', '/api/v1/ambridge/incident.declare', {
    token: tokens.tactical,
    body: { title: 'Invented', summary: 'Invented for a test' },
  })
  const { incident } = declared.json()
  const callers = [1, 2, 3, 4]
    .flatMap(() => Object.values(tokens))
    .map((token) => ({
      organisation: 'ambridge',
      token,
      incident,
    }))
  const load = createLoad(ask, 'kill', callers)
  let lost = 0
  for (let round = 0; round < ROUNDS; round++) {
    const stop = new AbortController()
    const running = load.run(server.port, stop.signal)
    await sleep(150 + ((round * 97) % 400))
    // The process alone, whose PostgreSQL must be found and stopped; and everything at once, as when power fails.
    killHard(round % 2 === 0 ? [server.pid] : [...postgresOf(place.data).all, server.pid])
    stop.abort()
    await Promise.all([running, server.ended])
    lost += load.unanswered.size
    server = await serve(t, place)
    await load.retry(server.port)
  }
  assert.ok(lost >= ROUNDS, `${lost} commands were cut off: enough to tell`)
  assert.ok(load.acknowledged.size > ROUNDS * 20, `${load.acknowledged.size} commands were given`)

  const entries = await journalOf(ask, server.port, 'ambridge', tokens.strategic)
  assert.deepEqual(differences(entries, load), [])
  const mine = entries.filter((entry) => entry.command?.startsWith('kill-'))
  assert.equal(mine.length, load.acknowledged.size, 'nothing is there that nobody was told of')
  assert.match(await done(['journal', 'verify'], place), /^ambridge: whole\. /)
  t.diagnostic(`${entries.length} entries; ${lost} commands were cut off and given again`)
})
