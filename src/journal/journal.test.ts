import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Clocks, Entry, Event } from '#kernel'
import { freshDatabase, temporaryDirectory } from '#test/database'
import { type AppendRequest, type Journal, journalSchema, type Model, openJournal } from './index.ts'

const declarations = [
  { type: 'test.said', v: 1, sealed: ['words'] },
  { type: 'test.counted', v: 1, sealed: [] },
]

const counts: Model<{ entries: number; words: (string | undefined)[] }> = {
  name: 'test.counts',
  types: ['test.said', 'test.counted'],
  initial: () => ({ entries: 0, words: [] }),
  apply(state, entry) {
    state.entries += 1
    if (entry.type === 'test.said') state.words.push((entry.data as { words?: string }).words)
  },
}

async function open(
  t: TestContext,
  database: Awaited<ReturnType<typeof freshDatabase>>,
  clocks?: Clocks,
): Promise<Journal> {
  const journal = await openJournal({
    database,
    clocks: clocks ?? { of: () => ({ now: () => Date.now() }) },
    dataDirectory: directories.get(database)!,
    declarations,
    models: [counts],
    log: () => {},
  })
  t.after(() => journal.close())
  return journal
}

/** A database and the keys that belong to it. */
const directories = new WeakMap<object, string>()
async function fresh(t: TestContext) {
  const database = await freshDatabase(t, { schemas: [journalSchema] })
  directories.set(database, temporaryDirectory(t))
  return database
}

const counted = (value: number): Event => ({ type: 'test.counted', v: 1, data: { value } })
const request = (over: Partial<AppendRequest> = {}): AppendRequest => ({
  organisation: 'westminster',
  stream: 'one',
  expectedVersion: 0,
  events: [counted(1)],
  actor: { kind: 'operator' },
  ...over,
})

async function all(journal: Journal, organisation = 'westminster'): Promise<Entry[]> {
  return journal.readEntries({ organisation, after: 0, limit: 10_000 })
}

test('entries are numbered from 1 within their organisation and read back as written', async (t) => {
  const journal = await open(t, await fresh(t))
  const said: Event = {
    type: 'test.said',
    v: 1,
    data: { words: 'Zürich "x"', kind: 3 },
    occurredAt: '2025-11-25T06:30:00.000Z',
  }
  await journal.append(request({ events: [counted(1), said] }))
  await journal.append(request({ organisation: 'rbkc' }))
  const entries = await all(journal)
  assert.deepEqual(
    entries.map((entry) => [entry.number, entry.version, entry.type]),
    [
      [1, 1, 'test.counted'],
      [2, 2, 'test.said'],
    ],
  )
  assert.deepEqual(entries[1]?.data, { words: 'Zürich "x"', kind: 3 })
  assert.equal(entries[1]?.occurredAt, '2025-11-25T06:30:00.000Z')
  assert.deepEqual(
    (await all(journal, 'rbkc')).map((entry) => entry.number),
    [1],
  )
  assert.equal(journal.models.of(counts, 'westminster').entries, 2)
})

test('an append at another version than the stream has is a conflict, and writes nothing', async (t) => {
  const journal = await open(t, await fresh(t))
  const results = await Promise.all([
    journal.append(request()),
    journal.append(request()),
    journal.append(request({ expectedVersion: 1 })),
  ])
  assert.deepEqual(
    results.map((result) => result.kind),
    ['appended', 'conflict', 'appended'],
  )
  assert.deepEqual(await journal.append(request({ expectedVersion: 7 })), { kind: 'conflict', version: 2 })
  assert.equal((await all(journal)).length, 2)
})

test('a command id is answered the second time as the first', async (t) => {
  const journal = await open(t, await fresh(t))
  const command = { id: 'key-1', digest: 'ab'.repeat(32), answer: { incident: 'x y' } }
  const [first, second] = await Promise.all([
    journal.append(request({ command })),
    journal.append(request({ stream: 'other', command: { ...command, answer: { incident: 'other' } } })),
  ])
  assert.equal(first?.kind, 'appended')
  assert.deepEqual(second, { kind: 'repeated', digest: command.digest, numbers: [1], answer: { incident: 'x y' } })
  assert.deepEqual(await journal.answerOf('westminster', 'key-1'), {
    digest: command.digest,
    numbers: [1],
    answer: { incident: 'x y' },
  })
})

test('a request that cannot be written fails alone', async (t) => {
  const journal = await open(t, await fresh(t))
  const outcomes = await Promise.allSettled([
    journal.append(request({ stream: 'a' })),
    journal.append(request({ stream: 'b', events: [{ type: 'test.unknown', v: 1, data: {} }] })),
    journal.append(request({ stream: 'c' })),
  ])
  assert.deepEqual(
    outcomes.map((outcome) => outcome.status),
    ['fulfilled', 'rejected', 'fulfilled'],
  )
  assert.equal((await all(journal)).length, 2)
})

