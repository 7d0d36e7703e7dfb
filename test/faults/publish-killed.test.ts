import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../free-port.ts'
import { council, done, eventually, freshPlace, launch, serve } from '../processes.ts'

const KILLS = 8

interface Manifest {
  readonly revision: number
  readonly sets: { folder: string; documents: { file: string; etag: string }[] }[]
}

/** The revision that readers of the folder find; every file of it is there, with the bytes that were written. */
function wholeRevision(folder: string): number {
  const { revision, sets } = JSON.parse(readFileSync(join(folder, 'current', 'publication.json'), 'utf8')) as Manifest
  for (const set of sets)
    for (const { file, etag } of set.documents) {
      const bytes = readFileSync(join(folder, 'sets', set.folder, file))
      assert.ok(
        etag.includes(createHash('sha256').update(bytes).digest('base64url').slice(0, 22)),
        `${revision} ${file}`,
      )
    }
  return revision
}

/** What has been begun and is not whole yet, by anybody. */
const leftIn = (folder: string) => readdirSync(join(folder, 'unfinished'))

test('whenever publishing to a folder is killed, readers of it find a whole revision and never an older one', async (t) => {
  const port = await freePort()
  // One address for both: pages name it.
  const place = freshPlace(t, { HOLDFAST_URL: `http://localhost:${port}` })
  const running = await serve(t, place, { port })
  const { tactical: token } = await council(place, 'ambridge', ['tactical'])
  const estate = join(place.data, 'estate.yaml')
  writeFileSync(estate, await done(['estate', 'template', '--organisation', 'ambridge'], place))
  await done(['estate', 'import', estate, '--organisation', 'ambridge'], place)
  const folder = join(place.data, 'folder')
  const publish = () => launch(['publish', folder], place)
  let newest = 0
  const unfinished = new Set<string>()
  for (let i = 0; i < KILLS; i++) {
    const body = {
      component: 'corporate-network',
      condition: i % 2 ? 'operational' : 'unavailable',
      reason: 'Invented',
    }
    const { status, text } = await running.ask('POST', '/api/v1/ambridge/incident.record-condition', { token, body })
    assert.equal(status, 200, text)
    const child = publish()
    const ended = once(child, 'close')
    // The first ends well, so that the others have something to spoil.
    if (i > 0) {
      while (child.exitCode === null && leftIn(folder).every((name) => unfinished.has(name))) await sleep(1)
      await sleep(i % 2 ? 0 : Math.random() * 60)
      child.kill('SIGKILL')
    }
    await ended
    for (const name of leftIn(folder)) unfinished.add(name)
    const revision = wholeRevision(folder)
    assert.ok(revision >= newest)
    newest = revision
  }
  t.diagnostic(`left unfinished by ${KILLS - 1} kills: ${[...unfinished].join(', ')}`)
  assert.ok(unfinished.size > 0, 'some were killed while they wrote')
  await done(['publish', folder], place)
  assert.ok(wholeRevision(folder) >= newest)
  await eventually('the folder is as the server says', async () => {
    const page = (await running.ask('GET', '/ambridge')).text
    return readFileSync(join(folder, 'current', 'ambridge', 'index.html'), 'utf8') === page
  })
  const before = wholeRevision(folder)
  await done(['publish', folder], place)
  assert.equal(wholeRevision(folder), before, 'nothing has changed: no new revision')
})
