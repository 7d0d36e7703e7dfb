import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { freshDatabase, temporaryDirectory } from '#test/database'
import { cosignatureVerifier, leafHash, noteVerifier } from './core/index.ts'
import { openProofFile } from './core/proof-file.ts'
import { type Journal, journalSchema, openJournal } from './index.ts'
import { loadJournals } from './live/load.ts'

const verifier = fileURLToPath(new URL('../../verifier/verify.ts', import.meta.url))

async function setUp(t: TestContext) {
  const database = await freshDatabase(t, { schemas: [journalSchema] })
  const dataDirectory = temporaryDirectory(t)
  const open = () =>
    openJournal({
      database,
      dataDirectory,
      clocks: { of: () => ({ now: () => Date.now() }) },
      declarations: [{ type: 'test.said', v: 1, sealed: ['words'] }],
      models: [],
      log: () => {},
    })
  const journal = await open()
  t.after(() => journal.close())
  return { database, dataDirectory, journal, open }
}

async function say(journal: Journal, from: number, count: number): Promise<void> {
  await journal.append({
    organisation: 'westminster',
    stream: `from ${from}`,
    expectedVersion: 0,
    events: Array.from({ length: count }, (_, i) => ({
      type: 'test.said',
      v: 1,
      data: { words: `words ${from + i}`, n: from + i },
    })),
    actor: { kind: 'operator' },
  })
}

function verify(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [verifier, ...args], { encoding: 'utf8' })
  return { status, said: stdout + stderr }
}

test('an export satisfies the independent verifier, also after words were erased', async (t) => {
  const { journal } = await setUp(t)
  const folder = join(temporaryDirectory(t), 'export')
  await say(journal, 1, 300)
  const early = (await journal.checkpoints.sign('westminster'))!
  await say(journal, 301, 300)
  const entries = [{ number: 7, fields: ['words'] }]
  await journal.erase({ organisation: 'westminster', entries, reason: 'asked to', actor: { kind: 'operator' } })
  const exported = await journal.exportTo('westminster', folder)
  assert.equal(exported.entries, 601)
  assert.ok(!readFileSync(join(folder, 'sealed.jsonl'), 'utf8').includes('"words 7"'))
  const since = join(folder, '..', 'early')
  writeFileSync(since, early.note)
  assert.deepEqual(verify(folder, '--since', since).status, 0, verify(folder, '--since', since).said)
  assert.deepEqual((await journal.verify('westminster')).findings, [])
})

test('only its owner may read an export, also in a folder that others may look into', async (t) => {
  const { journal } = await setUp(t)
  const folder = join(temporaryDirectory(t), 'export')
  mkdirSync(folder, { mode: 0o755 })
  await say(journal, 1, 5)
  await journal.exportTo('westminster', folder)
  for (const name of ['entries.jsonl', 'sealed.jsonl', 'checkpoint', 'tile'])
    assert.equal(statSync(join(folder, name)).mode & 0o077, 0, name)
})

test('the verifier finds an exported entry that was changed', async (t) => {
  const { journal } = await setUp(t)
  const folder = join(temporaryDirectory(t), 'export')
  await say(journal, 1, 5)
  await journal.exportTo('westminster', folder)
  const file = join(folder, 'entries.jsonl')
  writeFileSync(file, readFileSync(file, 'utf8').replace('"n":3', '"n":4'))
  const { status, said } = verify(folder)
  assert.equal(status, 1)
  assert.match(said, /edit/)
  assert.match(said, /\b3\b/)
})

test('verify names what was done to the database behind the journal', async (t) => {
  const harms: [string, RegExp][] = [
    [
      `update journal.entries set leaf = replace(leaf, '"n":2', '"n":9') where number = 2`,
      /entry 2 does not match its hash/,
    ],
    [`update journal.sealed set value = '"other"' where number = 3`, /words of entry 3 was changed/],
    ['delete from journal.sealed where number = 4', /words of entry 4 is gone without an erasure/],
    ['delete from journal.entries where number = 5', /entry 5 is missing/],
    ['delete from journal.entries where number = 6', /entry 6 of 6 is missing/],
    [
      `update journal.checkpoints set note = replace(note, E'\\n6\\n', E'\\n5\\n')`,
      /checkpoint at 6 entries does not hold/,
    ],
  ]
  for (const [harm, finding] of harms) {
    const { journal, database } = await setUp(t)
    await say(journal, 1, 6)
    await journal.checkpoints.sign('westminster')
    assert.deepEqual((await journal.verify('westminster')).findings, [])
    await database.query('', harm)
    assert.match((await journal.verify('westminster')).findings.join('; '), finding, harm)
  }
})

