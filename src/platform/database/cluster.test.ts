import assert from 'node:assert/strict'
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { temporaryDirectory } from '#test/database'
import { findBinaries } from './binaries.ts'
import { startCluster } from './cluster.ts'
import { majorOf } from './data-directory.ts'
import { DatabaseRefused, DatabaseUnavailable, openDatabase } from './index.ts'
import { ownerOf } from './owner.ts'
import { startPostmaster } from './postmaster.ts'

const prefer = process.env.HOLDFAST_POSTGRES as 'npm' | 'system' | undefined
const open = (dataDirectory: string) => openDatabase({ databaseUrl: null, dataDirectory, prefer })

let seed: Promise<string> | undefined

/** A data directory with a new cluster: a copy of one, because making each anew takes a second. */
async function started(t: TestContext): Promise<string> {
  seed ??= (async () => {
    const made = mkdtempSync(join(tmpdir(), 'holdfast-seed-'))
    await (await open(made)).close()
    return made
  })()
  const directory = temporaryDirectory(t)
  execFileSync('cp', ['-a', `${await seed}/.`, directory])
  return directory
}

after(async () => {
  const made = await seed
  if (made !== undefined) rmSync(made, { recursive: true })
})

/** Opens the directory in a process of its own, which then writes a row after another and prints each that is saved. */
async function writer(t: TestContext, dataDirectory: string): Promise<{ child: ChildProcess; saved: number[] }> {
  const script = `
    import { openDatabase } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)}
    const database = await openDatabase({ databaseUrl: null, dataDirectory: process.argv[1], prefer: process.argv[2] || undefined })
    await database.query('', 'create table if not exists kept (number bigint primary key)')
    const [{ last }] = await database.query('last', 'select coalesce(max(number), 0) as last from kept')
    for (let number = last + 1; ; number++) {
      await database.query('keep', 'insert into kept values ($1)', [number])
      console.log(number)
    }`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, dataDirectory, prefer ?? ''], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.after(() => child.kill('SIGKILL'))
  const saved: number[] = []
  createInterface({ input: child.stdout! }).on('line', (line) => saved.push(Number(line)))
  while (saved.length < 20 && child.exitCode === null) await sleep(5)
  return { child, saved }
}

const postmasterOf = (dataDirectory: string) =>
  Number.parseInt(readFileSync(join(dataDirectory, 'postgres', 'postmaster.pid'), 'utf8'), 10)

async function keptIn(dataDirectory: string): Promise<Set<number>> {
  const database = await open(dataDirectory)
  const rows = await database.query<{ number: number }>('', 'select number from kept')
  await database.close()
  return new Set(rows.map(({ number }) => number))
}

test('a first start makes a private cluster, and a later one finds what was written', async (t) => {
  const directory = join(temporaryDirectory(t), 'not', 'yet', 'there')
  const first = await open(directory)
  const rows = await first.query<Record<string, string>>(
    '',
    `select current_setting('data_checksums') as checksums, current_setting('listen_addresses') as addresses,
       current_setting('fsync') as fsync, current_setting('server_encoding') as encoding,
       current_setting('timezone') as zone, (select datcollate from pg_database where datname = current_database()) as collation`,
  )
  assert.deepEqual(rows, [
    { checksums: 'on', addresses: '', fsync: 'on', encoding: 'UTF8', zone: 'UTC', collation: rows[0]!.collation },
  ])
  await first.query('', 'create table kept (number bigint primary key); insert into kept values (7)')
  await first.close()
  assert.equal(existsSync(join(directory, 'postgres', 'postmaster.pid')), false, 'PostgreSQL has stopped')
  assert.equal(statSync(directory).mode & 0o077, 0, 'nobody else may look in')
  assert.deepEqual(await keptIn(directory), new Set([7]))
})

