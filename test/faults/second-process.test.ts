import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openDatabase } from '#platform/database'
import { freshDatabaseUrl } from '#test/database'
import { council, done, freshPlace, holdfast, serve } from '#test/processes'

const prefer = process.env.HOLDFAST_POSTGRES as 'npm' | 'system' | undefined

test('a second server on the same data directory is refused and told which process has it; the first goes on', async (t) => {
  const place = freshPlace(t)
  const first = await serve(t, place)
  const { status, stdout, stderr } = await holdfast(['serve', '--empty', '--port', '0'], place)
  assert.equal(status, 1)
  assert.equal(stdout, '')
  assert.match(stderr, new RegExp(`is in use by process ${first.pid}\\b.*choose another directory`))
  assert.equal(stderr.trim().split('\n').length, 1, stderr)
  assert.equal((await first.ask('GET', '/readyz')).status, 200)
  assert.equal(JSON.parse(readFileSync(join(place.data, 'server.json'), 'utf8')).pid, first.pid, 'its note stays')
  assert.match(await done(['organisation', 'add', 'ambridge', '--name', 'Ambridge'], place), /Added/)
})

test('the command line works through the server that runs, and what it does is served at once', async (t) => {
  const place = freshPlace(t)
  const server = await serve(t, place)
  const { admin } = await council(place, 'ambridge', ['admin'])
  const known = await server.ask('GET', '/api/v1/ambridge/journal', { token: admin })
  assert.deepEqual(
    known.json().entries.map((entry: { type: string }) => entry.type),
    ['estate.organisation-added', 'access.token-issued'],
  )
  const template = await done(['estate', 'template', '--organisation', 'ambridge'], place)
  const file = join(place.data, 'estate.yaml')
  writeFileSync(file, template)
  await done(['estate', 'import', file, '--organisation', 'ambridge'], place)
  const estate = await server.ask('GET', '/api/v1/ambridge/estate', { token: admin })
  assert.ok(estate.json().components.length > 10)
  assert.match(await done(['organisation', 'languages', 'ambridge', 'en-GB'], place), /does so already/)
  const practice = await holdfast(['organisation', 'languages', 'ambridge', 'en-XA'], place)
  assert.deepEqual([practice.status, /Use it in an exercise/.test(practice.stderr)], [1, true])
  assert.match(await done(['journal', 'verify'], place), /^ambridge: whole/)
  await done(['journal', 'export', '--organisation', 'ambridge', join(place.data, 'export')], place)
})

test('a directory held by something that is no server is refused to every verb, with the process that has it', async (t) => {
  const { data } = freshPlace(t)
  const holder = await openDatabase({ databaseUrl: null, dataDirectory: data, prefer })
  t.after(() => holder.close())
  const scenario = new URL('../../scenarios/london-2025.yaml', import.meta.url).pathname
  const verbs = [
    ['exercise', 'run', scenario],
    ['organisation', 'add', 'ambridge', '--name', 'Ambridge'],
    ['journal', 'verify'],
    ['serve', '--empty', '--port', '0'],
  ]
  const outcomes = await Promise.all(verbs.map((words) => holdfast(words, { data })))
  for (const [position, { status, stderr }] of outcomes.entries()) {
    assert.equal(status, 1, `${verbs[position]!.join(' ')}: ${stderr}`)
    assert.match(stderr, new RegExp(`in use by process ${process.pid}\\b`))
    assert.equal(stderr.trim().split('\n').length, 1, stderr)
  }
  assert.deepEqual(await holder.query('', 'select 1 as one'), [{ one: 1 }])
})

test('the address of a database, which may hold a password, is written nowhere, and the command line asks for it', async (t) => {
  const { data } = freshPlace(t)
  const url = await freshDatabaseUrl(t)
  await serve(t, { data, env: { DATABASE_URL: url } })
  assert.equal(JSON.parse(readFileSync(join(data, 'server.json'), 'utf8')).database, null)
  const { status, stderr } = await holdfast(['journal', 'verify'], { data })
  assert.equal(status, 1)
  assert.match(stderr, /was given a DATABASE_URL\. Set the same for this command\./)
  assert.equal(stderr.trim().split('\n').length, 1, stderr)
  await done(['organisation', 'add', 'ambridge', '--name', 'Ambridge'], { data, env: { DATABASE_URL: url } })
})