test('words that were deleted on the quiet are noticed at start; erased ones are not missed', async (t) => {
  const { journal, database, open } = await setUp(t)
  await say(journal, 1, 6)
  const erase = (number: number, fields: string[]) =>
    journal.erase({
      organisation: 'westminster',
      entries: [{ number, fields }],
      reason: 'r',
      actor: { kind: 'operator' },
    })
  await erase(2, ['words'])
  await erase(7, ['reason'])
  await (await open()).close()
  await database.query('', 'delete from journal.sealed where number = 4')
  await assert.rejects(open, { name: 'JournalDamaged', message: /words of entry 4 is gone without an erasure/ })
  await erase(4, ['words'])
  await (await open()).close()
})

test('words that another process erases while a journal is loaded are not missed', async (t) => {
  const { journal, database } = await setUp(t)
  await say(journal, 1, 3)
  let first = true
  const slow: typeof database = {
    ...database,
    async query<Row>(name: string, text: string, values?: unknown[]) {
      if (name === 'journal-load' && first) {
        first = false
        await journal.erase({
          organisation: 'westminster',
          entries: [{ number: 2, fields: ['words'] }],
          reason: 'r',
          actor: { kind: 'operator' },
        })
      }
      return database.query<Row>(name, text, values)
    },
  }
  assert.deepEqual([...(await loadJournals(slow, () => {}))], [['westminster', 3]])
})

test('tiles are served as C2SP tlog-tiles has them', async (t) => {
  const { journal } = await setUp(t)
  await say(journal, 1, 300)
  assert.equal((await journal.tile('westminster', 'tile/0/000'))?.length, 256 * 32)
  assert.equal((await journal.tile('westminster', 'tile/0/001.p/44'))?.length, 44 * 32)
  assert.equal((await journal.tile('westminster', 'tile/1/000.p/1'))?.length, 32)
  for (const path of ['tile/0/002', 'tile/0/001', 'tile/2/000.p/1', 'tile/0/1', '../x'])
    assert.equal(await journal.tile('westminster', path), null, path)
})

test('a database whose key is missing or another is refused', async (t) => {
  const { dataDirectory, open } = await setUp(t)
  const key = join(dataDirectory, 'keys', 'installation.key')
  const kept = readFileSync(key, 'utf8')
  writeFileSync(key, `${'00'.repeat(32)}\n`)
  await assert.rejects(open, { name: 'KeysRefused', message: /is not the key/ })
  rmSync(key)
  await assert.rejects(open, { name: 'KeysRefused', message: /is missing/ })
  assert.ok(!existsSync(key))
  writeFileSync(key, kept)
  const again = await open()
  await again.close()
})

test('any entry can be shown to stand in the journal with its leaf, a proof and the keys alone', async (t) => {
  const { journal } = await setUp(t)
  await say(journal, 1, 300)
  for (const number of [1, 256, 257, 300]) {
    const { leaf, proof, checkpoint, root, size, keys } = (await journal.evidence('westminster', number))!
    const known = { log: noteVerifier(keys.log)!, witnesses: [cosignatureVerifier(keys.witness)!] }
    const opened = openProofFile(proof, leafHash(leaf), known)
    assert.ok(!('wrong' in opened), `${number}: ${JSON.stringify(opened)}`)
    assert.equal(opened.size, size)
    assert.equal(opened.root.toString('hex'), root)
    assert.ok(proof.endsWith(checkpoint))
    assert.equal(JSON.parse(leaf).number, number)
    assert.doesNotMatch(leaf, /words \d/)
    assert.ok('wrong' in openProofFile(proof, leafHash(leaf.replace('"v":1', '"v":2')), known))
  }
})

test('a checkpoint that covers an entry is used as it is, and a later entry gets a new one', async (t) => {
  const { journal } = await setUp(t)
  await say(journal, 1, 3)
  const early = (await journal.evidence('westminster', 2))!
  await say(journal, 4, 2)
  assert.deepEqual(await journal.evidence('westminster', 2), early)
  assert.equal((await journal.evidence('westminster', 5))!.size, 5)
  assert.equal(await journal.evidence('westminster', 6), null)
})
