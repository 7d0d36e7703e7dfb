import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { freshPlace, holdfast } from '../processes.ts'

test('a whole house comes back from its backup, in a directory that was empty', async (t) => {
  const [here, there] = [freshPlace(t), freshPlace(t)]
  const backup = join(here.data, 'backup.gz')
  const run = async (place: typeof here, ...words: string[]) => {
    const { status, stdout, stderr } = await holdfast(words, place)
    assert.equal(status, 0, stderr)
    return stdout
  }
  await run(here, 'organisation', 'add', 'my-town', '--name', 'My Town')
  await run(here, 'token', 'create', '--organisation', 'my-town', '--role', 'viewer', '--name', 'laptop')
  const before = await run(here, 'journal', 'verify')
  await run(here, 'backup', backup)
  assert.match(await run(there, 'restore', backup), /1 organisations restored .* Every journal is whole\./)
  const whole = /^my-town: whole\. \d+ entries/m
  assert.equal(whole.exec(await run(there, 'journal', 'verify'))?.[0], whole.exec(before)?.[0])
  const key = (place: typeof here) => readFileSync(join(place.data, 'keys/installation.key'), 'utf8')
  assert.equal(key(there), key(here))
})