test('killed with everything below it, it starts again by itself and has every row it had confirmed', async (t) => {
  const directory = await started(t)
  for (let round = 0; round < 2; round++) {
    const { child, saved } = await writer(t, directory)
    process.kill(postmasterOf(directory), 'SIGKILL')
    child.kill('SIGKILL')
    await once(child, 'close')
    const kept = await keptIn(directory)
    assert.deepEqual(
      saved.filter((number) => !kept.has(number)),
      [],
    )
  }
})

function temporarySocket(t: TestContext, owner: ReturnType<typeof ownerOf>): string {
  const path = temporaryDirectory(t)
  if (owner) chownSync(path, owner.uid, owner.gid)
  return path
}

test('a PostgreSQL that outlived a killed Holdfast is stopped in order', async (t) => {
  const directory = await started(t)
  const cluster = join(directory, 'postgres')
  const owner = ownerOf(cluster)
  const binaries = await findBinaries(owner, majorOf(cluster), prefer)
  const orphan = await startPostmaster({ binaries, cluster, owner, socket: temporarySocket(t, owner), log: () => {} })
  await (await open(directory)).close()
  assert.equal(await orphan.ended, 'exit code 0')
})

test('a note of a process number that now belongs to somebody else does not stand in the way', async (t) => {
  const directory = await started(t)
  const { child } = await writer(t, directory)
  const note = join(directory, 'postgres', 'postmaster.pid')
  const postmaster = postmasterOf(directory)
  process.kill(postmaster, 'SIGKILL')
  child.kill('SIGKILL')
  await once(child, 'close')
  writeFileSync(note, readFileSync(note, 'utf8').replace(/^\d+/, String(process.pid)))
  assert.ok((await keptIn(directory)).size > 0)
})

test('a second process is refused and told who has the directory', async (t) => {
  const directory = await started(t)
  const { child, saved } = await writer(t, directory)
  await assert.rejects(open(directory), (error: Error) => {
    assert.ok(error instanceof DatabaseRefused)
    assert.match(error.message, new RegExp(`in use by process ${child.pid}\\b.*HOLDFAST_DATA`))
    return true
  })
  const before = saved.length
  await sleep(100)
  assert.ok(saved.length > before, 'the first goes on undisturbed')
})

test('two first starts at once: one is refused, the other works', async (t) => {
  const directory = temporaryDirectory(t)
  const outcomes = await Promise.allSettled([open(directory), open(directory)])
  const opened = outcomes.filter((outcome) => outcome.status === 'fulfilled')
  assert.equal(opened.length, 1)
  assert.deepEqual(await opened[0]!.value.query('', 'select 1 as one'), [{ one: 1 }])
  await opened[0]!.value.close()
})

test('PostgreSQL is started again when it dies; until then the database is unavailable, never wrong', async (t) => {
  const database = await open(await started(t))
  t.after(() => database.close())
  await database.query('', 'create table kept (number bigint)')
  process.kill(postmasterOf(join(database.info.directory!, '..')), 'SIGKILL')
  let refused = 0
  for (let asked = 0; asked < 400; asked++) {
    try {
      await database.query('keep', 'insert into kept values (1)')
      if (refused > 0) break
    } catch (error) {
      assert.ok(error instanceof DatabaseUnavailable, String(error))
      assert.equal(error.reason, 'unreachable')
      refused++
    }
    await sleep(10)
  }
  assert.ok(refused > 0)
  assert.equal(await database.reachable(), true)
})

test('a long or closed path is no obstacle', async (t) => {
  const closed = temporaryDirectory(t)
  chmodSync(closed, 0o700)
  const directory = join(closed, 'long'.repeat(30))
  mkdirSync(directory)
  const cluster = await startCluster({ dataDirectory: directory, prefer, log: () => {} })
  const socket = cluster.connection.host
  assert.ok(Buffer.byteLength(socket) < 90)
  assert.equal(statSync(socket).mode & 0o077, 0, 'only its owner can reach the socket')
  await cluster.stop()
  assert.equal(existsSync(socket), false)
  assert.deepEqual(readdirSync(directory).sort(), ['holdfast.json', 'lock', 'postgres'])
})
