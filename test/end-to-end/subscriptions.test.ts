import assert from 'node:assert/strict'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { isRefusal, operator } from '#kernel'
import { type Config, readConfig } from '#platform/config'
import { silentLog } from '#platform/log'
import { startServer } from '../../src/main/server.ts'
import { ask } from '../ask.ts'
import { freshDatabaseUrl, temporaryDirectory } from '../database.ts'
import { startMailServer } from '../mail-server.ts'
import { council, done, eventually, freshPlace, holdfast, serve } from '../processes.ts'

const WORDING = { headline: 'Bins are late', known: 'We know this.', notKnown: '', doing: '', advice: '', next: '' }
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

test('by real mail, from the form to one click: a confirmation, a statement, a change, and silence', async (t) => {
  const mail = await startMailServer(t)
  const variables = {
    HOLDFAST_SMTP_URL: mail.url,
    HOLDFAST_MAIL_FROM: 'Example Council <updates@example.org>',
    HOLDFAST_UPDATES_SETTLING: 'PT0S',
    HOLDFAST_UPDATES_WINDOW: 'PT0S',
  }
  const config: Config = {
    ...(readConfig(variables) as Config),
    port: 0,
    url: 'https://holdfast.example.org',
    dataDirectory: temporaryDirectory(t),
    databaseUrl: await freshDatabaseUrl(t),
    logLevel: 'silent',
  }
  const server = await startServer(config, silentLog)
  t.after(() => server.close())
  const { application, port } = server
  const order = async (command: string, input: object) => {
    const outcome = await application.execute({ organisation: 'ambridge', command, input, caller: operator })
    if (isRefusal(outcome)) assert.fail(`${command}: ${outcome.detail}`)
    return outcome as Record<string, unknown>
  }
  await order('estate.add-organisation', { slug: 'ambridge', name: 'Invented Ambridge' })
  const text = `components:\n  - { id: depot, name: Depot system, kind: application }\nservices:\n  - { id: bins, name: Bins, needs: [{ requires: depot }] }\n  - { id: parks, name: Parks }\n`
  await order('estate.import', { files: [{ name: 'estate.yaml', text }] })
  const post = (path: string, fields: Record<string, string>) =>
    ask(port, 'POST', path, { body: new URLSearchParams(fields).toString(), headers: FORM })
  /** The words of the newest mail, once there are so many. */
  const mailed = async (count: number) => {
    await eventually(`${count} mails have come`, () => mail.received.length === count, 40_000)
    // Quoted-printable (RFC 2045, 6.7).
    return mail.received[count - 1]!.text.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
  }

  assert.equal((await post('/ambridge/subscribe', { email: 'jo@example.org', service: 'bins' })).status, 200)
  const confirmation = await mailed(1)
  assert.match(confirmation, /^Subject: Confirm your updates from Invented Ambridge/m)
  const confirm = /https:\/\/holdfast\.example\.org(\/subscriptions\/confirm\/[\w-]{43})/.exec(confirmation)![1]!
  assert.equal((await ask(port, 'GET', confirm)).status, 200)
  assert.match((await post(confirm, {})).text, /You will get updates/)

  const published = {
    statement: 1,
    audience: 'residents',
    version: 1,
    incident: null,
    nextUpdateAt: '2025-11-25T15:00:00.000Z',
    services: [{ id: 'ambridge/bins', level: 'stopped' }],
    breakGlass: true,
    wording: WORDING,
  }
  await application.journal.append({
    organisation: 'ambridge',
    stream: 'statements',
    expectedVersion: 0,
    events: [{ type: 'statements.published', v: 1, data: published }],
    actor: operator.actor,
    command: { id: 'invented-command', digest: 'invented', answer: {} },
  })
  const statement = await mailed(2)
  assert.match(statement, /^Subject: Bins are late - Invented Ambridge/m)
  assert.match(statement, /https:\/\/holdfast\.example\.org\/ambridge\/statements\/1/)
  assert.match(statement, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click/m)

  const { incident } = await order('incident.declare', { title: 'Depot', summary: 'Invented.' })
  const why = { precautionary: true, rationale: 'Invented.' }
  await order('incident.isolate', { incident, components: ['depot'], ...why })
  const change = await mailed(3)
  assert.match(change, /- Bins: Stopped since .* because we have disconnected our depot system as a precaution\./)

  const oneClick = /^List-Unsubscribe: <https:\/\/holdfast\.example\.org(\/[^>]+)>/m.exec(
    change.replace(/\r\n[ \t]+/g, ' '),
  )![1]!
  for (let time = 0; time < 2; time++)
    assert.equal((await post(oneClick, { 'List-Unsubscribe': 'One-Click' })).status, 200)
  await order('incident.restore', { incident, components: ['depot'], evidence: 'Invented.' })
  await new Promise((resolve) => setTimeout(resolve, 1500))
  assert.equal(mail.received.length, 3)
  const rows = await application.database.query('', 'select from public_site.subscription')
  assert.deepEqual(rows, [])
})

test('on the command line: subscribers go out readable by their keeper alone, come in again, and are erased', async (t) => {
  const place = freshPlace(t)
  await serve(t, place)
  await council(place, 'ambridge', [])
  const [first, second] = ['first', 'second'].map((name) => join(place.data, `${name}.jsonl`)) as [string, string]
  const line = {
    subscription: '00000000-0000-4000-8000-000000000001',
    organisation: 'ambridge',
    channel: 'email',
    address: 'jo@example.org',
    services: [],
    wanted: null,
    askedAt: '2025-11-25T08:00:00.000Z',
    confirmedAt: '2025-11-25T08:01:00.000Z',
    links: [],
  }
  writeFileSync(first, `${JSON.stringify(line)}\n{}\n`)
  const refused = await holdfast(['subscriptions', 'import', first], place)
  assert.equal(refused.status, 1)
  assert.match(refused.stderr, /Nothing was taken in\.\nline 2: /)
  writeFileSync(first, `${JSON.stringify(line)}\n`)
  assert.match(await done(['subscriptions', 'import', first], place), /1 subscriptions added/)
  assert.match(await done(['subscriptions', 'export', second], place), /1 subscriptions written/)
  assert.equal(statSync(second).mode & 0o777, 0o600)
  const { links, ...same } = JSON.parse(readFileSync(second, 'utf8'))
  assert.equal(links.length, 2)
  assert.deepEqual({ ...same, links: [] }, line)
  assert.equal((await holdfast(['subscriptions', 'export', second], place)).status, 1, 'no file is written over')
  assert.match(await done(['subscriptions', 'erase', '--address', 'JO@example.org'], place), /1 subscriptions erased/)
  assert.equal((await holdfast(['subscriptions', 'erase', '--address', 'nonsense'], place)).status, 1)
})
