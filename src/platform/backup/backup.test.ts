import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import { freshDatabase, temporaryDirectory } from '#test/database'
import { readBackup, writeBackup } from './index.ts'

const shelf = (extra = '') => [
  {
    schema: 'shelf',
    files: [
      {
        name: '001-books.sql',
        sql: 'create table shelf.books (id bigint, at timestamptz, cover bytea, title text, primary key (id)); create table shelf.passing (n int); comment on table shelf.passing is $$Not backed up: it passes.$$',
      },
      ...(extra ? [{ name: '002-more.sql', sql: extra }] : []),
    ],
  },
]

async function filled(t: TestContext) {
  const database = await freshDatabase(t, { schemas: shelf() })
  await database.query(
    '',
    `insert into shelf.books select n, '2025-11-25T06:30:00.123456Z', decode('00ff0a', 'hex'), 'Zürich "' || n || E'"\\n'
     from generate_series(1, 4500) n; insert into shelf.books values (0, '-infinity', '', null); insert into shelf.passing values (1)`,
  )
  const directory = temporaryDirectory(t)
  mkdirSync(join(directory, 'keys'))
  writeFileSync(join(directory, 'keys/one.key'), 'secret')
  return { database, directory, path: join(directory, 'backup') }
}

const digest = "select md5(string_agg(t::text, ',' order by id)) as digest, count(*) as count from shelf.books t"

test('what was backed up comes back exactly, with its files', async (t) => {
  const { database, directory, path } = await filled(t)
  const written = await writeBackup(database, path, { directory, files: ['keys/one.key'] })
  assert.equal(written.rows, 4501)
  assert.equal(statSync(path).mode & 0o077, 0, 'only the owner may read it')
  const other = await freshDatabase(t, { schemas: shelf() })
  const target = temporaryDirectory(t)
  assert.equal((await readBackup(other, path, target)).rows, 4501)
  assert.deepEqual(await other.query('', digest), await database.query('', digest))
  assert.equal(readFileSync(join(target, 'keys/one.key'), 'utf8'), 'secret')
})

test('a backup is of one moment, whatever is written meanwhile', async (t) => {
  const { database, directory, path } = await filled(t)
  let going = true
  const meanwhile = (async () => {
    for (let id = 5000; going; id++) await database.query('', 'insert into shelf.books (id) values ($1)', [id])
  })()
  const { rows } = await writeBackup(database, path, { directory, files: [] })
  going = false
  await meanwhile
  const other = await freshDatabase(t, { schemas: shelf() })
  await readBackup(other, path, temporaryDirectory(t))
  assert.equal((await other.query<{ count: number }>('', digest))[0]?.count, rows)
})

test('nothing is overwritten, by a backup or by a restore', async (t) => {
  const { database, directory, path } = await filled(t)
  await writeBackup(database, path, { directory, files: ['keys/one.key'] })
  await assert.rejects(writeBackup(database, path, { directory, files: [] }), {
    name: 'BackupRefused',
    message: /there already/,
  })
  await assert.rejects(readBackup(database, path, temporaryDirectory(t)), {
    message: /data here already \(shelf\.books\)/,
  })
  const other = await freshDatabase(t, { schemas: shelf() })
  writeFileSync(join(directory, 'keys/one.key'), 'another')
  await assert.rejects(readBackup(other, path, directory), { message: /is there already, and is not the backup's/ })
  assert.equal((await other.query<{ count: number }>('', digest))[0]?.count, 0)
})

test('a backup that is cut short, changed or no backup restores nothing', async (t) => {
  const { database, directory, path } = await filled(t)
  await writeBackup(database, path, { directory, files: ['keys/one.key'] })
  const packed = readFileSync(path)
  const lines = gunzipSync(packed).toString().split('\n')
  const harmed: [Buffer, RegExp][] = [
    [packed.subarray(0, packed.length / 2), /cannot be unpacked/],
    [Buffer.from('no backup'), /cannot be unpacked/],
    [gzipSync(lines.slice(0, -2).join('\n')), /its end is missing/],
    [gzipSync(lines.join('\n').replace('Zürich', 'Zurich')), /its contents were changed/],
    [gzipSync(lines.slice(1).join('\n')), /does not begin as one/],
    [gzipSync('{"holdfast"'), /cannot be read/],
    [gzipSync(`${lines.join('\n')}{}\n`), /something follows its end/],
  ]
  const other = await freshDatabase(t, { schemas: shelf() })
  for (const [bytes, reason] of harmed) {
    writeFileSync(path, bytes)
    const target = temporaryDirectory(t)
    await assert.rejects(readBackup(other, path, target), { name: 'BackupRefused', message: reason })
    assert.equal((await other.query<{ count: number }>('', digest))[0]?.count, 0)
    assert.ok(!existsSync(join(target, 'keys')), String(reason))
  }
})

test('a backup of another version says which version can restore it', async (t) => {
  const { database, directory, path } = await filled(t)
  await writeBackup(database, path, { directory, files: [] })
  const newer = await freshDatabase(t, { schemas: shelf('create table shelf.more (id int primary key)') })
  await assert.rejects(readBackup(newer, path, directory), {
    message: /made by an older Holdfast, before shelf\/002-more\.sql/,
  })
})

test('a file of a backup cannot leave the data directory', async (t) => {
  const { database, directory, path } = await filled(t)
  await writeBackup(database, path, { directory, files: ['../../../etc/hostname'] })
  const other = await freshDatabase(t, { schemas: shelf() })
  await assert.rejects(readBackup(other, path, temporaryDirectory(t)), { message: /outside the data directory/ })
})
