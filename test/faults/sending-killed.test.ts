import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startMailServer } from '#test/mail-server'
import { openPostOffice } from '#test/post-office'
import { eventually } from '#test/processes'

const PROCESS = fileURLToPath(new URL('../sending-process.ts', import.meta.url))
/** HOLDFAST_DELIVERIES=10000 for the whole of it. */
const DELIVERIES = Number(process.env.HOLDFAST_DELIVERIES ?? 400)
const AT_ONCE = 40
const MOST_KILLS = Number(process.env.HOLDFAST_KILLS ?? 4)

test(`two processes killed again and again while they send ${DELIVERIES} mails: none lost, none doubled, and what nobody can know is unknown`, async (t) => {
  const mail = await startMailServer(t)
  const environment = {
    HOLDFAST_SMTP_URL: mail.url,
    HOLDFAST_MAIL_FROM: 'updates@example.org',
    HOLDFAST_SMTP_RATE: '10000',
    HOLDFAST_DELIVERIES_AT_ONCE: String(AT_ONCE),
  }
  const post = await openPostOffice(t, environment)
  assert.equal(await post.queue({ message: 'm/1' }, DELIVERIES), DELIVERIES)
  const { PATH = '', HOME = '/' } = process.env
  const children = new Set<ChildProcess>()
  const begin = async () => {
    const child = spawn(process.execPath, [PROCESS], {
      env: { PATH, HOME, ...environment, ...post.place },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    children.add(child)
    await once(child.stdout!, 'data')
  }
  const killAll = async () => {
    const ended = [...children].map((child) => {
      child.kill('SIGKILL')
      return child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null
    })
    await Promise.all(ended)
    children.clear()
  }
  t.after(killAll)
  const open = async () => {
    const { waiting = 0, sending = 0 } = await post.states()
    return waiting + sending
  }

  let kills = 0
  while (kills < MOST_KILLS && (await open()) > 0) {
    await Promise.all([begin(), begin()])
    const from = mail.received.length
    const some = Math.ceil((Math.random() * DELIVERIES) / MOST_KILLS)
    await eventually('it sends', async () => mail.received.length > from || (await open()) === 0, 60_000)
    for (let turns = 0; mail.received.length < from + some && turns < 500; turns++) await sleep(10)
    await killAll()
    kills += 1
    // Nobody is left: as if their leases had run out.
    await post.database.query('', 'update delivery.delivery set lease_until = now() where lease is not null')
  }
  await begin()
  await eventually('all have ended', async () => (await open()) === 0, 600_000)
  await killAll()

  const counts = new Map<string, number>()
  for (const { id } of mail.received) counts.set(id, (counts.get(id) ?? 0) + 1)
  const rows = await post.rows()
  const twice = [...counts]
    .filter(([, count]) => count > 1)
    .map(([id, count]) => {
      const row = rows.find(({ delivery }) => id === `<${delivery}@example.org>`)
      return { id, count, state: row?.state, attempts: row?.attempts, answer: row?.answer }
    })
  assert.deepEqual(twice, [], 'nobody got it twice')
  assert.equal(rows.length, DELIVERIES)
  const by = Object.groupBy(rows, (row) => row.state as string)
  for (const row of by.sent ?? [])
    assert.equal(counts.get(`<${row.delivery}@example.org>`), 1, 'sent, but not received')
  const [unknown, sent] = [by.unknown?.length ?? 0, by.sent?.length ?? 0]
  assert.equal(sent + unknown, DELIVERIES, 'sent or unknown, and nothing else')
  assert.ok(mail.received.length >= sent)
  // Each kill can leave only what was under way unknown.
  assert.ok(unknown <= kills * AT_ONCE, `${unknown} unknown after ${kills} kills`)
  t.diagnostic(
    `${sent} sent, ${unknown} unknown of which ${mail.received.length - sent} arrived, ${kills} kills of two`,
  )
})
