import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, type TestContext, test } from 'node:test'
import { temporaryDirectory } from '#test/database'
import { DatabaseRefused, openDatabase } from './index.ts'

const prefer = process.env.HOLDFAST_POSTGRES as 'npm' | 'system' | undefined
const open = (dataDirectory: string) => openDatabase({ databaseUrl: null, dataDirectory, prefer })
const directory = mkdtempSync(join(tmpdir(), 'holdfast-whole-'))

before(async () => {
  const database = await open(directory)
  await database.query('', 'create table kept (number bigint primary key); insert into kept values (42)')
  await database.close()
})
after(() => rmSync(directory, { recursive: true }))

/** Every path with its mode, size and time of change, but for the two notes that PostgreSQL writes before it looks at anything. */
function fingerprint(): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => !/postmaster\.(opts|pid)$/.test(name))
    .sort()
    .map((name) => {
      const { mode, size, mtimeMs, ino } = lstatSync(join(directory, name))
      return mode & 0o040000 ? `${name} ${mode}` : `${name} ${mode} ${size} ${mtimeMs} ${ino}`
    })
}

/** Changes one path for the length of a test. */
function change(t: TestContext, path: string, damage: (path: string) => void): void {
  const aside = mkdtempSync(join(tmpdir(), 'holdfast-aside-'))
  const whole = join(directory, path)
  execFileSync('cp', ['-a', whole, join(aside, 'kept')])
  t.after(() => {
    rmSync(whole, { recursive: true, force: true })
    execFileSync('cp', ['-a', join(aside, 'kept'), whole])
    rmSync(aside, { recursive: true })
  })
  damage(whole)
}

type Plate = Record<string, unknown>
const plate = (rewrite: (plate: Plate) => Plate) => (path: string) =>
  writeFileSync(path, JSON.stringify(rewrite(JSON.parse(readFileSync(path, 'utf8')))))
const gone = (path: string) => rmSync(path, { recursive: true })
const cut = (bytes: number) => (path: string) => truncateSync(path, bytes)
const emptied = (path: string) => {
  for (const name of readdirSync(path)) rmSync(join(path, name), { recursive: true })
}
const flipped = (path: string) => {
  const bytes = readFileSync(path)
  bytes[100]! ^= 1
  writeFileSync(path, bytes)
}

const damages: [string, string, (path: string) => void, RegExp][] = [
  ['no nameplate', 'holdfast.json', gone, /holdfast\.json is missing/],
  ['an empty nameplate', 'holdfast.json', cut(0), /not whole/],
  ['half a nameplate', 'holdfast.json', cut(40), /not whole/],
  ['a nameplate of a later format', 'holdfast.json', plate((read) => ({ ...read, format: 2 })), /format 2/],
  ['a nameplate that names no database', 'holdfast.json', plate(({ postgres: _, ...read }) => read), /not whole/],
  [
    'another database under the nameplate',
    'holdfast.json',
    plate((read) => ({ ...read, postgres: { ...(read.postgres as Plate), systemIdentifier: '1' } })),
    /system identifier differs/,
  ],
  ['no database', 'postgres', gone, /postgres\/ is missing or empty/],
  ['no PG_VERSION', 'postgres/PG_VERSION', gone, /PG_VERSION/],
  ['an empty PG_VERSION', 'postgres/PG_VERSION', cut(0), /PG_VERSION/],
  ['another PG_VERSION', 'postgres/PG_VERSION', (path) => writeFileSync(path, '14\n'), /is of version 14/],
  ['no control file', 'postgres/global/pg_control', gone, /pg_control/],
  ['a control file cut short', 'postgres/global/pg_control', cut(200), /pg_control/],
  ['a control file with a flipped bit', 'postgres/global/pg_control', flipped, /refuses to start.*control file/s],
  ['no write-ahead log', 'postgres/pg_wal', gone, /pg_wal is missing/],
  ['an empty write-ahead log', 'postgres/pg_wal', emptied, /pg_wal is empty/],
  ['a write-ahead log of zeros', 'postgres/pg_wal', zeroed, /refuses to start.*checkpoint/s],
  ['no transaction status', 'postgres/pg_xact', emptied, /pg_xact is empty/],
  ['no databases', 'postgres/base', emptied, /base is empty/],
  ['no settings', 'postgres/postgresql.conf', gone, /postgresql\.conf is missing/],
]

function zeroed(path: string): void {
  for (const name of readdirSync(path)) {
    const { size } = lstatSync(join(path, name))
    if (/^[0-9A-F]{24}$/.test(name)) writeFileSync(join(path, name), Buffer.alloc(size))
  }
}

for (const [name, path, damage, says] of damages)
  test(`refused, with nothing changed: ${name}`, async (t) => {
    change(t, path, damage)
    const before = fingerprint()
    await assert.rejects(open(directory), (error: Error) => {
      assert.ok(error instanceof DatabaseRefused, String(error.stack))
      assert.match(error.message, says)
      return true
    })
    assert.deepEqual(fingerprint(), before)
  })

for (const [name, damage] of [
  ['is gone', gone],
  ['is empty', cut(0)],
] as const)
  test(`refused: the file of an index ${name}`, async (t) => {
    const database = await open(directory)
    const [file] = await database.query<{ path: string }>('', `select pg_relation_filepath('kept_pkey') as path`)
    await database.close()
    change(t, join('postgres', file!.path), damage)
    await assert.rejects(open(directory), { name: 'DatabaseRefused', message: /public\.kept_pkey/ })
    assert.equal(lstatSync(join(directory, 'postgres', file!.path), { throwIfNoEntry: false })?.size ?? 0, 0)
  })

test('the major version of the database decides; one that is not to be had is named, with what to do', async (t) => {
  change(
    t,
    'holdfast.json',
    plate((read) => ({ ...read, postgres: { ...(read.postgres as Plate), major: 14 } })),
  )
  change(t, 'postgres/PG_VERSION', (path) => writeFileSync(path, '14\n'))
  const before = fingerprint()
  await assert.rejects(open(directory), {
    name: 'DatabaseRefused',
    message: /made by PostgreSQL 14.*Found here: .*Install PostgreSQL 14/s,
  })
  assert.deepEqual(fingerprint(), before)
})

test('a first start that was interrupted is begun again', async (t) => {
  const begun = temporaryDirectory(t)
  mkdirSync(join(begun, 'postgres.new', 'base'), { recursive: true })
  await (await open(begun)).close()
})

test('a first start that was interrupted at its last step is finished', async (t) => {
  renameSync(join(directory, 'postgres'), join(directory, 'postgres.new'))
  const database = await open(directory)
  t.after(() => database.close())
  assert.deepEqual(await database.query('', 'select number from kept'), [{ number: 42 }])
})

test('a file where the directory should be is refused as such', async (t) => {
  const path = join(temporaryDirectory(t), 'data')
  cpSync(import.meta.filename, path)
  await assert.rejects(open(path), { name: 'DatabaseRefused', message: /HOLDFAST_DATA/ })
})
