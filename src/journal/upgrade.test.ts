import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Database, migrate } from '#platform/database'
import { freshDatabase, temporaryDirectory } from '#test/database'
import { CompactRange, leafHash, leafOf } from './core/index.ts'
import { journalSchema, openJournal } from './index.ts'

const NAMES = ['Zürich', 'rbkc', 'westminster', 'a b', 'B']
const RECORDED = '2025-11-25T06:30:00.000Z'

/** Appends as the first released version did, one entry to each journal. */
async function appendAsBefore(database: Database, number: number, ranges: Map<string, CompactRange>): Promise<string> {
  const leaves = NAMES.map((organisation) =>
    leafOf(
      {
        organisation,
        number,
        stream: 'one',
        version: number,
        type: 'test.counted',
        v: 1,
        data: { number },
        occurredAt: RECORDED,
        reportedAt: null,
        recordedAt: RECORDED,
        actor: { kind: 'operator' },
        command: null,
      },
      {},
    ),
  )
  const hashes = leaves.map((leaf) => leafHash(leaf))
  for (const [at, name] of NAMES.entries()) ranges.get(name)!.push(hashes[at]!)
  const each = (value: unknown) => NAMES.map(() => value)
  const frontiers = NAMES.map((name) => ranges.get(name)!.serialise().toString('hex'))
  const [row] = await database.query<{ verdict: string }>(
    'append-as-before',
    `select verdict from journal.append(
       $1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::text[],
       '{}'::integer[], '{}'::text[], '{}'::text[], '{}'::text[], '{}'::bigint[], '{}'::integer[], '{}'::text[],
       '{}'::integer[], '{}'::text[], '{}'::text[], '{}'::integer[],
       $1::text[], $3::bigint[], $6::text[], $7::integer[], $8::text[], $5::text[], $9::text[], $10::bytea,
       '{}'::text[], '{}'::bigint[], '{}'::text[], '{}'::text[], '{}'::text[],
       '{}'::text[], '{}'::smallint[], '{}'::bigint[], '{}'::text[], false)`,
    [
      NAMES,
      each(number - 1),
      each(number),
      frontiers,
      each(RECORDED),
      each('one'),
      each(number),
      each('test.counted'),
      leaves,
      Buffer.concat(hashes),
    ],
  )
  return row!.verdict
}

test('a database of the first version is taken over with its data, and a process of that version goes on beside', async (t) => {
  const database = await freshDatabase(t)
  await migrate(database, [{ ...journalSchema, files: journalSchema.files.slice(0, 1) }])
  const ranges = new Map(NAMES.map((name) => [name, CompactRange.empty()]))
  for (const number of [1, 2, 3]) assert.equal(await appendAsBefore(database, number, ranges), 'appended')

  await migrate(database, [journalSchema])
  const journal = await openJournal({
    database,
    clocks: { of: () => ({ now: () => Date.now() }) },
    dataDirectory: temporaryDirectory(t),
    declarations: [{ type: 'test.counted', v: 1, sealed: [] }],
    models: [],
    log: () => {},
  })
  t.after(() => journal.close())
  assert.equal(await appendAsBefore(database, 4, ranges), 'appended')
  const append = (organisation: string, expectedVersion: number) =>
    journal.append({
      organisation,
      stream: 'one',
      expectedVersion,
      events: [{ type: 'test.counted', v: 1, data: { number: expectedVersion + 1 } }],
      actor: { kind: 'operator' },
    })
  for (const name of NAMES) {
    assert.deepEqual(await append(name, 3), { kind: 'conflict', version: 4 })
    assert.equal((await append(name, 4)).kind, 'appended')
    const { findings, entries } = await journal.verify(name)
    assert.deepEqual([findings, entries], [[], 5])
  }
  assert.equal(await appendAsBefore(database, 5, ranges), 'moved')
})
