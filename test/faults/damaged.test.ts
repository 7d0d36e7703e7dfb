import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { type Database, openDatabase } from '#platform/database'
import { done, freshPlace, holdfast, type Place } from '#test/processes'

const prefer = process.env.HOLDFAST_POSTGRES as 'npm' | 'system' | undefined
const open = (dataDirectory: string) => openDatabase({ databaseUrl: null, dataDirectory, prefer })

/** A whole data directory with a journal of some pages; where its database and its entries lie in it. */
async function made(place: Place) {
  await done(['organisation', 'add', 'ambridge', '--name', 'Ambridge'], place)
  const file = join(place.data, 'estate.yaml')
  const row = (n: number) => `  - { id: c${n}, name: "Component ${n}", kind: platform }\n`
  writeFileSync(file, `components:\n${Array.from({ length: 200 }, (_, n) => row(n)).join('')}`)
  await done(['estate', 'import', file, '--organisation', 'ambridge'], place)
  const database = await open(place.data)
  const [at] = await database.query<{ path: string }>('', `select pg_relation_filepath('journal.entries') as path`)
  await settled(database)
  await database.close()
  return { folder: join('postgres', dirname(at!.path)), entries: join('postgres', at!.path) }
}

/** PostgreSQL notes on a row, when it is first read, that its transaction is over: done here, so that any later change tells. */
const settled = (database: Database) => database.query('', 'vacuum (freeze)')

/** All that holds what was recorded, by file; a start writes its own notes, log and visibility maps beside them. */
function contents(data: string, database: string): Map<string, string> {
  const hashes = new Map<string, string>()
  for (const folder of ['keys', 'postgres/base/1', 'postgres/pg_xact', database])
    for (const name of readdirSync(join(data, folder)).sort())
      if (statSync(join(data, folder, name)).isFile() && !/^pg_internal|_(fsm|vm)$/.test(name))
        hashes.set(
          join(folder, name),
          createHash('sha256')
            .update(readFileSync(join(data, folder, name)))
            .digest('hex'),
        )
  return hashes
}

type Damage = (data: string, entries: string) => void | Promise<void>
const sql = (text: string) => async (data: string) => {
  const database = await open(data)
  await database.query('', text)
  await settled(database)
  await database.close()
}
const flip = (at: number) => (_data: string, entries: string) => {
  const bytes = readFileSync(entries)
  bytes[at]! ^= 1
  writeFileSync(entries, bytes)
}
const damages: [string, Damage, RegExp][] = [
  [
    'the entries are cut to half',
    (_, entries) => truncateSync(entries, Math.floor(statSync(entries).size / 16384) * 8192),
    /not whole|damaged/,
  ],
  ['the entries are empty', (_, entries) => truncateSync(entries, 0), /not whole|damaged/],
  ['the entries are gone', (_, entries) => rmSync(entries), /damaged/],
  ['a bit of an entry is flipped', flip(8000), /damaged/],
  ['the control file is empty', (data) => truncateSync(join(data, 'postgres/global/pg_control'), 0), /pg_control/],
  [
    'the write-ahead log is gone',
    (data) => rmSync(join(data, 'postgres/pg_wal'), { recursive: true }),
    /pg_wal is missing/,
  ],
  ['an entry was deleted', sql('delete from journal.entries where number = 1'), /not whole: entry 1 is missing/],
  [
    'the last entry was deleted',
    sql('delete from journal.entries where number = (select max(number) from journal.entries)'),
    /not whole/,
  ],
  [
    'an entry was changed',
    sql(`update journal.entries set leaf = replace(leaf, 'Ambridge', 'Felpersham') where number = 1`),
    /does not match its hash/,
  ],
  ['the signing key is gone', (data) => rmSync(join(data, 'keys/installation.key')), /installation\.key is missing/],
]

test('a damaged data directory is refused in words, and left as it is', async (t) => {
  const whole = freshPlace(t)
  const { folder, entries } = await made(whole)
  for (const [name, damage, says] of damages)
    await t.test(`where ${name}`, async (t) => {
      const { data } = freshPlace(t)
      execFileSync('cp', ['-a', `${whole.data}/.`, data])
      await damage(data, join(data, entries))
      const before = contents(data, folder)
      assert.ok(before.size > 100, 'the tables are among what is looked at')
      const { status, stdout, stderr } = await holdfast(['serve', '--empty', '--port', '0'], { data })
      assert.equal(status, 1, stderr)
      assert.doesNotMatch(stdout, /Holdfast is running/)
      assert.match(stderr, says)
      assert.doesNotMatch(stderr, /^\s+at /m, 'words for a person, not a trace')
      const now = contents(data, folder)
      const changed = [...before.keys(), ...now.keys()].filter((file) => before.get(file) !== now.get(file))
      assert.deepEqual(changed, [])
    })
})
