import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import { openDatabase } from '#platform/database'
import { done, freshPlace, holdfast } from '#test/processes'

const prefer = process.env.HOLDFAST_POSTGRES as 'npm' | 'system' | undefined
const open = (dataDirectory: string) => openDatabase({ databaseUrl: null, dataDirectory, prefer })

/** A whole data directory with a journal of some pages, and where its entries lie. */
async function made(t: TestContext) {
  const place = freshPlace(t)
  await done(['organisation', 'add', 'ambridge', '--name', 'Ambridge'], place)
  const file = join(place.data, 'estate.yaml')
  const row = (n: number) => `  - { id: c${n}, name: "Component ${n}", kind: platform }\n`
  writeFileSync(file, `components:\n${Array.from({ length: 200 }, (_, n) => row(n)).join('')}`)
  await done(['estate', 'import', file, '--organisation', 'ambridge'], place)
  const database = await open(place.data)
  const [at] = await database.query<{ path: string }>('', `select pg_relation_filepath('journal.entries') as path`)
  await database.close()
  return { place, entries: join(place.data, 'postgres', at!.path) }
}

/** The tables and all else that holds what was recorded; a start writes its own notes and log beside them. */
function contents(data: string): string {
  const hash = createHash('sha256')
  for (const folder of ['keys', 'postgres/base/1', 'postgres/pg_xact'])
    for (const name of readdirSync(join(data, folder)).sort())
      if (statSync(join(data, folder, name)).isFile() && !/^pg_internal/.test(name))
        hash.update(name).update(readFileSync(join(data, folder, name)))
  return hash.digest('hex')
}

type Damage = (data: string, entries: string) => void | Promise<void>
const sql = (text: string) => async (data: string) => {
  const database = await open(data)
  await database.query('', text)
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

let whole: { place: { data: string }; entries: string } | undefined
after(() => whole && rmSync(whole.place.data, { recursive: true, force: true }))

for (const [name, damage, says] of damages)
  test(`a data directory is refused and not repaired where ${name}`, async (t) => {
    whole ??= await made({ after: () => {} } as unknown as TestContext)
    const { data } = freshPlace(t)
    execFileSync('cp', ['-a', `${whole.place.data}/.`, data])
    const entries = whole.entries.replace(whole.place.data, data)
    await damage(data, entries)
    const look = () => [contents(data), statSync(entries, { throwIfNoEntry: false })?.size ?? null]
    const before = look()
    const { status, stdout, stderr } = await holdfast(['serve', '--empty', '--port', '0'], { data })
    assert.equal(status, 1, stderr)
    assert.doesNotMatch(stdout, /Holdfast is running/)
    assert.match(stderr, says)
    assert.doesNotMatch(stderr, /^\s+at /m, 'words for a person, not a trace')
    assert.deepEqual(look(), before)
  })
