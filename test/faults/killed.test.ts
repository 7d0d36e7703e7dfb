import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { ask } from '#test/ask'
import { createLoad, differences, journalOf } from '#test/load'
import { council, done, freshPlace, killHard, postgresOf, type Running, serve } from '#test/processes'

const ROUNDS = Number(process.env.HOLDFAST_KILLS ?? 20)

// As on a machine without setpriv: there PostgreSQL is not told when the process that started it dies.
const WITHOUT_SETPRIV = `--import=data:text/javascript,${encodeURIComponent(
  `import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
const exists = fs.existsSync
fs.existsSync = (path) => !String(path).endsWith('/setpriv') && exists(path)
syncBuiltinESMExports()`,
)}`

test(`killed ${ROUNDS} times while callers append, it starts again by itself and every acknowledged entry is there once`, async (t) => {
  const place = freshPlace(t)
  const forsaken = { ...place, env: { NODE_OPTIONS: WITHOUT_SETPRIV } }
  let server = await serve(t, place)
  const tokens = await council(place, 'ambridge', ['tactical', 'strategic'])
  const declared = await server.ask('POST', '/api/v1/ambridge/incident.declare', {
    token: tokens.tactical,
    body: { title: 'Invented', summary: 'Invented for a test' },
  })
  const { incident } = declared.json()
  const callers = [1, 2, 3, 4]
    .flatMap(() => Object.values(tokens))
    .map((token) => ({ organisation: 'ambridge', token, incident }))
  const load = createLoad(ask, 'kill', callers)
  let [lost, orphans] = [0, 0]
  for (let round = 0; round < ROUNDS; round++) {
    const told = load.acknowledged.size
    const stop = new AbortController()
    const running = load.run(server.port, stop.signal)
    while (load.acknowledged.size < told + callers.length * 3) await sleep(5)
    await sleep((round * 97) % 200)
    // The process alone, whose PostgreSQL must be found and stopped; and everything at once, as when power fails.
    killHard(round % 2 === 0 ? [server.pid] : [...postgresOf(place.data).all, server.pid])
    stop.abort()
    await Promise.all([running, server.ended])
    lost += load.unanswered.size
    if (round % 4 === 2) orphans += await outlived(server, place.data)
    server = await serve(t, round % 4 === 1 ? forsaken : place)
    await load.retry(server.port)
  }
  assert.ok(lost >= ROUNDS, `${lost} commands were cut off: enough to tell`)
  assert.equal(orphans, Math.floor((ROUNDS + 1) / 4), 'PostgreSQL ran on, and had to be stopped')

  const entries = await journalOf(ask, server.port, 'ambridge', tokens.strategic)
  assert.deepEqual(differences(entries, load), [])
  const mine = entries.filter((entry) => entry.command?.startsWith('kill-'))
  assert.equal(mine.length, load.acknowledged.size, 'nothing is there that nobody was told of')
  assert.match(await done(['journal', 'verify'], place), /^ambridge: whole\. /)
  t.diagnostic(`${entries.length} entries; ${lost} commands were cut off and given again`)
})

/** 1 where PostgreSQL still runs after its server has ended, and a moment in which it could have ended too. */
async function outlived(server: Running, data: string): Promise<number> {
  await Promise.all([server.ended, sleep(200)])
  const { first, all } = postgresOf(data)
  return first !== null && all.includes(first) ? 1 : 0
}