test('recorded times never run backwards, even when the clock does', async (t) => {
  let now = Date.parse('2025-11-25T12:00:00Z')
  const journal = await open(t, await fresh(t), { of: () => ({ now: () => now }) })
  await journal.append(request({ stream: 'a' }))
  now -= 3_600_000
  await journal.append(request({ stream: 'b' }))
  const times = (await all(journal)).map((entry) => entry.recordedAt)
  assert.deepEqual(times, ['2025-11-25T12:00:00.000Z', '2025-11-25T12:00:00.000Z'])
})

test('two journals on one database append at once: nothing lost, doubled or out of order, and both know all', async (t) => {
  const database = await fresh(t)
  const one = await open(t, database)
  const other = await open(t, database)
  const work = [one, other].flatMap((journal, j) =>
    Array.from({ length: 60 }, (_, i) =>
      journal.append(request({ organisation: i % 2 ? 'rbkc' : 'westminster', stream: `${j}-${i}` })),
    ),
  )
  const results = await Promise.all(work)
  assert.ok(results.every((result) => result.kind === 'appended'))
  for (const organisation of ['westminster', 'rbkc']) {
    const entries = await all(one, organisation)
    assert.deepEqual(
      entries.map((entry) => entry.number),
      Array.from({ length: 60 }, (_, i) => i + 1),
    )
    for (const journal of [one, other]) {
      await journal.catchUp(organisation)
      assert.equal(journal.models.of(counts, organisation).entries, 60)
    }
  }
  const reopened = await open(t, database)
  assert.equal(reopened.models.position('rbkc'), 60)
})

test('what another process appends is heard without asking', async (t) => {
  const database = await fresh(t)
  const one = await open(t, database)
  const other = await open(t, database)
  const heard = new Promise<void>((resolve) => {
    other.subscribe((entries) => entries.some((entry) => entry.number === 1) && resolve())
  })
  await one.append(request())
  await heard
  assert.equal(other.models.of(counts, 'westminster').entries, 1)
})

test('erased words are gone from the database and from memory, and the journal is still whole', async (t) => {
  const database = await fresh(t)
  const journal = await open(t, database)
  await journal.append(
    request({ events: [{ type: 'test.said', v: 1, data: { words: 'call Jane Example', kind: 1 } }] }),
  )
  const erased = await journal.erase({
    organisation: 'westminster',
    entries: [{ number: 1, fields: ['words'] }],
    reason: 'asked to',
    actor: { kind: 'operator' },
  })
  assert.deepEqual(erased, { number: 2, erased: 1 })
  const [entry] = await all(journal)
  assert.deepEqual(entry?.data, { kind: 1 })
  assert.deepEqual(entry?.erased, ['words'])
  const rows = await database.query<{ found: boolean }>(
    '',
    "select bool_or(leaf like '%Jane%') as found from journal.entries",
  )
  assert.equal(rows[0]?.found, false)
  while (journal.models.of(counts, 'westminster').words[0] !== undefined)
    await new Promise((wait) => setTimeout(wait, 10))
  const reopened = await open(t, database)
  assert.deepEqual(reopened.models.of(counts, 'westminster').words, [undefined])
})

test('a journal that was tampered with in the database is refused at start', async (t) => {
  for (const harm of [
    `update journal.entries set leaf = replace(leaf, '"value":1', '"value":2') where number = 1`,
    'delete from journal.entries where number = 2',
    'delete from journal.entries where number = 1',
    'update journal.heads set size = 1',
  ]) {
    const database = await fresh(t)
    const journal = await open(t, database)
    await journal.append(request({ events: [counted(1), counted(2)] }))
    await database.query('', harm)
    await assert.rejects(
      open(t, database),
      { name: 'JournalDamaged', message: /The journal of westminster is not whole/ },
      harm,
    )
  }
})

test('nothing counts twice where words are erased while another process appends', async (t) => {
  const database = await fresh(t)
  const [journal, other] = [await open(t, database), await open(t, database)]
  await journal.append(request({ events: [{ type: 'test.said', v: 1, data: { words: 'gone' } }] }))
  let going = true
  const appending = (async () => {
    for (let n = 0; going; n++) await other.append(request({ stream: `other ${n}` }))
  })()
  try {
    for (let round = 1; round <= 20; round++) {
      const entries = [{ number: 1, fields: ['words'] }]
      await journal.erase({ organisation: 'westminster', entries, reason: 'r', actor: { kind: 'operator' } })
      await new Promise((wait) => setTimeout(wait, 30))
      const { models } = journal
      assert.equal(models.of(counts, 'westminster').entries, models.position('westminster') - round)
    }
  } finally {
    going = false
    await appending
  }
})
